// The text with its changes in it: words taken out, words put in, each change to take or to leave. And the same text as it would be.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import { formatChanges } from './format.ts';
import { nearestChange } from './nearest-change.ts';
import { changeLabel, doubtsLabel, proposerLabel } from './rewrite-labels.ts';
import { segmentsOf, type Proposal } from './rewrite-view.ts';

interface Props {
  text: string;
  proposal: Proposal;
  /** The change that is spoken of below the text, and where the focus goes. */
  current: number;
  onCurrent: (index: number) => void;
  onTake: (index: number, taken: boolean) => void;
}

/** Each change is a check box: the arrows move from one to the next, Space takes it or leaves it. */
export function RewriteChanges({ text, proposal, current, onCurrent, onTake }: Props) {
  const { hunks, taken } = proposal;
  const box = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nearestChange(event.key, current, hunks.length);
    if (next !== null) onCurrent(next);
    else if (event.key === ' ') onTake(current, !taken[current]);
    else return;
    event.preventDefault();
  };
  // The focus follows, unless one of the card's controls has it.
  useLayoutEffect(() => {
    const { activeElement } = box.current!.getRootNode() as Document | ShadowRoot;
    if (activeElement?.matches('button, input')) return;
    box.current!.querySelectorAll<HTMLElement>('.change').item(current).focus();
  }, [current]);

  return (
    <div ref={box} class="card-text rewrite-text" role="group" aria-label={formatChanges(hunks.length)} dir="auto">
      {segmentsOf(text, hunks).map((segment) => {
        if (segment.kind === 'same') return segment.text;
        const { index, before, after } = segment;
        return (
          <span
            key={`change-${index}`}
            role="checkbox"
            class={`change ${hunks[index].doubts.length > 0 ? 'change-unsure' : ''}`}
            tabIndex={index === current ? 0 : -1}
            aria-checked={taken[index]}
            aria-label={spoken(text, proposal, index)}
            onFocus={() => onCurrent(index)}
            onKeyDown={onKeyDown}
            onClick={(event) => {
              event.currentTarget.focus({ preventScroll: true });
              onTake(index, !taken[index]);
            }}
          >
            {before !== '' && <del>{before}</del>}
            {after !== '' && <ins>{after}</ins>}
          </span>
        );
      })}
    </div>
  );
}

/** All that can be known of a change, for who does not see it. */
function spoken(text: string, { hunks, model }: Proposal, index: number): string {
  const hunk = hunks[index];
  const parts = [changeLabel(text, hunk), doubtsLabel(hunk.doubts), proposerLabel(hunk.by, model), hunk.reason];
  return parts.filter((part) => part !== '').join('. ');
}

/** One change in words: what, who proposes it, why, and why not. */
export function RewriteChangeLine({ text, proposal, current }: Pick<Props, 'text' | 'proposal' | 'current'>) {
  const { hunks, taken, model } = proposal;
  const hunk = hunks[current];
  const doubts = doubtsLabel(hunk.doubts);
  return (
    <div class="change-line" aria-hidden="true">
      <p class="tag">
        {t('changeNumber', current + 1, hunks.length)} · {proposerLabel(hunk.by, model)}
        {!taken[current] && ` · ${t('changeLeft')}`}
      </p>
      <p>{hunk.reason !== '' ? <span lang="en">{hunk.reason}</span> : changeLabel(text, hunk)}</p>
      {doubts && <p class="tag-unsure">{doubts}</p>}
    </div>
  );
}
