import { beforeEach, expect, test, vi } from 'vitest';
import { detectLanguage } from '../../../lib/platform/detect-language.ts';
import { send } from '../../../lib/platform/messaging.ts';
import { translationPlatform } from '../../../lib/platform/translation.ts';
import type { PageTranslationState } from '../../../lib/requests.ts';
import { browser, EXTENSION_ID, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

const STATE: PageTranslationState = {
  phase: 'translating',
  mode: 'bilingual',
  pair: { from: 'en', to: 'pt' },
  doneCharacters: 10,
  totalCharacters: 20,
  kept: 0,
};

beforeEach(resetBrowser);

test('a listener hears of its own tab only, until it leaves', async () => {
  const platform = translationPlatform();
  const heard: (PageTranslationState | null)[] = [];
  const leave = platform.onPageTranslation(4, (state) => heard.push(state));
  await vi.waitFor(() => expect(heard).toEqual([null])); // no script in the page
  for (const id of [4, 5]) {
    browser.sender = { id: EXTENSION_ID, url: 'https://a.example/', origin: 'https://a.example', tab: { id } };
    await send('pageTranslationChanged', { ...STATE, kept: id });
  }
  leave();
  browser.sender = { ...browser.sender, tab: { id: 4 } };
  await send('pageTranslationChanged', null);
  expect(heard).toEqual([null, { ...STATE, kept: 4 }]);
});

test.each([
  ['what the browser is sure of', true, 'fr', 'Le chat', 'fr'],
  ['in the catalogue of translations, Norwegian is Bokmål', true, 'no', 'Jeg er her', 'nb'],
  ['our own rules where it is not sure', false, 'la', 'The cat sat on the mat and it was the end of that.', 'en'],
  ['its guess where nothing else is known', false, 'la', 'Gallia omnia', 'la'],
  ['nothing', false, 'und', '123', ''],
])('language: %s', async (_, isReliable, language, text, found) => {
  browser.i18n.detectLanguage = () => Promise.resolve({ isReliable, languages: [{ language, percentage: 99 }] });
  expect(await detectLanguage(text)).toBe(found);
});
