// The laws of lib/engine/engine.ts, over every implementation and the whole way from a page to the models.
import { afterEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../lib/engine/engine.ts';
import { Jobs, serveJobs } from '../../lib/engine/jobs.ts';
import { connect, connectJob, serve } from '../../lib/engine/port.ts';
import { AppError } from '../../lib/errors.ts';
import type { TaskEvent } from '../../lib/protocol.ts';
import { summarizeTask } from '../fakes/article.ts';
import { FakeEngine, SCRIPT, aborted, nextTurn, until } from '../fakes/engine.ts';
import { collect, forever, textOf } from '../fakes/events.ts';
import { portPair } from '../fakes/port.ts';
import { FakeWorker } from '../fakes/worker.ts';
import { localEngine, workerEngine } from '../fakes/hosted.ts';

/** Built around an inner engine that the test scripts. */
const IMPLEMENTATIONS: Record<string, (inner: FakeEngine) => { engine: Engine; dispose?: () => void }> = {
  fake: (inner) => ({ engine: inner }),

  'local engine': (inner) => ({ engine: localEngine((task, _, signal) => inner.run(task, signal)) }),

  'served over a port': (inner) => ({ engine: connect(() => served((port) => serve(inner, port))) }),

  'a job over a port': (inner) => {
    const jobs = new Jobs(inner, { keepMs: 60_000 });
    return {
      engine: connectJob(() => served((port) => serveJobs(jobs, inner, port)), 7),
      dispose: () => jobs.dispose(),
    };
  },

  'in a worker': (inner) => {
    const engine = workerEngine({ spawn: () => new FakeWorker(() => inner) });
    return { engine, dispose: () => engine.dispose() };
  },

  'page to host to worker to models': (inner) => {
    const local = localEngine((task, _, signal) => inner.run(task, signal));
    const engine = workerEngine({ spawn: () => new FakeWorker(() => local) });
    const jobs = new Jobs(engine, { keepMs: 60_000 });
    return {
      engine: connectJob(() => served((port) => serveJobs(jobs, inner, port)), 7),
      dispose: () => {
        jobs.dispose();
        engine.dispose();
      },
    };
  },
};

function served(serveAt: (port: ReturnType<typeof portPair>[1]) => void) {
  const [page, host] = portPair();
  serveAt(host);
  return page;
}

const RANK = ['loading', 'reading', 'writing', 'checking'];
const REFERENCE = textOf(SCRIPT);

describe.each(Object.entries(IMPLEMENTATIONS))('%s', (_, make) => {
  const disposals: (() => void)[] = [];
  afterEach(() => disposals.splice(0).forEach((dispose) => dispose()));

  function setUp(inner = new FakeEngine()) {
    const { engine, dispose } = make(inner);
    if (dispose) disposals.push(dispose);
    return { inner, engine };
  }

  test('ends, last, with one done', async () => {
    const { engine } = setUp();
    const { events, error } = await collect(engine.run(summarizeTask(), forever()));
    expect(error).toBeUndefined();
    expect(events.filter(({ kind }) => kind === 'done')).toEqual([events.at(-1)]);
  });

  test('the deltas are what was written, and statements stand where they stood', async () => {
    const { engine } = setUp();
    const { events } = await collect(engine.run(summarizeTask(), forever()));
    expect(textOf(events)).toBe(REFERENCE);
    const upTo = (all: TaskEvent[]) =>
      textOf(
        all.slice(
          0,
          all.findIndex(({ kind }) => kind === 'statement'),
        ),
      );
    expect(upTo(events)).toBe(upTo(SCRIPT));
    const lasting = (all: TaskEvent[]) => all.filter(({ kind }) => kind === 'statement' || kind === 'quotes');
    expect(lasting(events)).toEqual(lasting(SCRIPT));
  });

  test('the task arrives whole', async () => {
    const { inner, engine } = setUp();
    const task = summarizeTask({ title: 'Ω\u2028"\\ 👩‍👩‍👧', language: '' });
    await collect(engine.run(task, forever()));
    expect(inner.tasks).toEqual([task]);
  });

  test('progress never falls', async () => {
    const { engine } = setUp();
    const { events } = await collect(engine.run(summarizeTask(), forever()));
    const ranks = events.flatMap((event) =>
      event.kind === 'progress' ? [RANK.indexOf(event.phase) * 2 + event.fraction] : [],
    );
    expect(ranks.length).toBeGreaterThan(1);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });

  test('a failure is thrown once, after what came before it, with its code', async () => {
    const { engine } = setUp(new FakeEngine([...SCRIPT.slice(0, 4), new AppError('no-content', 'why')]));
    const run = engine.run(summarizeTask(), forever())[Symbol.asyncIterator]();
    const { events, error } = await collect({ [Symbol.asyncIterator]: () => run });
    expect(textOf(events)).toBe(textOf(SCRIPT.slice(0, 4)));
    expect(error).toMatchObject({ code: 'no-content', detail: 'why' });
    expect(await run.next()).toEqual({ done: true, value: undefined });
  });

  test('aborted before it begins: no event', async () => {
    const { inner, engine } = setUp();
    const { events, error } = await collect(engine.run(summarizeTask(), AbortSignal.abort()));
    expect(events).toEqual([]);
    expect(error).toMatchObject({ code: 'aborted' });
    expect(inner.tasks).toEqual([]);
  });

  test('an abort ends it at once, and the work behind it', async () => {
    const { inner, engine } = setUp();
    inner.beforeEvent = (event, signal) => (event.kind === 'statement' ? aborted(signal) : nextTurn());
    const controller = new AbortController();
    const seen: TaskEvent[] = [];
    const error: unknown = await (async () => {
      for await (const event of engine.run(summarizeTask(), controller.signal)) {
        seen.push(event);
        expect(controller.signal.aborted).toBe(false);
        if (textOf(seen) !== textOf(SCRIPT.slice(0, 9)) || seen.at(-1)?.kind !== 'delta') continue;
        setImmediate(() => controller.abort());
      }
    })().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'aborted' });
    await until(() => inner.running === 0);
  });

  test('several runs at once: each has its own text', async () => {
    const { engine } = setUp();
    const runs = await Promise.all([1, 2, 3].map(() => collect(engine.run(summarizeTask(), forever()))));
    const whole = runs.filter(({ error }) => error === undefined);
    for (const { events } of whole) expect(textOf(events)).toBe(REFERENCE);
    // Only a job is replaced by the tab's next one.
    for (const { error } of runs) if (error) expect(error).toMatchObject({ code: 'aborted' });
    expect(whole.length).toBeGreaterThan(0);
  });
});
