import { expect, test } from 'vitest';
import type { Parts } from '../../../lib/engine/local-engine.ts';
import { AppError } from '../../../lib/errors.ts';
import type { LanguageModel } from '../../../lib/model/language-model.ts';
import type { TaskEvent } from '../../../lib/protocol.ts';
import { summarize } from '../../../lib/tasks/summarize.ts';
import { summarizeTask } from '../../fakes/article.ts';
import { gate, nextTurn, until } from '../../fakes/engine.ts';
import { drain, forever } from '../../fakes/events.ts';
import { localEngine } from '../../fakes/hosted.ts';
import { FakeLanguageModel, METRICS } from '../../fakes/language-model.ts';

const DONE: TaskEvent = { kind: 'done', finishReason: 'stop', metrics: null };

const asksForModel: Parts['perform'] = async function* (_, models) {
  yield { kind: 'progress', phase: 'reading', fraction: 0.2 };
  await models.model();
  yield { kind: 'progress', phase: 'reading', fraction: 0.1 };
  yield DONE;
};

test('loads nothing for a task that asks for nothing', async () => {
  const engine = localEngine(
    async function* () {
      await nextTurn();
      yield DONE;
    },
    {
      loadLanguageModel: () => Promise.reject(new Error('loaded')),
      loadEmbedder: () => Promise.reject(new Error('loaded')),
    },
  );
  expect(await drain(engine.run(summarizeTask(), forever()))).toEqual([DONE]);
});

test('loads once, says how far it is among the events of the run, and lets no progress fall', async () => {
  let loads = 0;
  const engine = localEngine(asksForModel, {
    async loadLanguageModel(onProgress) {
      loads++;
      onProgress(30, 60);
      await nextTurn();
      return new FakeLanguageModel();
    },
  });
  const events = await drain(engine.run(summarizeTask(), forever()));
  expect(events).toEqual([
    { kind: 'progress', phase: 'reading', fraction: 0.2 },
    { kind: 'progress', phase: 'reading', fraction: 0.2, loadedBytes: 0, totalBytes: 98362432 },
    { kind: 'progress', phase: 'reading', fraction: 0.2, loadedBytes: 30, totalBytes: 60 },
    { kind: 'progress', phase: 'reading', fraction: 0.2 },
    DONE,
  ]);
  await drain(engine.run(summarizeTask(), forever()));
  expect(loads).toBe(1);
});

test('an abort does not wait for the load, which goes on for the next run', async () => {
  const { passed, open } = gate();
  let loads = 0;
  const engine = localEngine(asksForModel, {
    async loadLanguageModel() {
      loads++;
      await passed;
      return new FakeLanguageModel();
    },
  });
  const controller = new AbortController();
  const run = drain(engine.run(summarizeTask(), controller.signal));
  await until(() => loads === 1);
  controller.abort();
  await expect(run).rejects.toMatchObject({ code: 'aborted' });
  const next = drain(engine.run(summarizeTask(), forever()));
  setImmediate(open);
  expect((await next).at(-1)).toEqual(DONE);
  expect(loads).toBe(1);
});

test('a load that failed is not remembered', async () => {
  const results: (() => Promise<LanguageModel>)[] = [
    () => Promise.reject(new AppError('model-corrupt')),
    () => Promise.resolve(new FakeLanguageModel()),
  ];
  const engine = localEngine(asksForModel, { loadLanguageModel: () => results.shift()!() });
  await expect(drain(engine.run(summarizeTask(), forever()))).rejects.toMatchObject({ code: 'model-corrupt' });
  expect((await drain(engine.run(summarizeTask(), forever()))).at(-1)).toEqual(DONE);
});

test('is over only when the task has stopped', async () => {
  let stopped = false;
  const engine = localEngine(async function* (_task, _models, signal) {
    try {
      for (;;) {
        yield { kind: 'delta', text: 'x' };
        await nextTurn();
        if (signal.aborted) throw new AppError('aborted');
      }
    } finally {
      for (let turn = 0; turn < 5; turn++) await nextTurn();
      stopped = true;
    }
  });
  const run = engine.run(summarizeTask(), forever());
  await run.next();
  await run.return();
  expect(stopped).toBe(true);
});

test('the real task with a model that answers: quotes first, then what it writes, done', async () => {
  const article = summarizeTask();
  const engine = localEngine(summarize);
  const events = await drain(engine.run({ ...article, compose: 'requested' }, forever()));
  expect(events[0].kind).toBe('quotes');
  expect(events.at(-1)?.kind).toBe('done');
  expect(events.some(({ kind }) => kind === 'statement')).toBe(true);
});

test('tells how fast the model would run without loading it, and only where that can be told', async () => {
  const task = { kind: 'measure', model: 'tiny', device: 'automatic', sample: null } as const;
  const loadLanguageModel = () => Promise.reject(new Error('loaded'));
  const able = localEngine(asksForModel, { loadLanguageModel, estimateSpeed: () => Promise.resolve(METRICS) });
  const events = await drain(able.run(task, forever()));
  // A load, to whoever listens to the worker's silence.
  expect(events[0]).toMatchObject({ kind: 'progress', phase: 'loading', loadedBytes: 0 });
  expect(events.at(-1)).toEqual({ kind: 'done', finishReason: 'stop', metrics: METRICS });
  const unable = localEngine(asksForModel, { loadLanguageModel });
  await expect(drain(unable.run(task, forever()))).rejects.toMatchObject({ code: 'internal' });
});
