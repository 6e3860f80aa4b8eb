// The passages that may answer a question, the best sentence of each marked; there before any answer, and to be put away.
import { useEffect, useState } from 'preact/hooks';
import type { KeptPassage, Place, Turn } from '../lib/history/conversation.ts';
import { t } from '../lib/platform/i18n.ts';
import { isShowable, locatorLabel } from './labels.ts';
import { SourceMark } from './SourceMark.tsx';

/** More would push the answer out of view, and in a panel so low the second would; the rest is one click away. */
const SHOWN_AT_FIRST = 2;
const LOW_PANEL_PX = 720;
/** Of the text around the best sentence, on each side. */
const AROUND_CHARACTERS = 140;

interface Props {
  turn: Turn;
  /** The turn is the latest: its passages stay where the reader has begun to read them. */
  latest: boolean;
  onShow: (place: Place) => void;
}

export function ChatPassages({ turn, latest, onShow }: Props) {
  const [open, setOpen] = useState(latest);
  const [whole, setWhole] = useState(false);
  const [few] = useState(() => (window.innerHeight < LOW_PANEL_PX ? 1 : SHOWN_AT_FIRST));
  useEffect(() => setOpen(latest), [latest]);
  const { passages, pages } = turn;
  if (passages.length === 0) return null;
  const shown = whole ? passages : passages.slice(0, few);
  return (
    <details class="passages" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{turn.outcome === 'unanswered' ? t('passagesNearest') : t('passagesFound')}</summary>
      <PassageMap turn={turn} />
      <ol>
        {shown.map((passage, index) => (
          <li key={`${passage.page}:${passage.firstBlock}`} dir="auto" lang={pages[passage.page].language || undefined}>
            <Excerpt passage={passage} />
            <SourceMark
              number={index + 1}
              sentence=""
              language={pages[passage.page].language}
              place={locatorLabel(passage.best.quote)}
              onShow={isShowable(pages[passage.page]) ? () => onShow(passage.best) : undefined}
            />
            <PlaceTag passage={passage} />
            {passage.page > 0 && <span class="tag">{pages[passage.page].title}</span>}
          </li>
        ))}
      </ol>
      {passages.length > shown.length && (
        <button type="button" class="link" onClick={() => setWhole(true)}>
          {t('morePassages', passages.length - shown.length)}
        </button>
      )}
    </details>
  );
}

function PlaceTag({ passage }: { passage: KeptPassage }) {
  const where = locatorLabel(passage.best.quote);
  return where ? <span class="tag">{where}</span> : null;
}

/** Where in the pages the passages lie, from their beginning to their end. The list says the same in words. */
function PassageMap({ turn: { pages, passages } }: { turn: Turn }) {
  if (!pages.some(({ blocks }) => blocks !== undefined)) return null;
  return (
    <div class="passage-map" aria-hidden="true">
      {pages.map(({ blocks }, page) => (
        <div key={page}>
          {blocks !== undefined &&
            passages
              .filter((passage) => passage.page === page)
              .map(({ firstBlock, lastBlock }) => (
                <span
                  key={firstBlock}
                  style={{
                    insetInlineStart: `${(100 * firstBlock) / blocks}%`,
                    inlineSize: `${(100 * (lastBlock - firstBlock + 1)) / blocks}%`,
                  }}
                />
              ))}
        </div>
      ))}
    </div>
  );
}

function Excerpt({ passage: { text, bestStart, bestEnd } }: { passage: KeptPassage }) {
  return (
    <>
      {tail(text.slice(0, bestStart))}
      <mark class="best">{text.slice(bestStart, bestEnd)}</mark>
      {head(text.slice(bestEnd))}
    </>
  );
}

/** The best sentence with what stands around it, as plain text. */
export function excerptText({ text, bestStart, bestEnd }: KeptPassage): string {
  return tail(text.slice(0, bestStart)) + text.slice(bestStart, bestEnd) + head(text.slice(bestEnd));
}

/** The end of a text, from the start of a word. */
function tail(text: string): string {
  if (text.length <= AROUND_CHARACTERS) return text;
  return '… ' + text.slice(-AROUND_CHARACTERS).replace(/^\p{Script=Latin}*[^\p{L}\p{N}]*/u, '');
}

function head(text: string): string {
  if (text.length <= AROUND_CHARACTERS) return text;
  return text.slice(0, AROUND_CHARACTERS).replace(/\s*\p{Script=Latin}*$/u, '') + ' …';
}
