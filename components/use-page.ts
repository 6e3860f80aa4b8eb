// The page in front, read when its chat is opened: what a question about it is answered from until it has been read anew.
import { useEffect, useState } from 'preact/hooks';
import type { Article } from '../lib/article.ts';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';
import { prepareSearchIndex } from '../lib/tasks/chat/search-index.ts';

/** null until it has been read, and where it cannot be. */
export function usePage(platform: Pick<PanelPlatform, 'getArticle'>, tab: ActiveTab | null): Article | null {
  const [page, setPage] = useState<Article | null>(null);
  const { tabId, url, status } = tab ?? {};
  useEffect(() => {
    setPage(null);
    if (tabId === undefined || status === 'loading') return;
    const controller = new AbortController();
    const read = async () => {
      const article = await platform.getArticle(tabId, 'page');
      if (controller.signal.aborted) return;
      setPage(article);
      await prepareSearchIndex(article, controller.signal);
    };
    read().catch(() => undefined); // why it cannot be read is said when the reader asks
    return () => controller.abort();
  }, [platform, tabId, url, status]);
  return page;
}
