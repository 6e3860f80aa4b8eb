// The page in front, read when its chat is opened: what a question about it is answered from until it has been read anew.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Article } from '../lib/article.ts';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';
import { prepareSearchIndex } from '../lib/tasks/chat/search-index.ts';

export interface PageReading {
  /** null until it has been read, and where it cannot be. */
  article: Article | null;
  /** The same to come: rejects where it cannot be read. null where no chat is in front. */
  reading: Promise<Article> | null;
}

const NONE: PageReading = { article: null, reading: null };

/** `asked`: what was read for the latest question, which is newer where it is of the page. */
export function usePage(
  platform: Pick<PanelPlatform, 'getArticle'>,
  tab: ActiveTab | null,
  asked: readonly Article[],
): PageReading {
  const [opened, setOpened] = useState(NONE);
  const { tabId, url, status } = tab ?? {};
  useEffect(() => {
    setOpened(NONE);
    if (tabId === undefined || status === 'loading') return;
    const controller = new AbortController();
    const reading = platform.getArticle(tabId, 'page');
    setOpened({ article: null, reading });
    const prepare = async () => {
      const article = await reading;
      if (controller.signal.aborted) return;
      setOpened({ article, reading });
      await prepareSearchIndex(article, controller.signal);
    };
    prepare().catch(() => undefined); // why it cannot be read is said when the reader asks
    return () => controller.abort();
  }, [platform, tabId, url, status]);

  const latest = latestOf(opened.article, asked);
  return useMemo(() => {
    if (!latest || latest === opened.article) return opened;
    return { article: latest, reading: Promise.resolve(latest) };
  }, [opened, latest]);
}

function latestOf(page: Article | null, asked: readonly Article[]): Article | null {
  const again = asked.length === 1 ? asked[0] : null;
  return again && page && again.scope === 'page' && again.url === page.url ? again : page;
}
