// What has been proposed: the text with its changes or as it would be, what can be done with it, and the keys for that.
import { useId, useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import { applyHunks } from '../lib/tasks/rewrite/diff.ts';
import { CardDialog, type CardKey } from './CardDialog.tsx';
import { CardMessage } from './CardMessage.tsx';
import { formatApply, formatMoment, formatNumber } from './format.ts';
import { nearestChange } from './nearest-change.ts';
import type { RewriteCardProps } from './RewriteCard.tsx';
import { RewriteChangeLine, RewriteChanges } from './RewriteChanges.tsx';
import { frameName, orderLabel } from './rewrite-labels.ts';
import { takenHunks, type Proposal } from './rewrite-view.ts';

type Props = RewriteCardProps & { proposal: Proposal };
type Shown = 'changes' | 'result';

export function RewriteProposal(props: Props) {
  const { text, proposal, editable, notice, onAgain, onTake, onApply, onBack, onClose } = props;
  const { order, hunks } = proposal;
  const [shown, setShown] = useState<Shown>('changes');
  const [current, setCurrent] = useState(0);
  const [copied, setCopied] = useState('');
  const [notCopied, setNotCopied] = useState(false);
  const taken = takenHunks(proposal);
  const result = applyHunks(text, taken);
  const copy = () =>
    void props.onCopy(result).then((done) => {
      setCopied(done ? result : '');
      setNotCopied(!done);
    });
  const apply = { label: t('keyApply'), act: () => onApply(proposal) };
  const undoSteps = editable && notice === '' ? props.stepsOf(proposal) : 0;
  const act = editable && notice === '' ? apply : { label: t('keyCopy'), act: copy };
  const again: CardKey = { label: t('keyAgain'), act: () => onAgain(order) };
  const title = orderLabel(order);

  if (hunks.length === 0) {
    const what = order.action === 'fix-grammar' ? t('nothingToCorrect') : t('nothingToChange');
    return (
      <CardDialog key="order" title={title} step="nothing" keys={{ r: again }} onBack={onBack} onClose={onClose}>
        <div role="alert">
          <CardMessage what={what} advice={t('nothingToChangeAdvice')} />
        </div>
      </CardDialog>
    );
  }
  const move = (key: string): CardKey => ({
    label: '',
    act: () => setCurrent(nearestChange(key, current, hunks.length)!),
  });
  const marks: Record<string, CardKey> = {
    ' ': { label: t('keyTake'), act: () => onTake(current, !proposal.taken[current]) },
    arrowright: { ...move('ArrowRight'), label: t('keyMove') },
    arrowleft: move('ArrowLeft'),
    arrowdown: move('ArrowDown'),
    arrowup: move('ArrowUp'),
  };
  return (
    <CardDialog
      key="order"
      title={title}
      step={`proposed ${notice}`}
      enter={taken.length > 0 ? act : undefined}
      keys={shown === 'changes' ? { ...marks, r: again } : { r: again }}
      onBack={onBack}
      onClose={onClose}
    >
      {shown === 'changes' ? (
        <RewriteChanges text={text} proposal={proposal} current={current} onCurrent={setCurrent} onTake={onTake} />
      ) : (
        <p class="card-text rewrite-text" dir="auto" tabIndex={0}>
          {result}
        </p>
      )}
      {shown === 'changes' && <RewriteChangeLine text={text} proposal={proposal} current={current} />}
      {proposal.madeMs !== undefined && <p class="quiet">{t('fromEarlier', formatMoment(proposal.madeMs))}</p>}
      {editable && taken.length > 0 && props.losesFormatting(proposal) && <p class="tag-unsure">{t('becomesPlain')}</p>}
      {undoSteps > 1 && <p class="quiet">{t('undoSteps', formatNumber(undoSteps))}</p>}
      <div class="card-actions">
        {editable && notice === '' && (
          <button type="button" class="primary" disabled={taken.length === 0} onClick={apply.act}>
            {formatApply(taken.length)}
          </button>
        )}
        <button type="button" class={act === apply ? '' : 'primary'} disabled={taken.length === 0} onClick={copy}>
          {copied === result ? t('copied') : t('copy')}
        </button>
        {act !== apply && (
          <button type="button" disabled={taken.length === 0} onClick={() => props.onSendToPanel(proposal, result)}>
            {t('openInPanel')}
          </button>
        )}
        <ViewSwitch shown={shown} onShown={setShown} />
        {props.foreignFrame !== null && <p class="quiet">{t('foreignFrameCopy', frameName(props.foreignFrame))}</p>}
        {(notCopied || notice !== '') && (
          <p class="notice" role="alert">
            {notCopied ? t('notCopied') : notice}
          </p>
        )}
      </div>
    </CardDialog>
  );
}

function ViewSwitch({ shown, onShown }: { shown: Shown; onShown: (shown: Shown) => void }) {
  const name = useId();
  const choice = (view: Shown, label: string) => (
    <label>
      <input type="radio" name={name} checked={shown === view} onChange={() => onShown(view)} />
      <span>{label}</span>
    </label>
  );
  return (
    <fieldset class="segments" aria-label={t('viewOf')}>
      {choice('changes', t('viewChanges'))}
      {choice('result', t('viewResult'))}
    </fieldset>
  );
}
