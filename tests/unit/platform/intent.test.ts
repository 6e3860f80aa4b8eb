import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leaveIntent, onIntent, takeIntent } from '../../../lib/platform/intent.ts';
import type { Intent } from '../../../lib/requests.ts';
import { browser, fakeLocks, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

const INTENT: Intent = { kind: 'summarize', scope: 'page', frameId: 0 };

beforeEach(() => {
  resetBrowser();
  vi.stubGlobal('navigator', { locks: fakeLocks() });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('an intent is taken once, by the panel of its tab', async () => {
  await leaveIntent(7, INTENT);
  expect(await takeIntent(8)).toBeNull();
  expect(await takeIntent(7)).toEqual(INTENT);
  expect(await takeIntent(7)).toBeNull();
});

test('of many that ask at once one gets it', async () => {
  await leaveIntent(7, INTENT);
  const taken = await Promise.all(Array.from({ length: 10 }, () => takeIntent(7)));
  expect(taken.filter(Boolean)).toEqual([INTENT]);
});

test('the later intent of a tab replaces the earlier', async () => {
  await leaveIntent(7, INTENT);
  await leaveIntent(7, { ...INTENT, scope: 'selection' });
  expect(await takeIntent(7)).toMatchObject({ scope: 'selection' });
});

test('one that nobody took in time starts nothing', async () => {
  vi.useFakeTimers();
  await leaveIntent(7, INTENT);
  vi.setSystemTime(Date.now() + 61_000);
  expect(await takeIntent(7)).toBeNull();
});

test('a panel that is open hears of it, where it is for a tab of its window', async () => {
  browser.activeTab = { id: 7, windowId: 1 };
  const heard: number[] = [];
  const end = onIntent((tabId) => heard.push(tabId));
  await leaveIntent(8, INTENT);
  await leaveIntent(7, INTENT);
  await vi.waitFor(() => expect(heard).toEqual([7]));
  await takeIntent(7);
  end();
  await leaveIntent(7, INTENT);
  await new Promise(setImmediate);
  expect(heard).toEqual([7]);
});
