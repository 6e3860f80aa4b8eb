import { beforeEach, expect, test, vi } from 'vitest';
import { handle } from '../../../lib/platform/messaging.ts';
import { copyPage, detectPageLanguage, getSelection, showQuote, standBy } from '../../../lib/platform/page-access.ts';
import type { Article } from '../../../lib/article.ts';
import type { PageCopy } from '../../../lib/page/copy-page.ts';
import { browser, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

const ARTICLE: Article = {
  url: 'https://a.example/',
  title: 'A',
  language: 'en',
  description: '',
  blocks: [{ kind: 'paragraph', text: 'Text.' }],
  scope: 'page',
  hiddenCharacters: 0,
};
const COPY: PageCopy = {
  url: ARTICLE.url,
  title: 'A',
  siteName: '',
  language: 'en',
  description: '',
  nodes: [['p', 'class', 'lead'], 'Text.', null],
  hiddenCharacters: 0,
  truncated: false,
};
const QUOTE = { exact: 'Text', prefix: '', suffix: '' };

beforeEach(() => {
  resetBrowser();
  browser.activeTab = { id: 1, windowId: 1, url: ARTICLE.url };
});

/** The browser puts the script in, which answers from then on. Returns what has been put where. */
function injecting(): unknown[] {
  const injected: unknown[] = [];
  browser.scripting.executeScript = (injection) => {
    if (injected.push(injection) === 1)
      handle('page', {
        readPage: () => COPY,
        readSelection: () => ({ ...ARTICLE, scope: 'selection' }),
        showQuote: ({ exact }) => exact === 'Text',
        detectPageLanguage: () => 'pt',
      });
    return Promise.resolve([{ frameId: 0 }]);
  };
  return injected;
}

test('the script is put into the frame that is asked, once, and answers', async () => {
  const injected = injecting();
  expect(await getSelection(1, 5)).toEqual({ ...ARTICLE, scope: 'selection' });
  expect(await showQuote(1, QUOTE, 5)).toBe(true);
  expect(await detectPageLanguage(1)).toBe('pt');
  expect(injected).toEqual([{ target: { tabId: 1, frameIds: [5] }, files: ['/bridge.js'] }]);
});

test('another of our scripts in the frame, which has no answer to it, does not stand for it', async () => {
  handle('card', { translateSelection: () => undefined, rewriteText: () => undefined });
  const injected = injecting();
  expect(await copyPage(1)).toEqual(COPY);
  expect(injected.length).toBe(1);
});

test('standing by puts it in and asks nothing; where it may not be, nobody is told', async () => {
  const injected = injecting();
  await standBy(1);
  expect(injected).toEqual([{ target: { tabId: 1, frameIds: [0] }, files: ['/bridge.js'] }]);
  browser.scripting.executeScript = () => Promise.reject(new Error(NOT_ALLOWED));
  await standBy(1);
});

const NOT_ALLOWED =
  'Cannot access contents of the page. Extension manifest must request permission to access the respective host.';

test.each([
  ['a browser page', 'Cannot access a chrome:// URL', undefined, 0, 'restricted-page'],
  ['the store', 'The extensions gallery cannot be scripted.', undefined, 0, 'restricted-page'],
  ['a site without a gesture', NOT_ALLOWED, undefined, 0, 'permission-needed'],
  ['a site that stays closed after one', NOT_ALLOWED, 'file:///a.html', 0, 'restricted-page'],
  ['a frame of another site', NOT_ALLOWED, ARTICLE.url, 3, 'permission-needed'],
])('%s', async (_, message, url, frameId, code) => {
  browser.activeTab = { id: 1, windowId: 1, url };
  browser.scripting.executeScript = () => Promise.reject(new Error(message));
  await expect(getSelection(1, frameId)).rejects.toMatchObject({ code });
  await expect(showQuote(1, QUOTE, frameId)).rejects.toMatchObject({ code });
});

test.each([
  ['no frame', []],
  ['an error for the frame', [{ frameId: 0, error: new Error('refused') }]],
])('Firefox answers a refused injection with %s', async (_, frames) => {
  browser.scripting.executeScript = () => Promise.resolve(frames);
  await expect(copyPage(1)).rejects.toMatchObject({ code: 'restricted-page' });
});

test('the tab is gone', async () => {
  browser.activeTab = undefined;
  browser.scripting.executeScript = () => Promise.reject(new Error('No tab with id: 1.'));
  await expect(copyPage(1)).rejects.toMatchObject({ code: 'stale-page' });
});

test('a page that hangs is given up', async () => {
  vi.useFakeTimers();
  browser.scripting.executeScript = () => new Promise(() => undefined);
  const failed = expect(copyPage(1)).rejects.toMatchObject({ code: 'timed-out' });
  await vi.runAllTimersAsync();
  await failed;
  vi.useRealTimers();
});

test('the page navigated between injection and question', async () => {
  await expect(copyPage(1)).rejects.toMatchObject({ code: 'stale-page' });
});

test.each([null, {}, { ...ARTICLE, blocks: 'text' }, { ...ARTICLE, blocks: [{ kind: 'script', text: 'x' }] }])(
  'what is no article is not taken for one: %j',
  async (answer) => {
    handle('page', {
      readPage: () => answer as Article,
      readSelection: () => answer as Article,
      showQuote: () => false,
      detectPageLanguage: () => '',
    });
    await expect(copyPage(1)).rejects.toMatchObject({ code: 'internal' });
    await expect(getSelection(1)).rejects.toMatchObject({ code: 'internal' });
  },
);

test.each([
  ['an element that HTML does not have', [['x-card'], null]],
  ['an attribute that loads', [['img', 'src', 'https://b.example/'], null]],
  ['an attribute without a value', [['a', 'href'], null]],
  ['a number', [1]],
])('a copy has no %s', async (_, nodes) => {
  handle('page', {
    readPage: () => ({ ...COPY, nodes }) as PageCopy,
    readSelection: () => ARTICLE,
    showQuote: () => false,
    detectPageLanguage: () => '',
  });
  await expect(copyPage(1)).rejects.toMatchObject({ code: 'internal' });
});
