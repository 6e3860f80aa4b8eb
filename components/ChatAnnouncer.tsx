// Tells a screen reader what comes of a question: the best passage as it is found, each sentence of the answer, how it ended.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Turn } from '../lib/history/conversation.ts';
import { t } from '../lib/platform/i18n.ts';
import { doubtText } from './doubts.ts';
import { failureFace } from './failure.ts';

export function ChatAnnouncer({ turn, notice }: { turn: Turn | null; notice: string }) {
  const before = useRef(turn);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const text = news(before.current, turn);
    before.current = turn;
    if (text) setSaid(text);
  }, [turn]);
  return (
    <div class="visually-hidden">
      <p role="status" lang={turn?.pages.at(0)?.language || undefined}>
        {said}
      </p>
      <p role="status">{notice}</p>
    </div>
  );
}

/** '' where nothing needs saying. */
function news(before: Turn | null, after: Turn | null): string {
  if (!after) return '';
  const earlier = before?.id === after.id ? before : null;
  const said: string[] = [];
  const best = after.passages.at(0);
  if (best && after.outcome === 'pending' && !earlier?.passages.length) {
    said.push(t('passagesFound') + ':', best.text.slice(best.bestStart, best.bestEnd));
  }
  const spokenOf = earlier?.statements.length ?? after.statements.length;
  for (const statement of after.statements.slice(spokenOf)) {
    said.push(doubtText({ ...statement, origin: 'model', sources: [] }), statement.text);
  }
  if (earlier && earlier.outcome !== after.outcome) said.push(ending(after));
  return said.filter((text) => text !== '').join(' ');
}

function ending({ outcome, error, pages }: Turn): string {
  switch (outcome) {
    case 'pending':
      return '';
    case 'answered':
      return t('done');
    case 'unanswered':
      return pages.length > 1 ? t('pagesDoNotSay') : t('pageDoesNotSay');
    case 'stopped':
      return t('stopped');
    case 'failed':
      return error ? failureFace(error.code, error.detail).what : t('failed');
  }
}
