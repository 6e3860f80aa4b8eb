// Every call of the host's API settles, whatever fails, at or before a deadline, with a code that the reader can be told in words
// (tests/unit/components/words.test.ts), and works again when the fault is over. The real host and supervisors, on fake time; what
// only a real thread can do is in worker-faults.test.ts.
import { describe, expect, test } from 'vitest';
import type { HostOptions } from '../../lib/engine/host.ts';
import { connect, connectJob } from '../../lib/engine/port.ts';
import { DEADLINES } from '../../lib/engine/watchdog.ts';
import { AppError } from '../../lib/errors.ts';
import { DEFAULT_MODEL } from '../../lib/model/catalog.ts';
import type { RewriteTask, Task } from '../../lib/protocol.ts';
import { ARTICLE, summarizeTask, translateTask } from '../fakes/article.ts';
import { SCRIPT, until } from '../fakes/engine.ts';
import { drain, forever } from '../fakes/events.ts';
import { FIRST_DELTA, faultyHost, outcomeOf, stopTime } from './settling.ts';
import type { WorkerFault } from './settling.ts';

const rewriting = (action: RewriteTask['action']): RewriteTask => ({
  kind: 'rewrite',
  action,
  text: 'The tide are high.',
  language: 'en',
  instruction: '',
});

/** A task of each kind, so that a kind without one does not compile, by the part of the host that does it. */
const TASKS: { [K in Task['kind']]: Extract<Task, { kind: K }>[] } = {
  summarize: [summarizeTask()],
  chat: [{ kind: 'chat', question: 'When is the tide high?', articles: [ARTICLE], history: [] }],
  // By the grammar checker and by the model.
  rewrite: [rewriting('fix-grammar'), rewriting('shorten')],
  'read-ahead': [{ kind: 'read-ahead', articles: [ARTICLE], history: [] }],
  measure: [{ kind: 'measure', model: DEFAULT_MODEL.id, device: 'cpu', sample: summarizeTask() }],
  translate: [translateTask()],
  download: [{ kind: 'download', pair: { from: 'en', to: 'de' }, mirror: '' }],
  'download-model': [{ kind: 'download-model', repository: 'owner/name', file: 'm.gguf', endpoint: '' }],
};
const CALLS = Object.values(TASKS).flat();
const named = (task: Task) => (task.kind === 'rewrite' ? `${task.kind}: ${task.action}` : task.kind);
const ROWS = CALLS.map((task) => [named(task), task] as const);

const silence = () => new Promise<never>(() => undefined);
const failing = (error: Error) => () => Promise.reject(error);

interface Expected {
  code: string;
  withinMs: number;
}

const WORKER_FAULTS: Record<string, WorkerFault & Expected> = {
  'never answers': { happens: silence, code: 'timed-out', withinMs: DEADLINES.loadMs },
  'goes silent while it loads': {
    instead: SCRIPT[0],
    happens: silence,
    code: 'timed-out',
    withinMs: DEADLINES.loadMs,
  },
  'goes silent while it reads': {
    instead: SCRIPT[2],
    happens: silence,
    code: 'timed-out',
    withinMs: DEADLINES.stepMs,
  },
  'goes silent in the midst of its answer': {
    instead: SCRIPT[SCRIPT.indexOf(FIRST_DELTA) + 1],
    happens: silence,
    code: 'timed-out',
    withinMs: DEADLINES.tokenMs,
  },
  'runs out of memory at its start': {
    happens: failing(new AppError('out-of-memory')),
    code: 'out-of-memory',
    withinMs: 0,
  },
  'runs out of memory in the midst of its answer': {
    instead: FIRST_DELTA,
    happens: failing(new AppError('out-of-memory')),
    code: 'out-of-memory',
    withinMs: 0,
  },
  'loses the device': {
    instead: FIRST_DELTA,
    happens: failing(new AppError('device-lost')),
    code: 'device-lost',
    withinMs: 0,
  },
  'finds the disk full': {
    instead: SCRIPT[0],
    happens: failing(new AppError('storage-full')),
    code: 'storage-full',
    withinMs: 0,
  },
  'finds no network': {
    instead: SCRIPT[0],
    happens: failing(new AppError('offline')),
    code: 'offline',
    withinMs: 0,
  },
  'throws what nobody has foreseen': {
    instead: SCRIPT[0],
    happens: failing(new TypeError('undefined is not a function')),
    code: 'internal',
    withinMs: 0,
  },
  'dies of an error in its script': {
    happens: (worker) => {
      worker.crash('SyntaxError');
      return silence();
    },
    code: 'internal',
    withinMs: 0,
  },
  'cannot be started': { cannotStart: true, code: 'internal', withinMs: 0 },
};

/** Messages are joined for so long before they are sent. */
const BATCH_MS = 24;

describe.each(Object.entries(WORKER_FAULTS))('a worker that %s', (_, { code, withinMs, ...fault }) => {
  test.each(ROWS)('%s', async (_, task) => {
    stopTime();
    const { state, open } = faultyHost();
    const engine = connect(open('panel'));
    state.fault = fault;
    const outcome = await outcomeOf(drain(engine.run(task, forever())));
    expect(outcome.code).toBe(code);
    expect(outcome.afterMs).toBeLessThanOrEqual(withinMs + BATCH_MS);
    state.fault = undefined;
    expect(await outcomeOf(drain(engine.run(task, forever())))).toMatchObject({ code: 'done' });
  });
});

const CONTENT = ROWS.filter(([, { kind }]) => kind === 'translate' || kind === 'download' || kind === 'rewrite');

test.each(CONTENT)('a worker that never answers a page: %s', async (_, task) => {
  stopTime();
  const { state, open } = faultyHost();
  state.fault = { happens: silence };
  const engine = connect(open('content'));
  expect(await outcomeOf(drain(engine.run(task, forever())))).toMatchObject({ code: 'timed-out' });
  state.fault = undefined;
  expect(await outcomeOf(drain(engine.run(task, forever())))).toMatchObject({ code: 'done' });
});

describe('a reader who stops', () => {
  test.each(ROWS)('what a deaf worker does: %s', async (_, task) => {
    stopTime();
    const { state, open } = faultyHost();
    const engine = connect(open('panel'));
    let reached = false;
    const happens = () => {
      reached = true;
      return silence();
    };
    state.fault = { instead: FIRST_DELTA, happens };
    const controller = new AbortController();
    const run = drain(engine.run(task, controller.signal));
    run.catch(() => undefined);
    await until(() => reached);
    controller.abort();
    expect(await outcomeOf(run)).toEqual({ code: 'aborted', afterMs: 0 });
    state.fault = undefined;
    const next = await outcomeOf(drain(engine.run(task, forever())));
    expect(next.code).toBe('done');
    // What was begun ahead may be loading what the next task needs: it is given longer.
    const graceMs = task.kind === 'read-ahead' ? DEADLINES.stepMs : DEADLINES.stopMs;
    expect(next.afterMs).toBeLessThanOrEqual(graceMs + BATCH_MS);
  });
});

describe('a host', () => {
  test.each(ROWS)('that is closed in the midst of it: %s', async (_, task) => {
    stopTime();
    const { state, open } = faultyHost();
    let reached = false;
    const happens = () => {
      reached = true;
      return silence();
    };
    state.fault = { instead: FIRST_DELTA, happens };
    const run = drain(connect(open('panel')).run(task, forever()));
    run.catch(() => undefined);
    await until(() => reached);
    state.cut();
    expect(await outcomeOf(run)).toEqual({ code: 'host-gone', afterMs: 0 });
  });

  test.each(ROWS)('that cannot be reached: %s', async (_, task) => {
    stopTime();
    const run = (error: Error) => outcomeOf(drain(connect(() => Promise.reject(error)).run(task, forever())));
    expect(await run(new AppError('load-failed'))).toEqual({ code: 'load-failed', afterMs: 0 });
    expect(await run(new Error('Could not establish connection.'))).toEqual({ code: 'host-gone', afterMs: 0 });
  });

  test.each(['summarize', 'chat'] as const)(
    'that says nothing of the job that a panel comes back to: %s',
    async (kind) => {
      stopTime();
      const { open } = faultyHost();
      const job = connectJob(open('panel'), 7);
      expect(await outcomeOf(job.attach(kind, forever()))).toEqual({ code: 'done', afterMs: 0 });
      const mute = { addListener: () => undefined };
      const deaf = { postMessage: () => undefined, disconnect: () => undefined, onMessage: mute, onDisconnect: mute };
      const { code, afterMs } = await outcomeOf(connectJob(() => deaf, 7).attach(kind, forever()));
      expect(code).toBe('timed-out');
      expect(afterMs).toBeLessThanOrEqual(90_000);
    },
  );
});

/** What the host asks of the browser, and what cannot go on without it. */
const NEEDED: Record<string, { part: Partial<HostOptions>; by: (task: Task) => boolean; withinMs: number }> = {
  'the choice of models': {
    part: { modelSettings: silence },
    by: isModels,
    withinMs: DEADLINES.storageMs,
  },
  'the list of models': { part: { installedModels: silence }, by: isModels, withinMs: DEADLINES.storageMs },
  'the address of packs': {
    part: { packMirror: silence },
    by: ({ kind }) => kind === 'download',
    withinMs: DEADLINES.storageMs,
  },
  'the devices of the machine': { part: { probe: silence }, by: isModels, withinMs: DEADLINES.probeMs },
  // A record that cannot be read or kept must not keep a model from running.
  'the record of crashes': { part: { store: { get: silence, set: silence } }, by: () => false, withinMs: 20_000 },
};

/** What a language model does, and whether there is one for what the checker leaves. */
function isModels({ kind }: Task): boolean {
  return kind === 'summarize' || kind === 'chat' || kind === 'rewrite' || kind === 'read-ahead' || kind === 'measure';
}

describe.each(Object.entries(NEEDED))('where %s cannot be had', (_, { part, by, withinMs }) => {
  test.each(ROWS)('%s', async (_, task) => {
    stopTime();
    const { open } = faultyHost(part);
    const silent = await outcomeOf(drain(connect(open('panel')).run(task, forever())));
    expect(silent.code).toBe(by(task) ? 'timed-out' : 'done');
    expect(silent.afterMs).toBeLessThanOrEqual(withinMs + BATCH_MS);
  });

  test.each(ROWS)('and that is said: %s', async (_, task) => {
    stopTime();
    const refuse = () => Promise.reject(new AppError('host-gone'));
    const refusing = Object.fromEntries(
      Object.keys(part).map((name) => [name, name === 'store' ? { get: refuse, set: refuse } : refuse]),
    );
    const { open } = faultyHost(refusing);
    const refused = await outcomeOf(drain(connect(open('panel')).run(task, forever())));
    expect(refused.code).toBe(by(task) ? 'host-gone' : 'done');
    expect(refused.afterMs).toBeLessThanOrEqual(BATCH_MS);
  });

  test('what is asked of the host without a port', async () => {
    stopTime();
    const { host } = faultyHost(part);
    for (const ask of [() => host.rewritesFreely(), () => host.readsAhead(), () => host.translatingModel()]) {
      const { code, afterMs } = await outcomeOf(ask());
      expect(['done', 'timed-out']).toContain(code);
      expect(afterMs).toBeLessThanOrEqual(DEADLINES.storageMs + DEADLINES.probeMs);
    }
  });
});

test('a fault is what it says: nothing is wrong where there is none', async () => {
  stopTime();
  const { open } = faultyHost();
  for (const task of CALLS) {
    const events = await drain(connect(open('panel')).run(task, forever()));
    expect(events.at(-1)).toMatchObject({ kind: 'done' });
  }
});
