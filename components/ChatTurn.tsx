// One turn of a conversation: the question, the passages that were found at once, the answer, and what can be done with it.
import { useState } from 'preact/hooks';
import type { Place, Rating, Turn } from '../lib/history/conversation.ts';
import { t } from '../lib/platform/i18n.ts';
import { ChatAnswer } from './ChatAnswer.tsx';
import { ChatPassages } from './ChatPassages.tsx';
import { ChatProgress } from './ChatProgress.tsx';
import { formatMoment, formatNumber, formatWords } from './format.ts';
import { answerIn, readableAnswer } from './answer-reading.ts';
import type { Live } from './chat-view.ts';
import { ReadIn } from './ReadIn.tsx';
import { useReading, type Reader, type Translated } from './use-reading.ts';

interface Props {
  turn: Turn;
  reader: Reader;
  latest: boolean;
  /** What is being done for it; null where nothing is. */
  live: Live | null;
  onShow: (place: Place) => void;
  onOpen: (url: string) => void;
  /** Absent where the conversation is only shown. */
  onEdit?: () => void;
  onAgain?: () => void;
  onRate?: (rating: Rating) => void;
}

export function ChatTurn({ turn, reader, latest, live, onShow, onOpen, onEdit, onAgain, onRate }: Props) {
  const { question, action, pages, condensed, outcome } = turn;
  const others = pages.filter(({ scope }, index) => index > 0 || scope === 'selection');
  const reading = useReading(reader, live ? null : readableAnswer(turn));
  const { translated } = reading;
  const about = others.map(({ scope, title }) => (scope === 'selection' ? t('selectionAttached') : title));
  return (
    <article class="turn" aria-label={action ?? question}>
      <h2 class="question" dir="auto">
        {action ?? question}
      </h2>
      {action !== undefined && (
        <p class="quiet" dir="auto">
          {question}
        </p>
      )}
      {about.length > 0 && <p class="tag">{t('alsoRead', about.join(' · '))}</p>}
      {condensed > 0 && <p class="note">{t('condensedTurns', formatNumber(condensed))}</p>}
      <ChatPassages turn={turn} latest={latest} onShow={onShow} />
      <ChatAnswer
        turn={turn}
        translated={translated}
        live={live !== null}
        draft={live?.draft ?? ''}
        onShow={onShow}
        onOpen={onOpen}
      />
      {(latest || translated) && <ReadIn reading={reading} />}
      {live && <ChatProgress progress={live.progress} />}
      {outcome === 'stopped' && <p class="quiet">{t('stopped')}</p>}
      {!live && outcome !== 'pending' && (
        <Actions
          turn={turn}
          translated={translated}
          onEdit={onEdit}
          onAgain={outcome === 'failed' ? undefined : onAgain}
          onRate={onRate}
        />
      )}
    </article>
  );
}

interface ActionsProps extends Pick<Props, 'turn' | 'onEdit' | 'onAgain' | 'onRate'> {
  translated: Translated | null;
}

function Actions({ turn, translated, onEdit, onAgain, onRate }: ActionsProps) {
  const [copied, setCopied] = useState('');
  const text = answerIn(turn, translated);
  const { rating, coverage, madeMs } = turn;
  const rate = (to: 'up' | 'down') => onRate?.(rating === to ? 'none' : to);
  return (
    <div class="turn-actions">
      {text !== '' && (
        <button type="button" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(text))}>
          {copied === text ? t('copied') : t('copy')}
        </button>
      )}
      {onAgain && (
        <button type="button" onClick={onAgain}>
          {t('askAgain')}
        </button>
      )}
      {onEdit && (
        <button type="button" onClick={onEdit}>
          {t('editQuestion')}
        </button>
      )}
      {onRate && (turn.outcome === 'answered' || turn.outcome === 'unanswered') && (
        <>
          <Thumb up rating={rating} onRate={() => rate('up')} />
          <Thumb rating={rating} onRate={() => rate('down')} />
        </>
      )}
      {madeMs !== undefined && <span class="quiet">{t('fromEarlier', formatMoment(madeMs))}</span>}
      {coverage && <span class="quiet">{readText(coverage)}</span>}
    </div>
  );
}

function Thumb({ up = false, rating, onRate }: { up?: boolean; rating: Rating; onRate: () => void }) {
  const label = up ? t('goodAnswer') : t('badAnswer');
  return (
    <button
      type="button"
      class="thumb"
      aria-label={label}
      title={label}
      aria-pressed={rating === (up ? 'up' : 'down')}
      onClick={onRate}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" class={up ? '' : 'down'}>
        <path d="M5 7v6.5H2.5V7zm0 0 2.6-5c1 0 1.7.8 1.5 1.8L8.6 6h3.9c.8 0 1.3.7 1.2 1.4l-.9 5c-.1.6-.6 1.1-1.2 1.1H5" />
      </svg>
    </button>
  );
}

function readText({ words, wordsRead }: { words: number; wordsRead: number }): string {
  if (wordsRead >= words) return t('readAll', formatWords(words));
  return t('readSome', formatNumber(wordsRead), formatWords(words));
}
