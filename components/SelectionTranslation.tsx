// The card about a selection, with what it knows and does behind it.
import { useState } from 'preact/hooks';
import type { ApplyResult } from '../lib/page/editable/target.ts';
import type { CardPlatform } from '../lib/platform/card.ts';
import { t } from '../lib/platform/i18n.ts';
import { replaceNotice } from './replace-notice.ts';
import { TranslationCard } from './TranslationCard.tsx';
import { useSelectionTranslation } from './use-selection-translation.ts';

interface Props {
  platform: CardPlatform;
  /** The paragraphs of the selection. */
  texts: readonly string[];
  /** Absent where the selection stands in nothing that can be written into. */
  onReplace?: (text: string) => Promise<ApplyResult>;
  onReplaced: () => void;
  /** Rejects where the browser does not let it. */
  onCopy: (text: string) => Promise<void>;
  onClose: () => void;
}

export function SelectionTranslation({ platform, texts, onReplace, onReplaced, onCopy, onClose }: Props) {
  const { state, from, to, languages, ...translation } = useSelectionTranslation(platform, texts);
  const [notice, setNotice] = useState('');
  const text = state.kind === 'done' ? state.text : '';
  const copy = (copied: string) =>
    onCopy(copied).then(
      () => true,
      () => {
        setNotice(t('notCopied'));
        return false;
      },
    );
  const replace = async (replacement: string) => {
    const result = await onReplace?.(replacement);
    if (result === 'applied') onReplaced();
    else if (result) setNotice(replaceNotice(result));
  };
  return (
    <TranslationCard
      state={state}
      from={from}
      to={to}
      languages={languages}
      modelBytes={platform.modelBytes({ from, to })}
      onOpenOptions={() => void platform.openOptions()}
      editable={onReplace !== undefined}
      notice={notice}
      onSource={translation.translateFrom}
      onTarget={translation.translateTo}
      onSwap={translation.swap}
      onCopy={copy}
      onReplace={(replacement) => void replace(replacement)}
      onSendToPanel={() =>
        // Firefox opens its sidebar by its own buttons and keys only: what was sent waits there.
        void platform
          .openInPanel(texts.join('\n\n'), text, { from, to })
          .then(onClose, () => setNotice(t('openPanelYourself')))
      }
      onDownload={translation.download}
      onPause={translation.pause}
      onAgain={translation.again}
      onClose={onClose}
    />
  );
}
