import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, loadSettings, parseSettings, saveSettings } from '../../../lib/platform/settings.ts';
import { requestSitePermission } from '../../../lib/platform/permissions.ts';
import { browser, fakeLocks, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

/** As released. A record, once written by a version, must parse for ever: add to these, never change them. */
const RELEASED = [
  {
    version: '0.1.0',
    stored: { summaryType: 'headline', summaryLength: 'long' },
    parsed: { summaryType: 'headline', summaryLength: 'long' },
  },
  {
    version: '0.1.0, later',
    stored: { translationMode: 'replace', translateTo: 'zh-Hant', packMirror: 'https://mirror.example/packs/' },
    parsed: { translationMode: 'replace', translateTo: 'zh-Hant', packMirror: 'https://mirror.example/packs/' },
  },
];

beforeEach(() => {
  resetBrowser();
  vi.stubGlobal('navigator', { locks: fakeLocks() });
});
afterEach(() => vi.unstubAllGlobals());

test.each(RELEASED)('settings of $version', ({ stored, parsed }) => {
  expect(parseSettings(stored)).toEqual({ ...DEFAULT_SETTINGS, ...parsed });
});

test.each([
  undefined,
  null,
  1,
  'x',
  [],
  {},
  { summaryType: 1 },
  { summaryType: 'constructor' },
  { packMirror: 'file:///etc/' },
  { rewriteAction: 'answer', rewriteInstruction: '', savedInstructions: ['', 'x'] },
])('of %j the defaults', (stored) => {
  expect(parseSettings(stored)).toEqual(DEFAULT_SETTINGS);
});

test('a bad field falls back alone, an unknown one is dropped', () => {
  const stored = { summaryType: 'poem', summaryLength: 'long', theme: 'dark' };
  expect(parseSettings(stored)).toEqual({ ...DEFAULT_SETTINGS, summaryLength: 'long' });
});

test('changes made at the same time are all kept', async () => {
  await Promise.all([saveSettings({ summaryType: 'headline' }), saveSettings({ summaryLength: 'long' })]);
  expect(await loadSettings()).toEqual({ ...DEFAULT_SETTINGS, summaryType: 'headline', summaryLength: 'long' });
});

test('a site is asked for by its host, and only web sites are', async () => {
  const asked: unknown[] = [];
  browser.permissions.request = (wanted) => Promise.resolve(asked.push(wanted) > 0);
  expect(await requestSitePermission('https://a.example:8443/path?q#f')).toBe(true);
  expect(await requestSitePermission('file:///etc/hosts')).toBe(false);
  expect(await requestSitePermission('chrome://version')).toBe(false);
  expect(await requestSitePermission('')).toBe(false);
  expect(asked).toEqual([{ origins: ['https://a.example/*'] }]);
});
