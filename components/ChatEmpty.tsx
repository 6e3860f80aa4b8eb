// Before the first question: what this is, and questions that the page suggests.
import { useMemo } from 'preact/hooks';
import type { Article } from '../lib/article.ts';
import { t } from '../lib/platform/i18n.ts';
import { suggestedQuestions } from './chat-suggestions.ts';

interface Props {
  /** null until it has been read, and where it cannot be: why is said when the reader asks. */
  page: Article | null;
  onAsk: (question: string) => void;
}

export function ChatEmpty({ page, onAsk }: Props) {
  const questions = useMemo(() => (page ? suggestedQuestions(page) : []), [page]);

  return (
    <section class="empty">
      <p>{t('chatWhat')}</p>
      {questions.length > 0 && (
        <ul class="suggestions">
          {questions.map((question) => (
            <li key={question}>
              <button type="button" onClick={() => onAsk(question)}>
                {question}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
