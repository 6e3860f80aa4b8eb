// While the chat is in front and nothing is asked, the page is read ahead of the next question; another page, tab or part ends that.
import { useEffect } from 'preact/hooks';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';
import { told, type Chat } from './chat-view.ts';

/** `chat`: null until it is known what was asked before. */
export function useReadAhead(
  platform: Pick<PanelPlatform, 'readAhead'>,
  tab: ActiveTab | null,
  chat: Chat | null,
): void {
  const { tabId, url, status } = tab ?? {};
  const isIdle = chat !== null && chat.live === null;
  const turns = chat?.conversation.turns ?? [];
  useEffect(() => {
    if (tabId === undefined || status === 'loading' || !isIdle) return;
    const controller = new AbortController();
    void platform.readAhead(tabId, turns.flatMap(told), controller.signal);
    return () => controller.abort();
  }, [platform, tabId, url, status, isIdle, turns.length]);
}
