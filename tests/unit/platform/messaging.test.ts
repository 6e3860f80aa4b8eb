import { beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import type { Request } from '../../../lib/platform/messaging.ts';
import { handle, REQUESTS, send, sendToFrame } from '../../../lib/platform/messaging.ts';
import { browser, EXTENSION_ID, PANEL, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

const CONTENT_SCRIPT = { id: EXTENSION_ID, url: 'https://a.example/', origin: 'https://a.example', tab: { id: 1 } };
const OTHER_EXTENSION = { id: 'other', url: 'chrome-extension://other/x.html', origin: 'chrome-extension://other' };

const QUOTE = { exact: 'a', prefix: '', suffix: '' };
const RECORD = { loading: { model: 'm', device: 'gpu', atMs: 1 }, crashes: { 'm gpu': 1 } };
const ORDER = { pair: { from: 'en', to: 'pt' }, mode: 'bilingual' };
const SHOWN = { kind: 'translation', original: 'a', text: 'b', pair: ORDER.pair };
const STATE = { ...ORDER, phase: 'translating', doneCharacters: 10, totalCharacters: 20, kept: 0 };
/** Arguments that each request takes, and some that it does not. */
const ARGUMENTS: Record<Request, { good: unknown[]; bad: unknown[] }> = {
  ensureHost: { good: [], bad: [[1], 'x', null, {}] },
  hostReady: { good: [], bad: [[null]] },
  pingHost: { good: [], bad: [[{}]] },
  tabGone: { good: [4], bad: [[], ['4'], [-1], [1.5], [4, 4]] },
  pageGone: { good: [], bad: [[4]] },
  takeIntent: { good: [4], bad: [[], ['4'], [-1], [null], [2 ** 60]] },
  readPackMirror: { good: [], bad: [['x']] },
  readModelSettings: { good: [], bad: [['x']] },
  changeModelSettings: {
    good: [{ device: 'cpu' }],
    bad: [[], ['cpu'], [{ device: 'x' }], [{ servers: [{}] }], [{ threads: 0 }]],
  },
  readCrashRecord: { good: [], bad: [['x']] },
  writeCrashRecord: { good: [RECORD], bad: [[], [null], [{ ...RECORD, crashes: { m: 'x' } }], [{ loading: null }]] },
  readPage: { good: [], bad: [['page']] },
  readSelection: { good: [], bad: [[null]] },
  showQuote: { good: [QUOTE], bad: [[], ['a'], [{ exact: 'a' }], [{ ...QUOTE, prefix: 1 }]] },
  detectPageLanguage: { good: [], bad: [['en']] },
  translatePage: { good: [ORDER], bad: [[], [{ ...ORDER, mode: 'x' }], [{ ...ORDER, pair: 'en-pt' }]] },
  readPageTranslation: { good: [], bad: [[1]] },
  changePageTranslation: { good: ['restore'], bad: [[], ['destroy'], [null]] },
  pageTranslationChanged: {
    good: [STATE],
    bad: [[], ['x'], [{ ...STATE, kept: -1 }], [{ ...STATE, phase: 'done' }], [{ ...STATE, error: 'x' }]],
  },
  translateSelection: { good: ['text'], bad: [[], [null], [{}]] },
  rewriteText: { good: ['text', ''], bad: [[], ['text'], ['text', null], [{}, '']] },
  rewritesFreely: { good: [], bad: [['x']] },
  readsAhead: { good: [], bad: [['x']] },
  translatingModel: { good: [], bad: [['x']] },
  openOptions: { good: [], bad: [['models']] },
  showInPanel: { good: [SHOWN], bad: [[], ['text'], [{ ...SHOWN, text: 1 }], [{ ...SHOWN, kind: 'rewriting' }]] },
};

const TARGETS = ['background', 'host', 'panel', 'page', 'page-translation', 'card'] as const;

/** Handlers of all targets in one context, as the browser's broadcast would reach them; what they were called with. */
function handleAll() {
  const calls: [string, unknown[]][] = [];
  const handlers = new Proxy(
    {},
    {
      get:
        (_, name: string) =>
        (...args: unknown[]) =>
          void calls.push([name, args]),
    },
  );
  for (const target of TARGETS) handle(target, handlers as never);
  return calls;
}

const post = (message: unknown) => browser.runtime.sendMessage(message);

beforeEach(resetBrowser);

describe.each(Object.entries(REQUESTS) as [Request, (typeof REQUESTS)[Request]][])(
  '%s',
  (request, { target, from }) => {
    const message = { target, request, args: ARGUMENTS[request].good };
    const allowedSender = (from as readonly string[]).includes('extension') ? PANEL : CONTENT_SCRIPT;

    test('is answered once, for the senders named', async () => {
      const calls = handleAll();
      for (const [sender, allowed] of [
        [PANEL, (from as readonly string[]).includes('extension')],
        [CONTENT_SCRIPT, (from as readonly string[]).includes('content-script')],
        [OTHER_EXTENSION, false],
        [{}, false],
      ] as const) {
        calls.length = 0;
        browser.sender = sender;
        const reply = await post(message);
        expect(reply).toEqual(allowed ? { ok: true, value: null } : undefined);
        expect(calls).toEqual(allowed ? [[request, [...message.args, sender]]] : []);
      }
    });

    test('is refused when malformed', async () => {
      const calls = handleAll();
      browser.sender = allowedSender;
      for (const args of ARGUMENTS[request].bad) {
        expect(await post({ ...message, args })).toMatchObject({ ok: false, error: { code: 'internal' } });
      }
      expect(calls).toEqual([]);
    });

    test('is answered nowhere but at its target', async () => {
      const calls = handleAll();
      browser.sender = allowedSender;
      for (const other of [...TARGETS, 'elsewhere', undefined].filter((name) => name !== target)) {
        expect(await post({ ...message, target: other })).toBeUndefined();
      }
      expect(calls).toEqual([]);
    });
  },
);

test.each([null, 1, 'ensureHost', [], {}, { request: 'ensureHost' }])(
  'other messages are not answered: %j',
  async (message) => {
    handleAll();
    expect(await post(message)).toBeUndefined();
  },
);

test.each(['constructor', '__proto__', 'toString', 'unknown'])('no request: %s', async (request) => {
  const calls = handleAll();
  expect(await post({ target: 'background', request, args: [] })).toBeUndefined();
  expect(calls).toEqual([]);
});

test('what a handler throws reaches the caller with its code', async () => {
  handle('page', {
    readPage: () => {
      throw new AppError('no-content', 'empty');
    },
    readSelection: () => null as never,
    showQuote: () => Promise.reject(new TypeError('a bug')),
    detectPageLanguage: () => '',
  });
  await expect(sendToFrame({ tabId: 1, frameId: 0 }, 'readPage')).rejects.toMatchObject({
    code: 'no-content',
    detail: 'empty',
  });
  await expect(sendToFrame({ tabId: 1, frameId: 0 }, 'showQuote', QUOTE)).rejects.toMatchObject({ code: 'internal' });
});

test('values come back', async () => {
  handle('page', {
    readPage: () => null as never,
    readSelection: () => null as never,
    showQuote: ({ exact }) => exact === 'a',
    detectPageLanguage: () => '',
  });
  expect(await sendToFrame({ tabId: 1, frameId: 0 }, 'showQuote', QUOTE)).toBe(true);
});

test('nobody there', async () => {
  await expect(send('ensureHost')).rejects.toMatchObject({ code: 'host-gone' });
  await expect(sendToFrame({ tabId: 1, frameId: 0 }, 'readPage')).rejects.toMatchObject({
    code: 'stale-page',
  });
  browser.runtime.onMessage.addListener(() => undefined); // somebody is there, but not for this
  await expect(send('ensureHost')).rejects.toMatchObject({ code: 'host-gone' });
});
