// The rewrite card about a text of the page, with what it knows and does behind it.
import { useRef, useState } from 'preact/hooks';
import type { EditTarget } from '../lib/page/editable/target.ts';
import { t } from '../lib/platform/i18n.ts';
import type { RewritePlatform } from '../lib/platform/rewrite.ts';
import { replaceNotice } from './replace-notice.ts';
import { RewriteCard } from './RewriteCard.tsx';
import { takenHunks, type Proposal } from './rewrite-view.ts';
import { useRewrite } from './use-rewrite.ts';

interface Props {
  platform: RewritePlatform;
  text: string;
  /** Where the text stands; null where it cannot be changed there. */
  target: EditTarget | null;
  /** Rejects where the browser does not let it. */
  onCopy: (text: string) => Promise<void>;
  onApplied: () => void;
  onClose: () => void;
}

export function RewriteInPage({ platform, text, target, onCopy, onApplied, onClose }: Props) {
  const { view, choices, composes, chooseAnew, instruct, begin, forget, take } = useRewrite(platform, text);
  const [notice, setNotice] = useState('');
  const applying = useRef(false);

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
      notice={notice}
      losesFormatting={(proposal) => target?.losesFormatting(takenHunks(proposal)) ?? false}
      onOrder={(order) => {
        setNotice('');
        begin(order);
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
      onBack={goBack}
      onOpenOptions={() => void platform.openOptions().catch(() => setNotice(t('optionsNotOpened')))}
      onClose={onClose}
    />
  );
}
