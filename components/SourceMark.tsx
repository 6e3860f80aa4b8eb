// The small raised number after a sentence: hover or focus shows the sentence of the page that it rests on, a click goes there.
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';

/** Between the hint and the edge of the panel; style.css holds its width by the same. */
const MARGIN_PX = 12;

interface Props {
  number: number;
  /** '' where the sentence stands there already. */
  sentence: string;
  /** Where the sentence stands in a PDF or a video, as the reader says it; '' in a web page. */
  place?: string;
  language: string;
  /** Absent where there is no page to go to (pasted text). */
  onShow?: () => void;
}

export function SourceMark({ number, sentence, place: where = '', language, onShow }: Props) {
  const [open, setOpen] = useState(false);
  const mark = useRef<HTMLButtonElement>(null);
  const tip = useRef<HTMLSpanElement>(null);
  const tipId = useId();

  useLayoutEffect(() => {
    if (open && mark.current && tip.current) place(tip.current, mark.current);
  }, [open]);

  return (
    <span class="source" onMouseEnter={() => setOpen(true)} onMouseLeave={() => setOpen(false)}>
      <button
        ref={mark}
        type="button"
        class="source-mark"
        aria-label={[t('source', String(number)), where].filter(Boolean).join(', ')}
        aria-describedby={open ? tipId : undefined}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => (onShow ? onShow() : setOpen(true))}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !open) return;
          setOpen(false);
          event.stopPropagation(); // the first Esc closes the hint, the next one stops the run
        }}
      >
        {number}
      </button>
      {open && (sentence || where || onShow) && (
        <span ref={tip} id={tipId} role="tooltip" class="source-tip">
          {sentence && (
            <span lang={language || undefined} dir="auto" class="source-text">
              {sentence}
            </span>
          )}
          {(where || onShow) && (
            <span class="source-hint">{[where, onShow && t('showOnPage')].filter(Boolean).join(' · ')}</span>
          )}
        </span>
      )}
    </span>
  );
}

/** Above or below the mark, where there is more room, and inside the panel from side to side. */
function place(tip: HTMLElement, mark: HTMLElement): void {
  const { clientWidth, clientHeight } = mark.ownerDocument.documentElement;
  const at = mark.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const below = clientHeight - at.bottom;
  tip.style.top = `${below >= height || below >= at.top ? at.bottom : at.top - height}px`;
  tip.style.left = `${Math.max(MARGIN_PX, Math.min(at.left, clientWidth - width - MARGIN_PX))}px`;
}
