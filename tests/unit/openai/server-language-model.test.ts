// Over real HTTP, from a server that does what servers do: answers, refuses, breaks off, says something else.
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { AppError } from '../../../lib/errors.ts';
import type { Generated, GenerateOptions, Message } from '../../../lib/model/language-model.ts';
import { listModels } from '../../../lib/model/openai/list-models.ts';
import { ServerLanguageModel } from '../../../lib/model/openai/server-language-model.ts';
import { serverEntry } from '../../../lib/model/openai/server.ts';
import { forever } from '../../fakes/events.ts';
import { errorBody, pieces, startOpenAiServer } from '../../servers/openai-server.ts';
import type { OpenAiServer, ServerOptions } from '../../servers/openai-server.ts';

const TEXT = 'The tide comes in twice a day, and goes out again.';
const PROMPT: Message[] = [
  { role: 'system', content: 'Answer.' },
  { role: 'user', content: 'When does the tide come in?' },
];

const servers: OpenAiServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function setUp(options: ServerOptions = {}, { key = '', contextWindow = 4096, address = '' } = {}) {
  const server = await startOpenAiServer({ answer: () => ({ pieces: pieces(TEXT) }), ...options });
  servers.push(server);
  const entry = serverEntry({ id: 's', address: address || server.address, key, model: 'test-model', contextWindow });
  return { server, model: new ServerLanguageModel(entry) };
}

async function reply(model: ServerLanguageModel, options: Partial<GenerateOptions> = {}, signal = forever()) {
  const events: Generated[] = [];
  let error: AppError | undefined;
  try {
    for await (const event of model.generate(PROMPT, { maxNewTokens: 64, ...options }, signal)) events.push(event);
  } catch (thrown) {
    error = thrown as AppError;
  }
  const text = events.map((event) => (event.kind === 'delta' ? event.text : '')).join('');
  const end = events.find((event) => event.kind === 'end');
  return { events, text, end, error };
}

test('a reply comes in pieces, with what the server counted', async () => {
  const { server, model } = await setUp({ key: 'secret' }, { key: 'secret' });
  const { events, text, end, error } = await reply(model, { sampling: { temperature: 0.5, topP: 0.9, seed: 3 } });
  expect(error).toBeUndefined();
  expect(text).toBe(TEXT);
  expect(events.filter(({ kind }) => kind === 'delta').length).toBe(pieces(TEXT).length);
  expect(end).toMatchObject({ finishReason: 'stop', metrics: { promptTokens: 7, completionTokens: 11, loadMs: 0 } });
  expect(events.at(-1)).toBe(end);
  const [{ body, authorization }] = server.completions();
  expect(authorization).toBe('Bearer secret');
  expect(body).toMatchObject({
    model: 'test-model',
    messages: PROMPT,
    stream: true,
    temperature: 0.5,
    top_p: 0.9,
    seed: 3,
  });
});

test('unset sampling is greedy; without a key none is sent', async () => {
  const { server, model } = await setUp();
  await reply(model);
  const [{ body, authorization }] = server.completions();
  expect(body?.temperature).toBe(0);
  expect(body).not.toHaveProperty('top_p');
  expect(authorization).toBeUndefined();
});

test('no more is taken than was asked for, and the server is told to stop', async () => {
  const { server, model } = await setUp({
    answer: () => ({ pieces: pieces(TEXT), beforePiece: () => new Promise((next) => setTimeout(next, 5)) }),
  });
  const { text, end } = await reply(model, { maxNewTokens: 3 });
  expect(text).toBe('The tide comes');
  expect(end).toMatchObject({ finishReason: 'length' });
  expect(await server.completions()[0].closed).toBe(false);
  // One that ends there by itself has ended.
  expect((await reply(model, { maxNewTokens: 11 })).end).toMatchObject({ finishReason: 'stop' });
});

test('it ends before a stop string, also one that the server does not know', async () => {
  const { server, model } = await setUp();
  const stop = ['a', 'b', 'c', 'd', 'twice a'].map((word, i) => (i < 4 ? `never ${word}` : word));
  expect((await reply(model, { stop })).text).toBe('The tide comes in ');
  expect(server.completions()[0].body?.stop).toHaveLength(4);
});

test('what the model thinks is not shown, whether it is parted by the server or not, and leaves room for the answer', async () => {
  const thoughts = Array<string>(40).fill(' hm');
  const parted = await setUp({ answer: () => ({ reasoning: thoughts, pieces: pieces(TEXT) }) });
  const inline = await setUp({
    answer: () => ({ pieces: ['<thi', 'nk>', ...thoughts, '</think', '>\n\n', ...pieces(TEXT)] }),
  });
  for (const { model } of [parted, inline]) {
    const { events, text, end } = await reply(model, { maxNewTokens: 11 });
    expect(text).toBe(TEXT);
    expect(end).toMatchObject({ finishReason: 'stop' });
    // A supervisor hears that it is alive.
    expect(events.filter(({ kind }) => kind === 'prefill').length).toBeGreaterThan(thoughts.length);
  }
});

test('a reply begins with what it was told to begin with, whether the server repeats that or not', async () => {
  for (const said of ['Twice a day.', 'Sure: Twice a day.']) {
    const { server, model } = await setUp({ answer: () => ({ pieces: pieces(said) }) });
    expect((await reply(model, { replyPrefix: 'Sure: ' })).text.trim()).toBe('Twice a day.');
    expect(server.completions()[0].body?.messages.at(-1)).toEqual({ role: 'assistant', content: 'Sure: ' });
  }
});

test('a model that refuses sampling is asked without', async () => {
  const { server, model } = await setUp({
    answer: ({ max_tokens }) =>
      max_tokens ? errorBody(400, 'Use max_completion_tokens', 'unsupported_parameter') : { pieces: pieces(TEXT) },
  });
  expect((await reply(model)).text).toBe(TEXT);
  expect((await reply(model)).text).toBe(TEXT);
  expect(server.completions().map(({ body }) => Boolean(body?.max_tokens))).toEqual([true, false, false]);
});

test.each([
  ['a wrong key', errorBody(401, 'Incorrect API key', 'invalid_api_key'), 'server-refused', 'HTTP 401 invalid_api_key'],
  ['no extensions', { status: 403, contentType: 'text/plain', body: '' }, 'server-refused', 'HTTP 403'],
  ['no such model', errorBody(404, 'model "x" not found', 'not_found'), 'server-without-model', 'HTTP 404'],
  ['too many', errorBody(429, 'Rate limit reached', 'rate_limit_exceeded', 'tokens'), 'server-busy', 'HTTP 429'],
  [
    'out of luck',
    errorBody(500, 'The user said: When does', 'internal_error'),
    'server-failed',
    'HTTP 500 internal_error',
  ],
  ['restarting', { status: 503, contentType: 'text/html', body: '<h1>Unavailable</h1>' }, 'server-busy', 'HTTP 503'],
  [
    'loading its model, as llama.cpp’s says it',
    {
      status: 503,
      contentType: 'application/json; charset=utf-8',
      body: '{"error":{"message":"Loading model","type":"unavailable_error","code":503}}',
    },
    'server-busy',
    'HTTP 503 unavailable_error',
  ],
  [
    'too long',
    errorBody(400, 'Too long', 'context_length_exceeded'),
    'input-too-long',
    'HTTP 400 context_length_exceeded',
  ],
  [
    'a page',
    { status: 200, contentType: 'text/html', body: '<h1>Sign in</h1>' },
    'server-garbled',
    'text/html instead',
  ],
  ['no stream', { status: 200, contentType: 'application/json', body: '{}' }, 'server-garbled', 'application/json'],
  ['no JSON', { status: 200, contentType: 'text/event-stream', body: 'data: <h1>\n\n' }, 'server-garbled', 'not JSON'],
  ['nothing', { status: 200, contentType: 'text/event-stream', body: '' }, 'server-garbled', 'cut'],
  [
    'an error in the stream',
    { status: 200, contentType: 'text/event-stream', body: 'data: {"error":{"message":"When","type":"oom"}}\n\n' },
    'server-failed',
    'oom',
  ],
  [
    'elsewhere',
    { status: 307, contentType: 'text/plain', body: '', headers: { location: 'http://127.0.0.1:9/' } },
    'server-unreachable',
    '',
  ],
] as const)('%s: says which server, and nothing of what it was sent', async (_, refusal, code, detail) => {
  const { server, model } = await setUp({ answer: () => refusal });
  const { error, text } = await reply(model);
  expect(text).toBe('');
  expect(error?.code).toBe(code);
  expect(error?.detail.startsWith(server.host)).toBe(true);
  expect(error?.detail).toContain(detail);
  expect(error?.detail).not.toMatch(/When|tide/);
});

test('a stream that is cut says so after what came of it', async () => {
  const { server, model } = await setUp({ answer: () => ({ pieces: pieces(TEXT), cutAt: 4 }) });
  const { error, text } = await reply(model);
  expect(text).toBe('The tide comes in');
  expect(error).toMatchObject({ code: 'server-garbled', detail: `${server.host} (cut)` });
});

test('where nothing listens, that is said, and the model is not asked', async () => {
  const { server, model } = await setUp();
  await server.close();
  servers.length = 0;
  expect((await reply(model)).error).toMatchObject({ code: 'server-unreachable', detail: server.host });
});

test('a server that takes connections and says nothing is given up after seconds', { timeout: 20_000 }, async () => {
  const silent = createServer();
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
  const { model } = await setUp({}, { address: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/v1` });
  const startMs = performance.now();
  expect((await reply(model)).error).toMatchObject({ code: 'server-unreachable' });
  expect(performance.now() - startMs).toBeLessThan(7_000);
  silent.close();
});

test('an abort ends it at once, before the first piece and after it, and the server hears of it', async () => {
  for (const stopAt of [0, 3]) {
    const stop = new AbortController();
    const { server, model } = await setUp({
      answer: () => ({
        pieces: pieces(TEXT),
        beforePiece: (index) =>
          index < stopAt ? Promise.resolve() : (setTimeout(() => stop.abort(), 20), new Promise(() => undefined)),
      }),
    });
    const { error, text } = await reply(model, {}, stop.signal);
    expect(error?.code).toBe('aborted');
    expect(text).toBe(pieces(TEXT).slice(0, stopAt).join(''));
    expect(await server.completions()[0].closed).toBe(false);
  }
});

test('leaving the reply ends the request', async () => {
  const { server, model } = await setUp({
    answer: () => ({
      pieces: pieces(TEXT),
      beforePiece: (index) => (index < 2 ? Promise.resolve() : new Promise(() => undefined)),
    }),
  });
  for await (const event of model.generate(PROMPT, { maxNewTokens: 64 }, forever())) if (event.kind === 'delta') break;
  expect(await server.completions()[0].closed).toBe(false);
});

test('a prompt that does not fit is not sent; what is left of the window is what may be written', async () => {
  const { server, model } = await setUp({}, { contextWindow: 100 });
  expect((await reply(model, { maxNewTokens: 90 })).error?.code).toBe('input-too-long');
  expect(server.asked).toEqual([]);
  await reply(model, { maxNewTokens: 10 });
  expect(server.completions()[0].body?.max_tokens).toBeLessThanOrEqual(100);
});

test('it does not say how likely a text is', async () => {
  const { model } = await setUp();
  expect(model.entry.cannotScore).toBe(true);
  await expect(model.score()).rejects.toMatchObject({ code: 'unsupported' });
});

test('the list: names, and windows where they are stated', async () => {
  const { server } = await setUp({
    models: [{ id: 'a' }, { id: 'b', max_model_len: 8192 }, { id: 'c', meta: { n_ctx: 2048 } }, { id: 5 }, null!],
  });
  expect(await listModels({ ...server, key: '' }, forever())).toEqual([
    { id: 'a' },
    { id: 'b', contextWindow: 8192 },
    { id: 'c', contextWindow: 2048 },
  ]);
});

test('no list: which server, and what it is', async () => {
  const page = { status: 200, contentType: 'text/html', body: '<h1>It works</h1>' };
  const { server, model } = await setUp({ list: () => page });
  await expect(listModels({ ...server, key: '' }, forever())).rejects.toMatchObject({ code: 'server-garbled' });
  // It may still answer.
  expect((await reply(model)).text).toBe(TEXT);
  const stopped = AbortSignal.abort();
  await expect(listModels({ ...server, key: '' }, stopped)).rejects.toMatchObject({ code: 'aborted' });
});
