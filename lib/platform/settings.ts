// The reader's choices: one flat object in storage.local. The parser is total: a field that is missing or bad falls back alone,
// so no version's record and no damage can make the others fail.
import { browser } from 'wxt/browser';
import type { SummaryLength, SummaryType } from '../protocol.ts';

export interface Settings {
  summaryType: SummaryType;
  summaryLength: SummaryLength;
}

export const DEFAULT_SETTINGS: Settings = { summaryType: 'key-points', summaryLength: 'medium' };

const ALLOWED: { [K in keyof Settings]: readonly Settings[K][] } = {
  summaryType: ['tldr', 'key-points', 'headline'],
  summaryLength: ['short', 'medium', 'long'],
};

const KEY = 'settings';

/** Settings out of anything. */
export function parseSettings(stored: unknown): Settings {
  const record = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<
    Record<keyof Settings, unknown>
  >;
  const choose = <K extends keyof Settings>(key: K): Settings[K] =>
    ALLOWED[key].find((allowed) => allowed === record[key]) ?? DEFAULT_SETTINGS[key];
  return { summaryType: choose('summaryType'), summaryLength: choose('summaryLength') };
}

export async function loadSettings(): Promise<Settings> {
  return parseSettings((await browser.storage.local.get(KEY))[KEY]);
}

export async function saveSettings(change: Partial<Settings>): Promise<void> {
  await navigator.locks.request(KEY, async () => {
    await browser.storage.local.set({ [KEY]: { ...(await loadSettings()), ...change } });
  });
}
