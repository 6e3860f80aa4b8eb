import { beforeEach, expect, test, vi } from 'vitest';
import { noteGesture, onActiveTab } from '../../../lib/platform/tabs.ts';
import type { ActiveTab } from '../../../lib/platform/tabs.ts';
import type { FakeTab } from '../../fakes/browser.ts';
import { browser, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

const TAB: FakeTab = { id: 7, windowId: 3, url: 'https://a.example/', title: 'A', status: 'complete' };

let seen: ActiveTab[];
let end: () => void;

beforeEach(async () => {
  resetBrowser();
  browser.activeTab = TAB;
  seen = [];
  end = onActiveTab((tab) => seen.push(tab));
  await vi.waitFor(() => expect(seen).toHaveLength(1));
});

const settled = () => new Promise(setImmediate);

test('it calls back at once', () => {
  expect(seen).toEqual([{ tabId: 7, url: TAB.url, title: 'A', favIconUrl: '', status: 'complete' }]);
});

test('and on another tab, a navigation, a gesture, a permission', async () => {
  browser.activeTab = { ...TAB, id: 8 };
  browser.tabs.onActivated.emit();
  await settled();
  browser.activeTab = { id: 8, windowId: 3, status: 'loading' };
  browser.tabs.onUpdated.emit();
  await settled();
  browser.activeTab = { ...TAB, id: 8, title: 'B' };
  await noteGesture(8);
  await settled();
  browser.activeTab = { ...TAB, id: 8, title: 'C' };
  browser.permissions.onAdded.emit();
  await settled();
  expect(seen.slice(1)).toMatchObject([
    { tabId: 8, title: 'A' },
    { tabId: 8, url: '', title: '', status: 'loading' },
    { tabId: 8, title: 'B' },
    { tabId: 8, title: 'C' },
  ]);
});

test('but not when nothing has changed for it', async () => {
  browser.tabs.onUpdated.emit();
  await settled();
  expect(seen).toHaveLength(1);
});

test('a slow answer does not overwrite a later one', async () => {
  let answerSlowly: (tabs: FakeTab[]) => void = () => undefined;
  browser.tabs.query = () => new Promise((resolve) => (answerSlowly = resolve));
  browser.tabs.onUpdated.emit();
  browser.tabs.query = () => Promise.resolve([{ ...TAB, title: 'new' }]);
  browser.tabs.onUpdated.emit();
  await settled();
  answerSlowly([{ ...TAB, title: 'old' }]);
  await settled();
  expect(seen.map(({ title }) => title)).toEqual(['A', 'new']);
});

test('icons are shown only where they need no request', async () => {
  browser.activeTab = { ...TAB, favIconUrl: 'https://a.example/favicon.ico' };
  browser.tabs.onUpdated.emit();
  await settled();
  browser.activeTab = { ...TAB, favIconUrl: 'data:image/png;base64,AA==' };
  browser.tabs.onUpdated.emit();
  await settled();
  expect(seen.map(({ favIconUrl }) => favIconUrl)).toEqual(['', 'data:image/png;base64,AA==']);
});

test('until the subscription ends', async () => {
  end();
  browser.activeTab = { ...TAB, title: 'B' };
  browser.tabs.onUpdated.emit();
  await noteGesture(7);
  await settled();
  expect(seen).toHaveLength(1);
  expect(browser.tabs.onUpdated.listeners.size).toBe(0);
});
