// What a menu item or shortcut asked for, waiting for the panel of its tab: in memory (storage.session), because the
// service worker may end before the panel has opened. Taken once.
import { browser } from 'wxt/browser';
import type { Intent } from '../requests.ts';

/** An intent is for the panel that opens now; one that opens later must not start work that nobody remembers. */
const LIFETIME_MS = 60_000;

interface WaitingIntent {
  intent: Intent;
  leftAtMs: number;
}

const PREFIX = 'intent:';
const keyOf = (tabId: number) => `${PREFIX}${tabId}`;

/** Background only. */
export async function leaveIntent(tabId: number, intent: Intent): Promise<void> {
  const waiting: WaitingIntent = { intent, leftAtMs: Date.now() };
  await browser.storage.session.set({ [keyOf(tabId)]: waiting });
}

/** Background only: the answer to the panel's `takeIntent`. */
export async function takeIntent(tabId: number): Promise<Intent | null> {
  const key = keyOf(tabId);
  return await navigator.locks.request(key, async () => {
    const waiting = (await browser.storage.session.get(key))[key] as WaitingIntent | undefined;
    if (!waiting) return null;
    await browser.storage.session.remove(key);
    return Date.now() - waiting.leftAtMs < LIFETIME_MS ? waiting.intent : null;
  });
}

/** Calls back with the tab's id whenever an intent is left for a tab of this page's window. Returns the end of the subscription. */
export function onIntent(listener: (tabId: number) => void): () => void {
  let isOver = false;
  const report = async (tabId: number): Promise<void> => {
    // A panel of another window would take it and show it to nobody.
    const tabs = await browser.tabs.query({ currentWindow: true });
    if (!isOver && tabs.some(({ id }) => id === tabId)) listener(tabId);
  };
  const onChanged = (changes: Record<string, { newValue?: unknown }>): void => {
    for (const [key, change] of Object.entries(changes)) {
      if (key.startsWith(PREFIX) && change.newValue !== undefined) void report(Number(key.slice(PREFIX.length)));
    }
  };
  browser.storage.session.onChanged.addListener(onChanged);
  return () => {
    isOver = true;
    browser.storage.session.onChanged.removeListener(onChanged);
  };
}
