import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ensureHost, forwardTabGone, hostReady } from '../../../lib/platform/ensure-host.ts';
import { browser, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

type Listener = (message: unknown, sender: unknown, reply: (answer: unknown) => void) => unknown;

const gone: number[] = [];
/** The document's listener: it answers pings and hears of tabs. */
const host: Listener = (message, _, reply) => {
  const { target, request, args } = message as { target: string; request: string; args: number[] };
  if (target !== 'host') return;
  if (request === 'tabGone') gone.push(...args);
  reply({ ok: true, value: null });
};
/** A document that never answers. */
const hung: Listener = (message) => (message as { target: string }).target === 'host';

const only = 'Only a single offscreen document may be created.';
let created = 0;

beforeEach(() => {
  resetBrowser();
  created = 0;
  gone.length = 0;
  browser.offscreen.createDocument = async () => {
    created += 1;
    await Promise.resolve();
    browser.runtime.onMessage.addListener(host);
  };
  browser.offscreen.closeDocument = () => {
    browser.runtime.onMessage.removeListener(hung);
    return Promise.resolve();
  };
});
afterEach(() => vi.useRealTimers());

test('fifty calls at a cold start make one document', async () => {
  await Promise.all(Array.from({ length: 50 }, ensureHost));
  expect(created).toBe(1);
});

test('a document that is there is kept', async () => {
  await ensureHost();
  await ensureHost();
  expect(created).toBe(1);
});

test('a document that has vanished is made again', async () => {
  await ensureHost();
  browser.runtime.onMessage.removeListener(host);
  await ensureHost();
  expect(created).toBe(2);
});

test('one that an earlier service worker is still making is waited for', async () => {
  browser.offscreen.createDocument = () => Promise.reject(new Error(only));
  const done = vi.fn();
  const ensured = ensureHost().then(done);
  await new Promise(setImmediate); // both pings are answered by then
  expect(done).not.toHaveBeenCalled();
  browser.runtime.onMessage.addListener(host);
  hostReady();
  await ensured;
  expect(done).toHaveBeenCalledOnce();
});

test('one that says it is ready while this asks for it', async () => {
  browser.offscreen.createDocument = () => {
    browser.runtime.onMessage.addListener(host);
    hostReady();
    return Promise.reject(new Error(only));
  };
  await ensureHost();
});

test('one that hangs is closed, and the next call makes a new one', async () => {
  vi.useFakeTimers();
  browser.runtime.onMessage.addListener(hung);
  const working = browser.offscreen.createDocument;
  browser.offscreen.createDocument = () => Promise.reject(new Error(only));
  const failed = expect(ensureHost()).rejects.toMatchObject({ code: 'load-failed' });
  await vi.runAllTimersAsync();
  await failed;
  vi.useRealTimers();
  browser.offscreen.createDocument = working;
  await ensureHost();
  expect(created).toBe(1);
});

test('one that the browser never finishes making, nor closes, is given up, and the next call makes a new one', async () => {
  vi.useFakeTimers();
  const never = () => new Promise<never>(() => undefined);
  const working = browser.offscreen.createDocument;
  Object.assign(browser.offscreen, { createDocument: never, closeDocument: never });
  const startMs = Date.now();
  const failed = expect(ensureHost()).rejects.toMatchObject({ code: 'load-failed' });
  await vi.runAllTimersAsync();
  await failed;
  expect(Date.now() - startMs).toBeLessThan(60_000);
  vi.useRealTimers();
  browser.offscreen.createDocument = working;
  await ensureHost();
  expect(created).toBe(1);
});

test('a failed attempt does not poison the next', async () => {
  const working = browser.offscreen.createDocument;
  browser.offscreen.createDocument = async () => {
    await Promise.resolve(); // made, but its script failed: nobody listens
  };
  await expect(ensureHost()).rejects.toMatchObject({ code: 'timed-out' });
  browser.offscreen.createDocument = working;
  await ensureHost();
});

test('closed tabs are told to a host, and to nobody where there is none', async () => {
  forwardTabGone();
  browser.tabs.onRemoved.emit(1);
  await ensureHost();
  browser.tabs.onRemoved.emit(2);
  await vi.waitFor(() => expect(gone).toEqual([2]));
});
