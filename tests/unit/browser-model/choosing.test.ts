// The browser's own model among those to choose from: asked only where it was chosen, and nothing in its place.
import { expect, test } from 'vitest';
import { LocalEngine } from '../../../lib/engine/local-engine.ts';
import { connectModel } from '../../../lib/engine/model-port.ts';
import { DEFAULT_MODEL_SETTINGS } from '../../../lib/engine/model-settings.ts';
import type { ModelStart } from '../../../lib/engine/model-start.ts';
import { perform } from '../../../lib/tasks/perform.ts';
import type { RewriteTask } from '../../../lib/protocol.ts';
import { FakeEmbedder, FakeLanguageModel } from '../../fakes/language-model.ts';
import { forever } from '../../fakes/events.ts';
import { fakeNativeLanguageModels, type FakeNativeOptions } from '../../fakes/native-language-models.ts';
import { FakeWorker } from '../../fakes/worker.ts';
import { setUp } from '../engine/choosing.ts';
import { backends } from '../engine/supervise.ts';

const REWRITE: RewriteTask = {
  kind: 'rewrite',
  action: 'formal',
  text: 'The tide come in twice a day.',
  language: 'en',
  instruction: '',
};
const BY_BROWSER = { choices: { ...DEFAULT_MODEL_SETTINGS.choices, rewrite: 'browser' } };

/** Workers as they are, without ONNX. */
function engineOf(start: ModelStart): LocalEngine {
  return new LocalEngine({
    entry: start.entry,
    loadLanguageModel: () =>
      start.device === 'browser'
        ? connectModel(start.model, start.entry, forever())
        : Promise.resolve(new FakeLanguageModel()),
    loadEmbedder: () => Promise.resolve(new FakeEmbedder()),
    perform,
  });
}

function choosing(options: FakeNativeOptions | null, change = BY_BROWSER) {
  const native = options && fakeNativeLanguageModels(options);
  const workers: FakeWorker[] = [];
  const spawn = () => workers[workers.push(new FakeWorker(engineOf)) - 1];
  return {
    native,
    ...setUp(change, {}, { spawn, nativeModels: () => native ?? undefined }),
    spawned: workers,
  };
}

test('chosen, it writes, and is said to', async () => {
  const said = 'The tide arrives two times each day.';
  const { run, native, engine } = choosing({ pieces: () => said.match(/\s*\S+/g)! });
  const { events, error } = await run(REWRITE);
  expect(error).toBeUndefined();
  expect(backends(events)).toMatchObject([{ device: 'browser', threads: 0 }]);
  expect(events.find(({ kind }) => kind === 'hunks')).toBeDefined();
  expect(native?.calls.length).toBeGreaterThan(0);
  expect(await engine.methodOf('rewrite')).toBe('composes');
  expect(await engine.methodOf('summarize')).toBe('selects');
});

test('not chosen, it is not asked', async () => {
  const { run, native } = choosing({}, { choices: DEFAULT_MODEL_SETTINGS.choices });
  const { events } = await run(REWRITE);
  expect(backends(events)[0].device).toBe('cpu');
  expect(native?.sessions).toBe(0);
});

test.each([[null], [{ state: 'unavailable' }], [{ state: 'downloadable' }]] as const)(
  'chosen and not there (%j): said so, and no other model answers',
  async (options) => {
    const { run, spawned } = choosing(options);
    const { events, error } = await run(REWRITE);
    expect(error).toMatchObject({ code: 'model-missing' });
    expect(events).toEqual([]);
    expect(spawned).toEqual([]);
  },
);

test('where it fails, that is said, and no other model answers', async () => {
  const { run, spawned } = choosing({ beforePiece: () => Promise.reject(new DOMException('', 'UnknownError')) });
  const { error } = await run(REWRITE);
  expect(error).toMatchObject({ code: 'browser-model-failed' });
  expect(spawned.length).toBe(1);
});

test('its memory is given back with its worker', async () => {
  const { run, native, engine } = choosing({});
  await run(REWRITE);
  expect(native?.sessions).toBe(1);
  engine.dispose();
  await expect.poll(() => native?.sessions).toBe(0);
});
