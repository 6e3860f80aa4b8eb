// As settling.test.ts, for what is answered outside of the host's own workers: by a server, by the browser's own models, and by the
// other contexts of the extension, which are asked by message.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { choosingTranslation } from '../../lib/engine/choosing-translation.ts';
import { LocalEngine } from '../../lib/engine/local-engine.ts';
import { connectModel } from '../../lib/engine/model-port.ts';
import { DEFAULT_MODEL_SETTINGS } from '../../lib/engine/model-settings.ts';
import type { ModelChoice } from '../../lib/engine/model-settings.ts';
import type { ModelStart } from '../../lib/engine/model-start.ts';
import { connect } from '../../lib/engine/port.ts';
import { DEADLINES } from '../../lib/engine/watchdog.ts';
import { AppError } from '../../lib/errors.ts';
import type { NativeTranslators } from '../../lib/model/browser-translator.ts';
import { ServerLanguageModel } from '../../lib/model/openai/server-language-model.ts';
import type { Task } from '../../lib/protocol.ts';
import { perform } from '../../lib/tasks/perform.ts';
import { openEnginePort } from '../../lib/platform/engine-port.ts';
import { REQUESTS, send, sendToFrame } from '../../lib/platform/messaging.ts';
import type { Request } from '../../lib/platform/messaging.ts';
import { ARTICLE, summarizeTask, translateTask } from '../fakes/article.ts';
import { browser, resetBrowser } from '../fakes/browser.ts';
import { FakeEngine } from '../fakes/engine.ts';
import { drain, forever } from '../fakes/events.ts';
import { FakeEmbedder, FakeLanguageModel } from '../fakes/language-model.ts';
import { fakeNativeLanguageModels } from '../fakes/native-language-models.ts';
import { FakeWorker } from '../fakes/worker.ts';
import { faultyHost, outcomeOf, stopTime } from './settling.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../fakes/browser.ts')).browser }));

const TASKS: Task[] = [
  summarizeTask(),
  { kind: 'chat', question: 'When is the tide high?', articles: [ARTICLE], history: [] },
  { kind: 'rewrite', action: 'formal', text: 'The tide is high twice a day.', language: 'en', instruction: '' },
  // For want of a pack.
  { ...translateTask(), pair: { from: 'en', to: 'ja' } },
];
const ROWS = TASKS.map((task) => [task.kind, task] as const);
const never = () => new Promise<never>(() => undefined);

const SERVER = { id: 's', address: 'http://server.invalid/v1', key: '', model: 'm', contextWindow: 4096 };

/** Workers as they are, without ONNX. */
function engineOf(start: ModelStart): LocalEngine {
  return new LocalEngine({
    entry: start.entry,
    loadLanguageModel: () => {
      if (start.device === 'remote') return Promise.resolve(new ServerLanguageModel(start.entry));
      if (start.device === 'browser') return connectModel(start.model, start.entry, forever());
      return Promise.resolve(new FakeLanguageModel());
    },
    loadEmbedder: () => Promise.resolve(new FakeEmbedder()),
    perform,
  });
}

function hostOn(choice: ModelChoice) {
  const choices = { summarize: choice, chat: choice, rewrite: choice, translate: choice };
  const noPack = () => new FakeWorker(() => new FakeEngine([new AppError('no-such-pair', 'en-ja')]));
  const { open } = faultyHost({
    spawnWorker: () => new FakeWorker(engineOf),
    spawnTranslator: noPack,
    modelSettings: () => Promise.resolve({ ...DEFAULT_MODEL_SETTINGS, choices, servers: [SERVER] }),
  });
  return connect(open('panel'));
}

/** How a server answers chat completions; absent: how it answers anything. */
type Network = (signal: AbortSignal) => Promise<Response>;

const silent: Network = (signal) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))));
const piece = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

/** Says so much, then `then`: goes silent, or breaks off. */
function saying(text: string, then: 'silence' | 'end'): Network {
  return (signal) => {
    const body = new ReadableStream<Uint8Array>({
      start(stream) {
        stream.enqueue(new TextEncoder().encode(text));
        if (then === 'end') stream.close();
        else signal.addEventListener('abort', () => stream.error(new DOMException('', 'AbortError')));
      },
    });
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  };
}

const NETWORK: Record<string, { list?: Network; completion: Network; code: string; withinMs: number }> = {
  'is not there': {
    list: () => Promise.reject(new TypeError('Failed to fetch')),
    completion: silent,
    code: 'server-unreachable',
    withinMs: 0,
  },
  'takes requests and says nothing': {
    list: silent,
    completion: silent,
    code: 'server-unreachable',
    withinMs: 5_000,
  },
  'lists its models and answers nothing': { completion: silent, code: 'server-unreachable', withinMs: 120_000 },
  'goes silent in the midst of its answer': {
    completion: saying(piece('The Moon'), 'silence'),
    code: 'server-unreachable',
    withinMs: 120_000,
  },
  'breaks off': { completion: saying(piece('The Moon'), 'end'), code: 'server-garbled', withinMs: 0 },
  'answers with a page': {
    completion: () =>
      Promise.resolve(new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } })),
    code: 'server-garbled',
    withinMs: 0,
  },
  'has too much to do': {
    completion: () => Promise.resolve(new Response('{}', { status: 429 })),
    code: 'server-busy',
    withinMs: 0,
  },
};

/** What a task does beside: messages are joined for a moment. */
const BESIDE_MS = 200;

describe.each(Object.entries(NETWORK))('a server that %s', (_, { list, completion, code, withinMs }) => {
  test.each(ROWS)('%s', async (_, task) => {
    stopTime();
    vi.stubGlobal('fetch', (url: string, { signal }: { signal: AbortSignal }) => {
      if (!url.endsWith('/models')) return completion(signal);
      return list?.(signal) ?? Promise.resolve(Response.json({ data: [{ id: 'm' }] }));
    });
    const outcome = await outcomeOf(drain(hostOn(SERVER.id).run(task, forever())));
    vi.unstubAllGlobals();
    expect(outcome.code).toBe(code);
    expect(outcome.afterMs).toBeLessThanOrEqual(withinMs + BESIDE_MS);
  });
});

describe('the browser’s own model', () => {
  const session = { contextWindow: 4096, contextUsage: 0, destroy: () => undefined };
  const made = (own: object) => () => Promise.resolve({ ...session, ...own });
  const measured = { measureContextUsage: () => Promise.resolve(10) };
  const available = () => Promise.resolve('available');
  const mute = { [Symbol.asyncIterator]: () => ({ next: never }) };
  const FAULTS: Record<string, object> = {
    'that does not say whether it is there': { availability: never },
    'that never loads': { availability: available, create: never },
    'that does not measure a prompt': { availability: available, create: made({ measureContextUsage: never }) },
    'that never answers': { availability: available, create: made({ ...measured, promptStreaming: () => mute }) },
  };
  describe.each(Object.entries(FAULTS))('%s', (_, native) => {
    test.each(ROWS)('%s', async (_, task) => {
      stopTime();
      vi.stubGlobal('LanguageModel', native);
      const { code, afterMs } = await outcomeOf(drain(hostOn('browser').run(task, forever())));
      vi.unstubAllGlobals();
      expect(code).toBe('timed-out');
      expect(afterMs).toBeLessThanOrEqual(180_000 + BESIDE_MS);
    });
  });

  test('is not at fault where nothing is wrong', async () => {
    stopTime();
    vi.stubGlobal('LanguageModel', fakeNativeLanguageModels());
    const { code } = await outcomeOf(drain(hostOn('browser').run(TASKS[2], forever())));
    vi.unstubAllGlobals();
    expect(code).toBe('done');
  });
});

test.each([
  ['does not say whether it knows a pair', { availability: never }, 'done', DEADLINES.probeMs],
  ['never loads', { availability: () => Promise.resolve('available'), create: never }, 'timed-out', DEADLINES.loadMs],
  [
    'never translates',
    {
      availability: () => Promise.resolve('available'),
      create: () => Promise.resolve({ translate: never, destroy: () => undefined }),
    },
    'timed-out',
    DEADLINES.loadMs,
  ],
] as const)('a translator of the browser’s that %s', async (_, native, code, withinMs) => {
  stopTime();
  const engine = choosingTranslation(new FakeEngine(), native as unknown as NativeTranslators);
  const outcome = await outcomeOf(drain(engine.run({ ...translateTask(), by: 'browser' }, forever())));
  expect(outcome.code).toBe(code);
  expect(outcome.afterMs).toBeLessThanOrEqual(withinMs);
});

/** All of them, as the browser carries them: a new one is in this table by itself. */
const MESSAGES = Object.keys(REQUESTS) as Request[];
const FRAME = { tabId: 1, frameId: 0 };
const isForFrame = (request: Request) => !['background', 'host', 'panel'].includes(REQUESTS[request].target);

function ask(request: Request): Promise<unknown> {
  const frame = sendToFrame as unknown as (at: typeof FRAME, request: Request) => Promise<unknown>;
  return isForFrame(request) ? frame(FRAME, request) : (send as (request: Request) => Promise<unknown>)(request);
}

describe('a request to another context', () => {
  beforeEach(resetBrowser);

  test.each(MESSAGES)('%s', async (request) => {
    stopTime();
    const gone = isForFrame(request) ? 'stale-page' : 'host-gone';
    // Nobody is there.
    expect(await outcomeOf(ask(request))).toEqual({ code: gone, afterMs: 0 });
    // Somebody is there, who takes it and hangs: a sleeping page, a document under a dialog, storage that does not answer.
    browser.runtime.onMessage.addListener(() => true);
    const { code, afterMs } = await outcomeOf(ask(request));
    expect(code).toBe('timed-out');
    expect(afterMs).toBeLessThanOrEqual(60_000);
    // Somebody is there who says why not.
    resetBrowser();
    browser.runtime.onMessage.addListener((_: unknown, __: unknown, reply: (answer: unknown) => void) => {
      reply({ ok: false, error: { code: 'storage-full', detail: '' } });
    });
    expect(await outcomeOf(ask(request))).toEqual({ code: 'storage-full', afterMs: 0 });
  });

  test('the way to the host, where neither it nor the background answers', async () => {
    stopTime();
    browser.runtime.onMessage.addListener(() => true);
    const { code, afterMs } = await outcomeOf(drain(connect(openEnginePort).run(summarizeTask(), forever())));
    expect(code).toBe('timed-out');
    expect(afterMs).toBeLessThanOrEqual(65_000);
  });
});
