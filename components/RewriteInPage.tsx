// The rewrite card about a text of the page, with what it knows and does behind it.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { EditTarget } from '../lib/page/editable/target.ts';
import { t } from '../lib/platform/i18n.ts';
import type { RewritePlatform } from '../lib/platform/rewrite.ts';
import { replaceNotice } from './replace-notice.ts';
import { RewriteCard } from './RewriteCard.tsx';
import { orderLabel } from './rewrite-labels.ts';
import { takenHunks, type Proposal } from './rewrite-view.ts';
import { useRewrite } from './use-rewrite.ts';

interface Props {
  platform: RewritePlatform;
  text: string;
  /** Is followed at once; '' lets the reader choose. */
  instruction: string;
  /** Where the text stands; null where it cannot be changed there. */
  target: EditTarget | null;
  /** The site of the frame that the text stands in, where that is not to be entered (lib/page/editable/foreign-frame.ts). */
  foreignFrame: string | null;
  /** Rejects where the browser does not let it. */
  onCopy: (text: string) => Promise<void>;
  onApplied: () => void;
  onClose: () => void;
}

export function RewriteInPage(props: Props) {
  const { platform, text, instruction, target, foreignFrame, onCopy, onApplied, onClose } = props;
  const { view, choices, composes, chooseAnew, instruct, begin, beginAgain, forget, take } = useRewrite(platform, text);
  const [notice, setNotice] = useState('');
  const applying = useRef(false);

  useEffect(() => {
    if (instruction !== '' && text !== '') begin({ action: 'instruct', instruction });
  }, []);

  const apply = async (proposal: Proposal) => {
    if (!target || applying.current) return;
    applying.current = true;
    const result = await target.apply(takenHunks(proposal));
    applying.current = false;
    if (result === 'applied') onApplied();
    else setNotice(replaceNotice(result));
  };
  const goBack = () => {
    setNotice('');
    chooseAnew();
  };
  return (
    <RewriteCard
      text={text}
      view={view}
      choices={choices}
      composes={composes}
      smallestComposingBytes={platform.smallestComposingBytes}
      editable={target !== null}
      foreignFrame={foreignFrame}
      notice={notice}
      losesFormatting={(proposal) => target?.losesFormatting(takenHunks(proposal)) ?? false}
      stepsOf={(proposal) => target?.stepsOf(takenHunks(proposal)) ?? 0}
      onOrder={(order) => {
        setNotice('');
        begin(order);
      }}
      onAgain={(order) => {
        setNotice('');
        beginAgain(order);
      }}
      onInstruct={instruct}
      onInstruction={(instruction, keep) => begin({ action: 'instruct', instruction }, keep)}
      onForget={forget}
      onTake={take}
      onApply={(proposal) => void apply(proposal)}
      onCopy={(copied) =>
        onCopy(copied).then(
          () => true,
          () => false,
        )
      }
      onSendToPanel={({ order }, result) =>
        // Firefox opens its sidebar by its own buttons and keys only: what was sent waits there.
        void platform
          .openInPanel(orderLabel(order), text, result)
          .then(onClose, () => setNotice(t('openPanelYourself')))
      }
      onBack={goBack}
      onOpenOptions={() => void platform.openOptions().catch(() => setNotice(t('optionsNotOpened')))}
      onClose={onClose}
    />
  );
}
