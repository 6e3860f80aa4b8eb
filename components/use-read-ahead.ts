// While the panel stands beside a page and the reader waits for nothing, the page is read ahead of the next question about it; another
// page or tab, and whatever is asked for, ends that.
import { useEffect } from 'preact/hooks';
import type { Article } from '../lib/article.ts';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';
import { told, type Chat } from './chat-view.ts';

/** Who has opened the panel for something else asks for it sooner than that: the machine is to be free then. */
const PAUSE_MS = 2_000;

/** The part in which a question is asked. */
interface Asking {
  /** null until it is known what was kept of it. */
  chat: Chat | null;
  /** As it was last read, or is being read; rejects where it cannot be. */
  page: Promise<Article> | null;
}

/** `tab`: null while the reader waits for something. `asking`: null where another part is in front. */
export function useReadAhead(
  platform: Pick<PanelPlatform, 'readAhead'>,
  tab: ActiveTab | null,
  asking: Asking | null,
): void {
  const { tabId, url, status } = tab ?? {};
  const turns = asking?.chat?.conversation.turns ?? [];
  const isAsking = asking !== null;
  const page = asking?.page ?? null;
  useEffect(() => {
    if (tabId === undefined || status === 'loading' || (isAsking && !page)) return;
    const controller = new AbortController();
    const begin = () => platform.readAhead(tabId, page, turns.flatMap(told), controller.signal);
    const timer = isAsking ? void begin() : setTimeout(() => void begin(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [platform, tabId, url, status, isAsking, page, turns.length]);
}
