import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { registerAutoTranslate } from '../../../lib/platform/auto-translate.ts';
import { handle } from '../../../lib/platform/messaging.ts';
import { saveSettings } from '../../../lib/platform/settings.ts';
import { loadSiteRule, saveSiteRule } from '../../../lib/platform/site-rules.ts';
import { browser, fakeLocks, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

const URL_OF_SITE = 'https://news.example/a';
const TAB = { id: 5, windowId: 1, url: URL_OF_SITE };

beforeEach(() => {
  resetBrowser();
  vi.stubGlobal('navigator', { locks: fakeLocks() });
});
afterEach(() => vi.unstubAllGlobals());

test('a rule is for all pages of its host, and for no other', async () => {
  await Promise.all([saveSiteRule(URL_OF_SITE, 'never'), saveSiteRule('https://b.example/', 'always')]);
  expect(await loadSiteRule('https://news.example/b?c#d')).toBe('never');
  expect(await loadSiteRule('https://www.news.example/')).toBe('ask');
  expect(await loadSiteRule('https://b.example:8443/')).toBe('always');
  await saveSiteRule(URL_OF_SITE, 'ask');
  expect(await loadSiteRule(URL_OF_SITE)).toBe('ask');
  expect(browser.storage.local.values).toEqual({ siteRules: { 'b.example': 'always' } });
});

test('always needs the permission for the site, asked for first', async () => {
  browser.permissions.request = () => Promise.resolve(false);
  await expect(saveSiteRule(URL_OF_SITE, 'always')).rejects.toMatchObject({ code: 'permission-needed' });
  expect(await loadSiteRule(URL_OF_SITE)).toBe('ask');
});

test.each([null, 'x', { 'news.example': 'sometimes' }, { 'news.example': 1 }, []])(
  'damaged rules are none: %j',
  async (stored) => {
    browser.storage.local.values = { siteRules: stored };
    expect(await loadSiteRule(URL_OF_SITE)).toBe('ask');
    expect(await loadSiteRule('https://constructor/')).toBe('ask');
  },
);

/** What the page of the tab was asked. */
async function load(rule: 'always' | 'never' | 'ask', language: string): Promise<unknown[]> {
  const orders: unknown[] = [];
  let detections = 0;
  handle('page', {
    readPage: () => null as never,
    readSelection: () => null as never,
    showQuote: () => false,
    detectPageLanguage: () => (detections++, language),
  });
  handle('page-translation', {
    translatePage: (order) => void orders.push(order),
    readPageTranslation: () => null,
    changePageTranslation: () => undefined,
  });
  await saveSiteRule(URL_OF_SITE, rule);
  registerAutoTranslate();
  browser.tabs.onUpdated.emit(TAB.id, { status: 'loading' }, TAB);
  browser.tabs.onUpdated.emit(TAB.id, { status: 'complete' }, { ...TAB, url: 'https://other.example/' });
  browser.tabs.onUpdated.emit(TAB.id, { status: 'complete' }, TAB);
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(detections).toBe(rule === 'always' ? 1 : 0);
  return orders;
}

test('a page of an always site is translated into the language of the browser, once loaded', async () => {
  expect(await load('always', 'en')).toEqual([{ pair: { from: 'en', to: 'pt' }, mode: 'bilingual' }]);
});

test('into the language chosen last, in the way chosen last', async () => {
  await saveSettings({ translateTo: 'de', translationMode: 'replace' });
  expect(await load('always', 'en')).toEqual([{ pair: { from: 'en', to: 'de' }, mode: 'replace' }]);
});

test.each([
  ['always', 'pt-PT'],
  ['always', ''],
  ['never', 'en'],
  ['ask', 'en'],
] as const)('not by the rule %s a page in "%s"', async (rule, language) => {
  expect(await load(rule, language)).toEqual([]);
});
