// Before the first question: what this is, and questions that the page suggests.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';
import { suggestedQuestions } from './chat-suggestions.ts';

interface Props {
  platform: Pick<PanelPlatform, 'getArticle'>;
  tab: ActiveTab | null;
  onAsk: (question: string) => void;
}

export function ChatEmpty({ platform, tab, onAsk }: Props) {
  const [questions, setQuestions] = useState<string[]>([]);
  const { tabId, url, status } = tab ?? {};

  useEffect(() => {
    let current = true;
    setQuestions([]);
    if (tabId === undefined || status === 'loading') return;
    platform
      .getArticle(tabId, 'page')
      .then((article) => current && setQuestions(suggestedQuestions(article)))
      .catch(() => undefined); // why it cannot be read is said when the reader asks
    return () => void (current = false);
  }, [platform, tabId, url, status]);

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
