// The supervisor of downloads: one transfer for all who ask, over real ports to workers in this thread.
import { expect, onTestFinished, test } from 'vitest';
import { Downloads } from '../../../lib/engine/downloads.ts';
import { connect, serve } from '../../../lib/engine/port.ts';
import { AppError } from '../../../lib/errors.ts';
import type { DownloadModelTask, TaskEvent } from '../../../lib/protocol.ts';
import { summarizeTask } from '../../fakes/article.ts';
import { aborted, FakeEngine, gate, until } from '../../fakes/engine.ts';
import { collect, forever } from '../../fakes/events.ts';
import { portPair, type FakePort } from '../../fakes/port.ts';
import { FakeWorker } from '../../fakes/worker.ts';

const TASK: DownloadModelTask = { kind: 'download-model', repository: 'a/b', file: 'c.gguf', endpoint: '' };
const progress = (fraction: number): TaskEvent => ({
  kind: 'progress',
  phase: 'loading',
  fraction,
  loadedBytes: fraction * 100,
  totalBytes: 100,
});
const DONE: TaskEvent = { kind: 'done', finishReason: 'stop', metrics: null };
const SCRIPT = [progress(0), progress(0.5), DONE];

function downloads(inner: FakeEngine, deadlines = {}) {
  const workers: FakeWorker[] = [];
  const spawn = () => {
    workers.push(new FakeWorker(() => inner));
    return workers.at(-1)!;
  };
  const engine = new Downloads({ spawn, assetsUrl: '', deadlines });
  onTestFinished(() => engine.dispose());
  return { engine, workers, run: (task = TASK, signal = forever()) => collect(engine.run(task, signal)) };
}

/** Says that the half has come, and goes on when told to. */
function halfway() {
  const inner = new FakeEngine(SCRIPT);
  const { passed, open } = gate();
  inner.beforeEvent = (event, signal) =>
    event.kind === 'done' ? Promise.race([passed, aborted(signal)]) : passedAtOnce;
  return { inner, open };
}
const passedAtOnce = Promise.resolve();

test('a download has a worker of its own, which ends with it', async () => {
  const { run, workers } = downloads(new FakeEngine(SCRIPT));
  expect((await run()).events.at(-1)).toEqual(DONE);
  await until(() => workers[0].terminated);
  await run();
  expect(workers).toHaveLength(2);
});

test('who asks for the same sees the one transfer, and who comes late how far it is', async () => {
  const { inner, open } = halfway();
  const { engine, run, workers } = downloads(inner);
  const early = engine.run(TASK, forever());
  for (let fraction = 0; fraction < 0.5;) {
    const { value } = await early.next();
    if (value?.kind === 'progress') fraction = value.fraction;
  }
  const late = [run(), run()];
  open();
  for (const { events, error } of await Promise.all(late)) {
    expect(error).toBeUndefined();
    expect(events[0]).toEqual(progress(0.5));
    expect(events.at(-1)).toEqual(DONE);
  }
  expect(workers).toHaveLength(1);
  expect(inner.tasks).toHaveLength(1);
});

test('it is paused for all where one pauses it', async () => {
  const { inner } = halfway();
  const { run } = downloads(inner);
  const stop = new AbortController();
  const both = [run(TASK, stop.signal), run()];
  await until(() => inner.running === 1);
  stop.abort();
  for (const { error } of await Promise.all(both)) expect(error).toMatchObject({ code: 'aborted' });
  await until(() => inner.running === 0);
});

test('it goes on when the pages that asked for it are closed, and who comes then sees it', async () => {
  const { inner, open } = halfway();
  const { engine, workers } = downloads(inner);
  const ports: FakePort[] = [];
  const remote = connect(() => {
    const [page, end] = portPair();
    ports.push(page);
    serve(engine, end);
    return page;
  });
  const closed = remote.run(TASK, forever())[Symbol.asyncIterator]();
  for (let fraction = 0; fraction < 0.5;) {
    const { value } = (await closed.next()) as IteratorYieldResult<TaskEvent>;
    if (value.kind === 'progress') fraction = value.fraction;
  }
  ports[0].disconnect();
  const again = remote.run(TASK, forever())[Symbol.asyncIterator]();
  expect((await again.next()).value).toEqual(progress(0.5));
  expect(inner.running).toBe(1);
  open();
  expect((await again.next()).value).toEqual(DONE);
  expect(workers).toHaveLength(1);
});

test('other files are other transfers', async () => {
  const { inner, open } = halfway();
  const { run } = downloads(inner);
  const runs = [run(), run({ ...TASK, file: 'd.gguf' })];
  await until(() => inner.running === 2);
  open();
  await Promise.all(runs);
});

test('what goes wrong is told to all, and the next attempt is a new one', async () => {
  const failing = new FakeEngine([progress(0), new AppError('storage-full', 'needs 5')]);
  const { run, workers } = downloads(failing);
  for (const { error } of await Promise.all([run(), run()])) {
    expect(error).toMatchObject({ code: 'storage-full', detail: 'needs 5' });
  }
  await run();
  expect(workers).toHaveLength(2);
});

test('a silent worker is ended', async () => {
  const inner = new FakeEngine(SCRIPT);
  inner.beforeEvent = () => new Promise(() => undefined);
  const { run, workers } = downloads(inner, { loadMs: 20, stopMs: 20 });
  expect((await run()).error).toMatchObject({ code: 'timed-out' });
  await until(() => workers[0].terminated);
});

test('nothing else is done here', async () => {
  const { engine } = downloads(new FakeEngine(SCRIPT));
  expect((await collect(engine.run(summarizeTask(), forever()))).error).toMatchObject({ code: 'internal' });
});
