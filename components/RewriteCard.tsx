// The card beside a text: what can be made of it, then what would change, to take or to leave. Props in, callbacks out.
import { t } from '../lib/platform/i18n.ts';
import type { RewriteChoices } from '../lib/platform/rewrite.ts';
import type { RewriteOrder } from '../lib/protocol.ts';
import { CardDialog } from './CardDialog.tsx';
import { CardMessage } from './CardMessage.tsx';
import { Failure } from './Failure.tsx';
import { NeedsModel } from './NeedsModel.tsx';
import { RewriteInstruction } from './RewriteInstruction.tsx';
import { RewriteMenu } from './RewriteMenu.tsx';
import { RewriteProposal } from './RewriteProposal.tsx';
import { RewriteWork } from './RewriteWork.tsx';
import { frameName, orderLabel } from './rewrite-labels.ts';
import type { Proposal, RewriteView } from './rewrite-view.ts';

export interface RewriteCardProps {
  /** As it stands in the page; '' where there is none. */
  text: string;
  view: RewriteView;
  /** Null until they are known. */
  choices: RewriteChoices | null;
  composes: boolean;
  /** Of the smallest model that rewrites freely. */
  smallestComposingBytes: number;
  /** The text can be replaced where it stands. */
  editable: boolean;
  /** The site of the frame that has the focus, where that is not to be entered: '' where unknown. Null where there is none. */
  foreignFrame: string | null;
  /** What could not be done, and what to do instead; '' for nothing. */
  notice: string;
  /** Whether plain text would take the place of formatting, were these changes made. */
  losesFormatting: (proposal: Proposal) => boolean;
  /** How many steps of undo lead back from these changes. */
  stepsOf: (proposal: Proposal) => number;
  onOrder: (order: RewriteOrder) => void;
  /** The same once more, made anew. */
  onAgain: (order: RewriteOrder) => void;
  onInstruct: () => void;
  onInstruction: (instruction: string, keep: boolean) => void;
  onForget: (instruction: string) => void;
  onTake: (index: number, taken: boolean) => void;
  onApply: (proposal: Proposal) => void;
  /** Puts a text on the clipboard; false where the browser does not let it. */
  onCopy: (text: string) => Promise<boolean>;
  /** Keeps what would stand there in view, for a text that cannot be changed where it stands. */
  onSendToPanel: (proposal: Proposal, result: string) => void;
  onBack: () => void;
  onOpenOptions: () => void;
  onClose: () => void;
}

export function RewriteCard(props: RewriteCardProps) {
  const { text, view, choices, onOrder, onBack, onClose } = props;
  if (text === '') {
    return (
      <CardDialog title={t('rewrite')} onClose={onClose}>
        {props.foreignFrame === null ? (
          <CardMessage what={t('nothingToRewrite')} advice={t('nothingToRewriteAdvice')} />
        ) : (
          <CardMessage
            what={t('foreignFrame', frameName(props.foreignFrame))}
            advice={t('foreignFrameAdvice', frameName(props.foreignFrame))}
          />
        )}
      </CardDialog>
    );
  }
  const choose = { label: t('keyChoose'), act: () => choices && onOrder(choices.last) };
  switch (view.kind) {
    case 'choosing':
      return (
        <CardDialog
          key="choosing"
          title={t('rewrite')}
          step={choices ? 'menu' : ''}
          enter={choices ? choose : undefined}
          onClose={onClose}
        >
          {choices && (
            <RewriteMenu
              choices={choices}
              composes={props.composes}
              onOrder={onOrder}
              onInstruct={props.onInstruct}
              onForget={props.onForget}
            />
          )}
        </CardDialog>
      );
    case 'instructing':
      return (
        <CardDialog key="instructing" title={t('actionInstruct')} onBack={onBack} onClose={onClose}>
          <RewriteInstruction initial={choices?.last.instruction ?? ''} onSend={props.onInstruction} />
        </CardDialog>
      );
    case 'working':
      return (
        <CardDialog
          key="order"
          title={orderLabel(view.proposal.order)}
          step="working"
          onBack={onBack}
          onClose={onClose}
        >
          <RewriteWork text={text} proposal={view.proposal} />
        </CardDialog>
      );
    case 'proposed':
      return <RewriteProposal {...props} proposal={view.proposal} />;
    case 'needs-model':
      return (
        <CardDialog key="needs" title={orderLabel(view.order)} onBack={onBack} onClose={onClose}>
          <div role="alert">
            <NeedsModel
              bytes={props.smallestComposingBytes}
              notice={props.notice}
              onOpenOptions={props.onOpenOptions}
            />
          </div>
        </CardDialog>
      );
    case 'failed':
      return (
        <CardDialog key="failed" title={orderLabel(view.order)} onBack={onBack} onClose={onClose}>
          <div role="alert">
            <Failure error={view.error} tabUrl="" shortcut="" onAgain={() => onOrder(view.order)} />
          </div>
        </CardDialog>
      );
  }
}
