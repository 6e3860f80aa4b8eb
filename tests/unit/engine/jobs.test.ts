import { afterEach, describe, expect, test, vi } from 'vitest';
import { Jobs, serveJobs } from '../../../lib/engine/jobs.ts';
import { connectJob } from '../../../lib/engine/port.ts';
import type { Port } from '../../../lib/engine/port.ts';
import { AppError } from '../../../lib/errors.ts';
import type { JobTask, TaskEvent } from '../../../lib/protocol.ts';
import { summarizeTask } from '../../fakes/article.ts';
import { FakeEngine, SCRIPT, aborted, gate, nextTurn, until } from '../../fakes/engine.ts';
import { drain, forever, textOf } from '../../fakes/events.ts';
import { portPair } from '../../fakes/port.ts';

const TAB = 7;
/** The result as a panel shows it: statements, then what is being written. */
function shown(events: TaskEvent[]): string[] {
  const lines: string[] = [''];
  for (const event of events) {
    if (event.kind === 'delta') lines.push(lines.pop()! + event.text);
    if (event.kind === 'statement') lines.splice(-1, 1, event.statement.text, '');
  }
  return lines;
}

/** A host with jobs, and pages that connect to it. */
function setUp(engine = new FakeEngine(), options = { keepMs: 60_000 }) {
  const jobs = new Jobs(engine, options);
  disposals.push(() => jobs.dispose());
  const ports: Port[] = [];
  const page = (tabId = TAB) =>
    connectJob(() => {
      const [mine, host] = portPair();
      ports.push(mine);
      serveJobs(jobs, engine, host);
      return mine;
    }, tabId);
  return { engine, jobs, page, ports };
}

const disposals: (() => void)[] = [];
afterEach(() => disposals.splice(0).forEach((dispose) => dispose()));

describe('a panel that is closed and opened again', () => {
  // The gate opens event by event, so the panel goes away after each possible point of the run.
  test.each(SCRIPT.map((_, index) => index))('after %i events: sees what it would have seen', async (count) => {
    const { engine, page, ports } = setUp();
    const { passed, open } = gate();
    engine.beforeEvent = (event) => (event === SCRIPT[count] ? passed : nextTurn());
    const first = drain(page().run(summarizeTask(), forever()));
    await until(() => engine.running === 1);
    for (let turn = 0; turn < 2 * count; turn++) await nextTurn();
    ports[0].disconnect();
    first.catch(() => undefined); // The closed page's own view of it.
    await nextTurn();

    const job = (await page().attach('summarize', forever()))!;
    expect(job.task).toEqual(summarizeTask());
    setImmediate(open);
    const seen = await drain(job.events);
    expect(textOf(seen)).toBe(textOf(SCRIPT));
    expect(shown(seen)).toEqual(shown(SCRIPT));
    for (const kind of ['quotes', 'done'] as const) {
      expect(seen.filter((event) => event.kind === kind)).toEqual(SCRIPT.filter((event) => event.kind === kind));
    }
    expect(seen.at(-1)!.kind).toBe('done');
    expect(engine.tasks.length).toBe(1);
  });

  test('after the end: the whole answer, in few events', async () => {
    const { page } = setUp();
    const live = await drain(page().run(summarizeTask(), forever()));
    const again = await drain((await page().attach('summarize', forever()))!.events);
    expect(shown(again)).toEqual(shown(live));
    expect(textOf(again)).toBe(textOf(SCRIPT));
    // quotes, progress, two sentences of one delta and one statement, done
    expect(again.map(({ kind }) => kind)).toEqual([
      'quotes',
      'progress',
      'delta',
      'statement',
      'delta',
      'statement',
      'done',
    ]);
  });

  test('leaving the iteration leaves the job running', async () => {
    const { engine, page } = setUp();
    const run = page().run(summarizeTask(), forever())[Symbol.asyncIterator]();
    await run.next();
    await run.return!();
    await until(() => engine.running === 0);
    const job = await page().attach('summarize', forever());
    expect(textOf(await drain(job!.events))).toBe(textOf(SCRIPT));
  });

  test('a run that failed fails again, with what it had said', async () => {
    const { page } = setUp(new FakeEngine([...SCRIPT.slice(0, 5), new AppError('device-lost', 'why')]));
    await expect(drain(page().run(summarizeTask(), forever()))).rejects.toMatchObject({ code: 'device-lost' });
    const job = await page().attach('summarize', forever());
    const seen: TaskEvent[] = [];
    const replay = (async () => {
      for await (const event of job!.events) seen.push(event);
    })();
    await expect(replay).rejects.toMatchObject({ code: 'device-lost', detail: 'why' });
    expect(textOf(seen)).toBe(textOf(SCRIPT.slice(0, 5)));
  });
});

test('an abort ends the job, also from a page that only attached to it', async () => {
  const { engine, page } = setUp();
  engine.beforeEvent = (event, signal) => (event.kind === 'statement' ? aborted(signal) : nextTurn());
  const first = drain(page().run(summarizeTask(), forever()));
  await until(() => engine.running === 1);
  const controller = new AbortController();
  const job = await page().attach('summarize', controller.signal);
  const second = drain(job!.events);
  controller.abort();
  await expect(second).rejects.toMatchObject({ code: 'aborted' });
  await expect(first).rejects.toMatchObject({ code: 'aborted' });
  expect(engine.running).toBe(0);
});

test('two panels see the same', async () => {
  const { page } = setUp();
  const first = drain(page().run(summarizeTask(), forever()));
  await nextTurn();
  await nextTurn();
  const second = drain((await page().attach('summarize', forever()))!.events);
  expect(shown(await second)).toEqual(shown(await first));
});

test('a new run takes the place of the old one, whose abort no longer reaches it', async () => {
  const { engine, page } = setUp();
  engine.beforeEvent = (event, signal) => (event.kind === 'statement' ? aborted(signal) : nextTurn());
  const controller = new AbortController();
  const old = drain(page().run(summarizeTask(), controller.signal));
  await until(() => engine.running === 1);
  engine.beforeEvent = nextTurn;
  const seen = drain(page().run(summarizeTask({ title: 'new' }), forever()));
  await expect(old).rejects.toMatchObject({ code: 'aborted' });
  controller.abort();
  expect(textOf(await seen)).toBe(textOf(SCRIPT));
});

test('tabs do not see each other', async () => {
  const { page, jobs } = setUp();
  await drain(page(1).run(summarizeTask({ title: 'one' }), forever()));
  await drain(page(2).run(summarizeTask({ title: 'two' }), forever()));
  expect((await page(1).attach('summarize', forever()))!.task.article.title).toBe('one');
  expect(await page(3).attach('summarize', forever())).toBeNull();
  jobs.forget(1);
  expect(await page(1).attach('summarize', forever())).toBeNull();
  expect(await page(2).attach('summarize', forever())).not.toBeNull();
});

test('a tab that goes away cancels its job', async () => {
  const { engine, jobs, page } = setUp();
  engine.beforeEvent = (_, signal) => aborted(signal);
  const run = drain(page().run(summarizeTask(), forever()));
  await until(() => engine.running === 1);
  jobs.forget(TAB);
  await expect(run).rejects.toMatchObject({ code: 'aborted' });
  expect(engine.running).toBe(0);
});

test('a job may not be run without its tab', async () => {
  const { engine, jobs } = setUp();
  const [page, host] = portPair();
  serveJobs(jobs, engine, host);
  const answers: unknown[] = [];
  page.onMessage.addListener((message) => answers.push(message));
  const closed = new Promise<void>((resolve) => page.onDisconnect.addListener(resolve));
  page.postMessage({ kind: 'run-job', task: summarizeTask() });
  await closed;
  expect(answers).toMatchObject([{ kind: 'error', error: { code: 'internal' } }]);
  expect(engine.tasks).toEqual([]);
});

test('keeps the last ended jobs, and every running one', async () => {
  const engine = new FakeEngine();
  const { page } = setUp(engine);
  const running: JobTask = summarizeTask({ title: 'running' });
  const controller = new AbortController();
  engine.beforeEvent = (event, signal) =>
    event === SCRIPT[1] && engine.tasks.length === 1 ? aborted(signal) : nextTurn();
  const run = drain(page(100).run(running, controller.signal));
  await until(() => engine.running === 1);
  for (let tabId = 0; tabId < 10; tabId++) {
    await drain(page(tabId).run(summarizeTask(), forever()));
  }
  const kept = await Promise.all(Array.from({ length: 10 }, (_, tabId) => page(tabId).attach('summarize', forever())));
  expect(kept.map((job) => job !== null)).toEqual([false, false, ...new Array<boolean>(8).fill(true)]);
  expect((await page(100).attach('summarize', forever()))!.task).toEqual(running);
  controller.abort();
  await expect(run).rejects.toMatchObject({ code: 'aborted' });
});

test('forgets an ended job after its time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  disposals.push(() => vi.useRealTimers());
  const { page, jobs } = setUp(new FakeEngine(), { keepMs: 1_000 });
  await drain(page().run(summarizeTask(), forever()));
  vi.advanceTimersByTime(900);
  expect(jobs.attach(TAB, 'summarize')).not.toBeNull();
  vi.advanceTimersByTime(200);
  expect(jobs.attach(TAB, 'summarize')).toBeNull();
});
