import type { Browser } from 'wxt/browser';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { registerCommands } from '../../../lib/platform/commands.ts';
import { takeIntent } from '../../../lib/platform/intent.ts';
import { summarize } from '../../../lib/platform/gestures.ts';
import { registerMenus } from '../../../lib/platform/menus.ts';
import { handle } from '../../../lib/platform/messaging.ts';
import { saveSettings } from '../../../lib/platform/settings.ts';
import type { Article } from '../../../lib/article.ts';
import { browser, fakeLocks, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

const TAB = { id: 7, windowId: 3, url: 'https://a.example/', title: 'A' };
const SELECTION: Article = {
  url: TAB.url,
  title: 'A',
  language: 'en',
  description: '',
  blocks: [{ kind: 'paragraph', text: 'Two\nlines' }],
  scope: 'selection',
  hiddenCharacters: 0,
};

let opened: unknown[];

beforeEach(() => {
  resetBrowser();
  vi.stubGlobal('navigator', { locks: fakeLocks() });
  opened = [];
  browser.activeTab = TAB;
  browser.sidePanel.open = (options) => {
    opened.push(options);
    return Promise.resolve();
  };
  registerMenus();
  registerCommands();
});
afterEach(() => vi.unstubAllGlobals());

const waiting = () => vi.waitUntil(() => takeIntent(TAB.id));

test.each([
  ['the button', () => browser.action.onClicked.emit(TAB)],
  ['the menu on a selection', () => browser.contextMenus.onClicked.emit({ menuItemId: 'summarize-selection' }, TAB)],
  ['the menu on a page', () => browser.contextMenus.onClicked.emit({ menuItemId: 'summarize-page' }, TAB)],
  ['the shortcut', () => browser.commands.onCommand.emit('summarize', TAB)],
])('%s opens the panel before the turn ends, as browsers demand', (_, gesture) => {
  gesture();
  expect(opened).toEqual([{ windowId: TAB.windowId }]);
});

test('other menu items and commands open nothing', () => {
  browser.contextMenus.onClicked.emit({ menuItemId: 'other' }, TAB);
  browser.contextMenus.onClicked.emit({ menuItemId: 'summarize-page' });
  browser.commands.onCommand.emit('other', TAB);
  expect(opened).toEqual([]);
});

test('the button asks for nothing but tells the panel to look again', async () => {
  browser.action.onClicked.emit(TAB);
  expect(browser.storage.session.values).toMatchObject({ gesture: { tabId: TAB.id } });
  expect(await takeIntent(TAB.id)).toBeNull();
});

test('menu and shortcut ask for the page', async () => {
  browser.contextMenus.onClicked.emit({ menuItemId: 'summarize-page', frameId: 4 }, TAB);
  expect(await waiting()).toEqual({ kind: 'summarize', scope: 'page', frameId: 0 });
  browser.commands.onCommand.emit('summarize', TAB);
  expect(await waiting()).toEqual({ kind: 'summarize', scope: 'page', frameId: 0 });
});

test('the page is translated in the panel', async () => {
  browser.contextMenus.onClicked.emit({ menuItemId: 'translate-page', frameId: 4 }, TAB);
  expect(await waiting()).toEqual({ kind: 'translate' });
});

describe('a card opens in the page', () => {
  const asked: [unknown, string][] = [];
  const injected: unknown[] = [];
  /** The script answers once it is in the page. */
  const inject = (injection: unknown) => {
    if (JSON.stringify(injection).includes('/card.js') && !injected.some((each) => 'files' in (each as object))) {
      handle('card', {
        translateSelection: (text) => void asked.push([injected.at(-1), text]),
        rewriteText: (text, instruction) => void asked.push([`to rewrite${instruction && `: ${instruction}`}`, text]),
      });
    }
    injected.push(injection);
  };
  beforeEach(() => {
    asked.length = injected.length = 0;
    browser.scripting.executeScript = (injection) => Promise.resolve((inject(injection), [{ frameId: 0 }]));
  });
  const refuse = () => {
    browser.scripting.executeScript = () => Promise.reject(new Error('Cannot access a chrome:// URL'));
  };
  const told = () => vi.waitFor(() => expect(browser.action.badges).toEqual([{ tabId: TAB.id, text: '!' }]));

  const card = (frameId: number) => ({ target: { tabId: TAB.id, frameIds: [frameId] }, files: ['/card.js'] });
  const menu = { menuItemId: 'translate-selection', frameId: 4, selectionText: 'Two lines' };

  test('from the menu, in the frame that it names', async () => {
    browser.contextMenus.onClicked.emit(menu, TAB);
    await vi.waitFor(() => expect(asked).toEqual([[card(4), 'Two lines']]));
  });

  test('from a frame that cannot be entered, in the page', async () => {
    browser.scripting.executeScript = (injection) =>
      JSON.stringify(injection).includes('[4]')
        ? Promise.reject(new Error('refused'))
        : Promise.resolve((inject(injection), [{ frameId: 0 }]));
    browser.contextMenus.onClicked.emit(menu, TAB);
    await vi.waitFor(() => expect(asked).toEqual([[card(0), 'Two lines']]));
  });

  test('from the keys, in the frame that has the selection', async () => {
    browser.scripting.executeScript = (injection) => {
      inject(injection);
      return Promise.resolve([
        { frameId: 0, result: false },
        { frameId: 7, result: true },
      ]);
    };
    browser.commands.onCommand.emit('translate', TAB);
    await vi.waitFor(() => expect(asked).toEqual([[card(7), '']]));
  });

  test('for rewriting, from the menu and the keys', async () => {
    browser.contextMenus.onClicked.emit({ menuItemId: 'rewrite', frameId: 0, selectionText: 'Two lines' }, TAB);
    await vi.waitFor(() => expect(asked).toEqual([['to rewrite', 'Two lines']]));
    browser.commands.onCommand.emit('rewrite', TAB);
    await vi.waitFor(() => expect(asked).toHaveLength(2));
  });

  test('for rewriting by an instruction that the reader has kept', async () => {
    const menuItemId = 'rewrite: Say it plainly';
    browser.contextMenus.onClicked.emit({ menuItemId, frameId: 0, selectionText: 'Two lines' }, TAB);
    await vi.waitFor(() => expect(asked).toEqual([['to rewrite: Say it plainly', 'Two lines']]));
  });

  test.each([
    ['translate-selection', 'translate'],
    ['rewrite', 'rewrite'],
  ])('%s: where none may, the button says so, and the panel why', async (menuItemId, command) => {
    refuse();
    browser.contextMenus.onClicked.emit({ menuItemId, frameId: 0, selectionText: 'Two lines' }, TAB);
    await told();
    expect(await waiting()).toEqual({ kind: 'refusal', error: { code: 'restricted-page', detail: '' } });
    expect(opened).toEqual([]);
    browser.action.badges.length = 0;
    browser.commands.onCommand.emit(command, { ...TAB, url: 'about:license' });
    expect(opened).toEqual([{ windowId: TAB.windowId }]);
    await told();
  });

  test('and takes the mark of an earlier refusal off the button', async () => {
    browser.commands.onCommand.emit('rewrite', TAB);
    await vi.waitFor(() => expect(browser.action.badges).toEqual([{ tabId: TAB.id, text: '' }]));
  });
});

test('the selection is taken from its frame at the gesture', async () => {
  handle('page', {
    readPage: () => null as never,
    readSelection: () => SELECTION,
    showQuote: () => false,
    detectPageLanguage: () => '',
  });
  browser.contextMenus.onClicked.emit(
    { menuItemId: 'summarize-selection', frameId: 4, selectionText: 'Two lines' },
    TAB,
  );
  expect(await waiting()).toEqual({ kind: 'summarize', scope: 'selection', frameId: 4, selection: SELECTION });
});

test('where the frame cannot be entered, the text that the menu event carries', async () => {
  browser.scripting.executeScript = () => Promise.reject(new Error('refused'));
  browser.contextMenus.onClicked.emit(
    { menuItemId: 'summarize-selection', frameId: 4, selectionText: 'Two lines' },
    TAB,
  );
  expect(await waiting()).toMatchObject({
    frameId: 4,
    selection: { scope: 'selection', url: TAB.url, blocks: [{ kind: 'paragraph', text: 'Two lines' }] },
  });
});

test('the intent waits although the panel did not open', async () => {
  browser.sidePanel.open = () => Promise.reject(new Error('no gesture'));
  await expect(summarize(TAB as Browser.tabs.Tab, 'page', { frameId: 0 })).rejects.toThrow('no gesture');
  expect(await waiting()).toBeTruthy();
});

test('the menu is made when Inkling is installed', async () => {
  browser.runtime.onInstalled.emit();
  await vi.waitFor(() => expect(browser.contextMenus.created).toHaveLength(5));
  browser.runtime.onInstalled.emit(); // an update
  await vi.waitFor(() => expect(browser.contextMenus.created).toHaveLength(5));
});

test('the menu has the instructions that the reader has kept, as long as they are', async () => {
  const offered = () => browser.contextMenus.created.map(({ id }) => id as string).filter((id) => id.includes(':'));
  await saveSettings({ savedInstructions: ['Say it plainly'] });
  browser.runtime.onInstalled.emit();
  await vi.waitFor(() => expect(offered()).toEqual(['rewrite: Say it plainly']));
  await saveSettings({ savedInstructions: ['In verse & %s', 'Say it plainly'] });
  await vi.waitFor(() => expect(offered()).toEqual(['rewrite: Say it plainly', 'rewrite: In verse & %s']));
  await saveSettings({ savedInstructions: ['In verse & %s'] });
  await vi.waitFor(() => expect(offered()).toEqual(['rewrite: In verse & %s']));
});
