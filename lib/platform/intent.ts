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

/** Calls back with the tab's id whenever an intent is left. Returns the end of the subscription. */
export function onIntent(listener: (tabId: number) => void): () => void {
  const onChanged = (changes: Record<string, { newValue?: unknown }>): void => {
    for (const [key, change] of Object.entries(changes)) {
      if (key.startsWith(PREFIX) && change.newValue !== undefined) listener(Number(key.slice(PREFIX.length)));
    }
  };
  browser.storage.session.onChanged.addListener(onChanged);
  return () => browser.storage.session.onChanged.removeListener(onChanged);
}
