// While the panel stands beside a page and the reader waits for nothing, the page is read ahead of the next question about it; another
// page or tab, and whatever is asked for, ends that.
import { useEffect } from 'preact/hooks';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';
import { told, type Chat } from './chat-view.ts';

/** Who has opened the panel for something else asks for it sooner than that: the machine is to be free then. */
const PAUSE_MS = 2_000;

/** `tab`: null while the reader waits for something. `chat`: the one in front, of which a question is next; null where another part is. */
export function useReadAhead(
  platform: Pick<PanelPlatform, 'readAhead'>,
  tab: ActiveTab | null,
  chat: Chat | null,
): void {
  const { tabId, url, status } = tab ?? {};
  const turns = chat?.conversation.turns ?? [];
  const pauseMs = chat ? 0 : PAUSE_MS;
  useEffect(() => {
    if (tabId === undefined || status === 'loading') return;
    const controller = new AbortController();
    const begin = () => platform.readAhead(tabId, turns.flatMap(told), controller.signal);
    const timer = pauseMs > 0 ? setTimeout(() => void begin(), pauseMs) : void begin();
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [platform, tabId, url, status, pauseMs, turns.length]);
}
