// Translates the pages of sites for which the reader chose that, when they have loaded. Background only.
import { browser } from 'wxt/browser';
import { primarySubtag } from '../tasks/stop-words.ts';
import { detectPageLanguage, translatePage } from './page-access.ts';
import { loadSettings } from './settings.ts';
import { loadSiteRule } from './site-rules.ts';
import { readingLanguage } from './reading-language.ts';

/** Call it in the background's first turn. */
export function registerAutoTranslate(): void {
  // The address is told only for sites that the reader has allowed, and a rule needs that.
  browser.tabs.onUpdated.addListener((tabId, { status }, { url }) => {
    // A page that cannot be translated stays as it is; the panel says why to who asks for it there.
    if (status === 'complete' && url) void translateByRule(tabId, url).catch(() => undefined);
  });
}

async function translateByRule(tabId: number, url: string): Promise<void> {
  if ((await loadSiteRule(url)) !== 'always') return;
  const settings = await loadSettings();
  const to = readingLanguage(settings);
  const from = await detectPageLanguage(tabId);
  if (from === '' || primarySubtag(from) === primarySubtag(to)) return;
  await translatePage(tabId, { pair: { from, to }, mode: settings.translationMode });
}
