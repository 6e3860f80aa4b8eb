// The laws of LanguageModel over the browser's own, here and at the other end of a port, where tasks have it.
import { afterEach, describe, expect, test } from 'vitest';
import { connectModel, serveModel } from '../../../lib/engine/model-port.ts';
import type { AppError } from '../../../lib/errors.ts';
import {
  browserEntry,
  browserModelState,
  downloadBrowserModel,
  openBrowserModel,
} from '../../../lib/model/browser-language-model.ts';
import type { Generated, GenerateOptions, LanguageModel, Message } from '../../../lib/model/language-model.ts';
import { nextTurn, until } from '../../fakes/engine.ts';
import { forever } from '../../fakes/events.ts';
import { fakeNativeLanguageModels, type FakeNativeOptions } from '../../fakes/native-language-models.ts';

const TEXT = 'The tide comes in twice a day, and goes out again.';
const PIECES = TEXT.match(/\s*\S+/g)!;
const PROMPT: Message[] = [
  { role: 'system', content: 'Answer.' },
  { role: 'user', content: 'When does the tide come in?' },
];

type Native = ReturnType<typeof fakeNativeLanguageModels>;
const endings: AbortController[] = [];
afterEach(() => endings.splice(0).forEach((ending) => ending.abort()));

const WAYS: Record<string, (native: Native) => Promise<LanguageModel>> = {
  'in its document': async (native) => openBrowserModel((await browserEntry(native))!, forever(), native),
  'over a port': async (native) => {
    const { port1, port2 } = new MessageChannel();
    const ending = new AbortController();
    endings.push(ending);
    const entry = (await browserEntry(native))!;
    serveModel(port1, (signal) => openBrowserModel(entry, signal, native), ending.signal);
    return connectModel(port2, entry, forever());
  },
};

async function reply(model: LanguageModel, options: Partial<GenerateOptions> = {}, signal = forever()) {
  const events: Generated[] = [];
  let error: AppError | undefined;
  try {
    for await (const event of model.generate(PROMPT, { maxNewTokens: 64, ...options }, signal)) events.push(event);
  } catch (thrown) {
    error = thrown as AppError;
  }
  const text = events.map((event) => (event.kind === 'delta' ? event.text : '')).join('');
  return { events, text, end: events.find((event) => event.kind === 'end'), error };
}

describe.each(Object.entries(WAYS))('%s', (_, open) => {
  async function setUp(options: FakeNativeOptions = {}) {
    const native = fakeNativeLanguageModels({ pieces: () => PIECES, ...options });
    return { native, model: await open(native) };
  }

  test('a reply comes in pieces, after the prompt, and its end last, once', async () => {
    const { native, model } = await setUp();
    const { events, text, end, error } = await reply(model);
    expect(error).toBeUndefined();
    expect(text).toBe(TEXT);
    expect(events[0]).toMatchObject({ kind: 'prefill' });
    expect(events.at(-1)).toBe(end);
    expect(end).toMatchObject({ finishReason: 'stop', metrics: { completionTokens: PIECES.length } });
    expect(native.calls[0].messages).toEqual(PROMPT);
  });

  test('unset sampling is greedy; a temperature goes with the usual top-k', async () => {
    const { native, model } = await setUp();
    await reply(model);
    await reply(model, { sampling: { temperature: 0.7 } });
    expect(native.calls).toMatchObject([
      { temperature: 0, topK: 1 },
      { temperature: 0.7, topK: 3 },
    ]);
  });

  test('no more is taken than was asked for; it ends before a stop string', async () => {
    const { model } = await setUp();
    const { text, end } = await reply(model, { maxNewTokens: 3 });
    expect(text).toBe('The tide comes');
    expect(end).toMatchObject({ finishReason: 'length' });
    expect((await reply(model, { stop: ['twice a'] })).text).toBe('The tide comes in ');
  });

  test('a reply begins with what it was told to begin with, whether it repeats that or not', async () => {
    for (const pieces of [
      ['Twice', ' a day.'],
      ['Sure', ': Twice', ' a day.'],
    ]) {
      const { native, model } = await setUp({ pieces: () => pieces });
      expect((await reply(model, { replyPrefix: 'Sure: ' })).text.trim()).toBe('Twice a day.');
      expect(native.calls[0].messages.at(-1)).toEqual({ role: 'assistant', content: 'Sure: ', prefix: true });
    }
  });

  test('a prompt that does not fit is not asked', async () => {
    const { native, model } = await setUp({ contextWindow: 20 });
    expect(model.contextWindow).toBe(20);
    expect((await reply(model, { maxNewTokens: 19 })).error?.code).toBe('input-too-long');
    expect(native.calls).toEqual([]);
  });

  test('an abort ends it at once, before the first piece and after it, and the session', async () => {
    for (const stopAt of [0, 3]) {
      const stop = new AbortController();
      const { native, model } = await setUp({
        beforePiece: (index) =>
          index < stopAt ? nextTurn() : (setTimeout(() => stop.abort()), new Promise(() => undefined)),
      });
      const { error, text } = await reply(model, {}, stop.signal);
      expect(error?.code).toBe('aborted');
      expect(text).toBe(PIECES.slice(0, stopAt).join(''));
      await until(() => native.sessions === 1); // the one that keeps it loaded
    }
    const { native, model } = await setUp();
    expect((await reply(model, {}, AbortSignal.abort())).error?.code).toBe('aborted');
    expect(native.calls).toEqual([]);
  });

  test('leaving the reply ends the session', async () => {
    const { native, model } = await setUp({
      beforePiece: (index) => (index < 2 ? nextTurn() : new Promise(() => undefined)),
    });
    for await (const event of model.generate(PROMPT, { maxNewTokens: 64 }, forever()))
      if (event.kind === 'delta') break;
    await until(() => native.sessions === 1);
  });

  test('what it throws is said, without its words', async () => {
    const { model } = await setUp({
      beforePiece: () => Promise.reject(new DOMException('about the tide', 'NotReadableError')),
    });
    expect((await reply(model)).error).toMatchObject({ code: 'browser-model-failed', detail: 'NotReadableError' });
  });

  test('it does not say how likely a text is', async () => {
    const { model } = await setUp();
    expect(model.entry.cannotScore).toBe(true);
    await expect(model.score(PROMPT, 'a', forever())).rejects.toMatchObject({ code: 'unsupported' });
  });
});

test('it knows the languages that the browser says', async () => {
  expect((await browserEntry(fakeNativeLanguageModels()))?.languages).toEqual(['en', 'es', 'ja']);
});

test.each(['unavailable', 'downloadable', 'downloading'] as const)(
  '%s: it is not there, and not loaded',
  async (state) => {
    const entry = (await browserEntry(fakeNativeLanguageModels()))!;
    const native = fakeNativeLanguageModels({ state });
    expect(await browserEntry(native)).toBeNull();
    await expect(openBrowserModel(entry, forever(), native)).rejects.toMatchObject({ code: 'model-missing' });
    expect(native.sessions).toBe(0);
  },
);

test('a browser without one has none', async () => {
  expect(await browserModelState(undefined)).toBe('unavailable');
  await expect(downloadBrowserModel(() => undefined, forever(), undefined)).rejects.toMatchObject({
    code: 'download-failed',
  });
});

test('a download tells how far it is, and leaves no session', async () => {
  const native = fakeNativeLanguageModels({ state: 'downloadable' });
  const said: number[] = [];
  await downloadBrowserModel((fraction) => said.push(fraction), forever(), native);
  expect(said).toEqual([0, 0.5, 1]);
  expect(native.sessions).toBe(0);
  expect(await browserModelState(native)).toBe('available');
});

test('when the worker has ended, the model is let go, and what it was writing', async () => {
  const native = fakeNativeLanguageModels({ beforePiece: () => new Promise(() => undefined) });
  const model = await WAYS['over a port'](native);
  void reply(model);
  await until(() => native.calls.length === 1);
  endings[0].abort();
  await until(() => native.sessions === 0);
});
