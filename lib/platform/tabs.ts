// The tab that a panel stands beside: which one, what it shows, and what the browser lets Inkling know of it.
import { browser } from 'wxt/browser';

export interface ActiveTab {
  tabId: number;
  /** '' for what the browser does not let Inkling see yet (no gesture in this tab so far). */
  url: string;
  title: string;
  /** A data URL or '': a panel that fetched icons would tell sites that it is there. */
  favIconUrl: string;
  /** `loading` from the start of a navigation until the page has loaded. */
  status: 'loading' | 'complete';
}

const GESTURE = 'gesture';

/** Background only: the reader pressed Inkling's button, menu or keys in this tab, so the browser now shows more of it. */
export async function noteGesture(tabId: number): Promise<void> {
  await browser.storage.session.set({ [GESTURE]: { tabId, atMs: Date.now() } });
}

/** Calls back now and whenever the active tab of this page's window changes. Returns the end of the subscription. */
export function onActiveTab(listener: (tab: ActiveTab) => void): () => void {
  let latestQuery = 0;
  let lastSeen = '';

  const report = async (): Promise<void> => {
    const query = ++latestQuery;
    const tab = await activeTab();
    if (query !== latestQuery || !tab) return;
    const seen = JSON.stringify(tab);
    if (seen === lastSeen) return;
    lastSeen = seen;
    listener(tab);
  };
  const onChange = (): void => void report();
  const onSession = (changes: Record<string, unknown>): void => {
    if (GESTURE in changes) void report();
  };

  const { tabs, windows, permissions, storage } = browser;
  const events = [tabs.onActivated, tabs.onUpdated, tabs.onAttached, permissions.onAdded, windows.onFocusChanged];
  for (const event of events) event.addListener(onChange);
  storage.session.onChanged.addListener(onSession);
  void report();

  return () => {
    latestQuery = -1;
    for (const event of events) event.removeListener(onChange);
    storage.session.onChanged.removeListener(onSession);
  };
}

async function activeTab(): Promise<ActiveTab | null> {
  const tab = (await browser.tabs.query({ active: true, currentWindow: true })).at(0);
  if (tab?.id === undefined) return null;
  return {
    tabId: tab.id,
    url: tab.url ?? '',
    title: tab.title ?? '',
    favIconUrl: tab.favIconUrl?.startsWith('data:') ? tab.favIconUrl : '',
    status: tab.status === 'loading' ? 'loading' : 'complete',
  };
}
