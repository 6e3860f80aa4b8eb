// Quick actions outside the panel: the context menu's submenus and the address bar's keyword.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { takeIntent } from '../../../lib/platform/intent.ts';
import { registerMenus } from '../../../lib/platform/menus.ts';
import { registerOmnibox } from '../../../lib/platform/omnibox.ts';
import { saveQuickActions } from '../../../lib/platform/quick-actions.ts';
import { parseSettings, type QuickAction } from '../../../lib/platform/settings.ts';
import { browser, fakeLocks, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

const TAB = { id: 7, windowId: 3, url: 'https://a.example/', title: 'A' };
const NAMES: QuickAction = { id: 'a', name: 'Names & dates', instruction: 'List them.', appliesTo: 'page' };
const PLAIN: QuickAction = { id: 'b', name: 'Plainly', instruction: 'Say it plainly.', appliesTo: 'selection' };

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
});
afterEach(() => vi.unstubAllGlobals());

const submenus = () => browser.contextMenus.created.filter(({ id }) => String(id).startsWith('quick-action'));
const waiting = () => vi.waitUntil(() => takeIntent(TAB.id));

test('each kind has a submenu of its own, which follows what the reader keeps', async () => {
  registerMenus();
  await saveQuickActions([NAMES, PLAIN]);
  await vi.waitUntil(() => submenus().length === 4);
  expect(submenus().map(({ title, contexts }) => [title, contexts])).toEqual([
    ['quickActions', ['page']],
    ['Names && dates', ['page']],
    ['quickActions', ['selection']],
    ['Plainly', ['selection']],
  ]);
  const item = submenus().find(({ title }) => title === 'Names && dates')!;
  browser.contextMenus.onClicked.emit({ menuItemId: item.id }, TAB);
  expect(opened).toEqual([{ windowId: TAB.windowId }]);
  expect(await waiting()).toEqual({
    kind: 'ask',
    question: 'List them.',
    action: 'Names & dates',
    scope: 'page',
    frameId: 0,
  });
});

test('the keyword asks about the tab in front, or runs an action by its name', async () => {
  await saveQuickActions([NAMES, PLAIN]);
  registerOmnibox();
  browser.omnibox.onInputEntered.emit('  Why is it late? ');
  expect(opened).toHaveLength(1);
  expect(await waiting()).toEqual({ kind: 'ask', question: 'Why is it late?', scope: 'page', frameId: 0 });
  browser.omnibox.onInputEntered.emit('names & DATES');
  expect(await waiting()).toMatchObject({ question: 'List them.', action: 'Names & dates' });
  browser.omnibox.onInputEntered.emit(' ');
  expect(opened).toHaveLength(2);
});

test('the keyword offers the actions that are meant, as text', async () => {
  await saveQuickActions([NAMES, PLAIN]);
  registerOmnibox();
  const suggested = await new Promise((resolve) => browser.omnibox.onInputChanged.emit('NAM', resolve));
  expect(suggested).toEqual([{ content: 'Names & dates', description: 'Names &amp; dates: List them.' }]);
});

test('damaged actions are none', () => {
  const actions = [{ ...NAMES, appliesTo: 'everything' }];
  expect(parseSettings({ quickActions: actions }).quickActions).toEqual([]);
  expect(parseSettings({ quickActions: [NAMES] }).quickActions).toEqual([NAMES]);
});
