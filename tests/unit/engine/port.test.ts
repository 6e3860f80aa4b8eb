import { describe, expect, test } from 'vitest';
import { connect, connectJob, serve } from '../../../lib/engine/port.ts';
import type { Port } from '../../../lib/engine/port.ts';
import { AppError } from '../../../lib/errors.ts';
import type { TaskEvent } from '../../../lib/protocol.ts';
import { summarizeTask } from '../../fakes/article.ts';
import { FakeEngine, SCRIPT, aborted, gate, nextTurn, until } from '../../fakes/engine.ts';
import { drain, forever } from '../../fakes/events.ts';
import { portPair } from '../../fakes/port.ts';
import type { FakePort } from '../../fakes/port.ts';

/** The messages that a client at `page` gets. */
function answersAt(page: FakePort): { messages: unknown[]; closed: Promise<void> } {
  const messages: unknown[] = [];
  page.onMessage.addListener((message) => messages.push(message));
  return { messages, closed: new Promise((resolve) => page.onDisconnect.addListener(resolve)) };
}

describe('the asking end', () => {
  /** A host that answers the opening message with these. */
  function answering(...answers: unknown[]): { port: FakePort; host: FakePort } {
    const [port, host] = portPair();
    host.onMessage.addListener(() => answers.forEach((each) => host.postMessage(each)));
    return { port, host };
  }

  test('a port that closes before done: host-gone, after what came before', async () => {
    const { port, host } = answering({ kind: 'events', events: SCRIPT.slice(0, 2) });
    host.onMessage.addListener(() => host.disconnect());
    const seen: TaskEvent[] = [];
    const run = (async () => {
      for await (const event of connect(() => port).run(summarizeTask(), forever())) seen.push(event);
    })();
    await expect(run).rejects.toMatchObject({ code: 'host-gone' });
    expect(seen).toEqual(SCRIPT.slice(0, 2));
  });

  test.each([
    ['a port that is dead already', () => Promise.resolve(Object.assign(portPair()[0], { closed: true })), 'host-gone'],
    ['a host that cannot be started', () => Promise.reject(new AppError('load-failed', 'why')), 'load-failed'],
    ['a browser that refuses to connect', () => Promise.reject(new Error('no receiving end')), 'host-gone'],
  ])('%s', async (_, open: () => Promise<Port>, code) => {
    await expect(drain(connect(open).run(summarizeTask(), forever()))).rejects.toMatchObject({ code });
  });

  test('an abort while the host starts ends the run at once and opens nothing', async () => {
    const controller = new AbortController();
    const [port, host] = portPair();
    const { passed, open } = gate();
    const opened = () => passed.then(() => port);
    const run = drain(connect(opened).run(summarizeTask(), controller.signal));
    setImmediate(() => controller.abort());
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
    open();
    const { messages, closed } = answersAt(host);
    await closed;
    expect(messages).toEqual([]);
  });

  test.each([
    ['no object', 'events'],
    ['an unknown kind', { kind: 'surprise' }],
    ['an event that is none', { kind: 'events', events: [{ kind: 'delta', text: 1 }] }],
    ['a fraction out of range', { kind: 'events', events: [{ kind: 'progress', phase: 'reading', fraction: 1.5 }] }],
    [
      'metrics that lost a number on the way',
      { kind: 'events', events: [{ kind: 'done', finishReason: 'stop', metrics: { totalMs: null } }] },
    ],
  ])('does not take %s for an answer', async (_, message) => {
    const { port } = answering(message);
    await expect(drain(connect(() => port).run(summarizeTask(), forever()))).rejects.toMatchObject({
      code: 'internal',
    });
    expect(port.closed).toBe(true);
  });

  test('an error code of a newer host is internal', async () => {
    const { port } = answering({ kind: 'error', error: { code: 'out-of-cheese', detail: '' } });
    await expect(drain(connect(() => port).run(summarizeTask(), forever()))).rejects.toMatchObject({
      code: 'internal',
    });
  });

  test('no event after an abort, not even of a message that has come', async () => {
    const { port } = answering({ kind: 'events', events: SCRIPT });
    const controller = new AbortController();
    const run = connect(() => port)
      .run(summarizeTask(), controller.signal)
      [Symbol.asyncIterator]();
    expect((await run.next()).value).toEqual(SCRIPT[0]);
    controller.abort();
    await expect(run.next()).rejects.toMatchObject({ code: 'aborted' });
  });

  test('leaving the iteration closes the port', async () => {
    const [port, host] = portPair();
    serve(new FakeEngine(), host);
    const run = connect(() => port)
      .run(summarizeTask(), forever())
      [Symbol.asyncIterator]();
    await run.next();
    await run.return!();
    expect(port.closed).toBe(true);
  });
});

describe('the serving end', () => {
  test('cancels the run when its port closes', async () => {
    const engine = new FakeEngine();
    engine.beforeEvent = (_, signal) => aborted(signal);
    const [page, host] = portPair();
    serve(engine, host);
    page.postMessage({ kind: 'run', task: summarizeTask() });
    await until(() => engine.running === 1);
    page.disconnect();
    await until(() => engine.running === 0);
  });

  test('survives a port that throws in mid-run, and cancels the run', async () => {
    const engine = new FakeEngine();
    const { passed, open } = gate();
    engine.beforeEvent = (event, signal) => (event === SCRIPT[0] ? passed : aborted(signal));
    const [page, host] = portPair();
    serve(engine, host);
    page.postMessage({ kind: 'run', task: summarizeTask() });
    await until(() => engine.running === 1);
    host.closed = true;
    open();
    await until(() => engine.running === 0);
  });

  const task = summarizeTask();
  test.each([
    ['nothing', null],
    ['an abort of nothing', { kind: 'abort' }],
    ['an unknown kind', { kind: 'dispose' }],
    ['a task without article', { kind: 'run', task: { ...task, article: undefined } }],
    ['a task of another kind', { kind: 'run', task: { ...task, kind: 'exfiltrate' } }],
    [
      'a block that is no block',
      { kind: 'run', task: summarizeTask({ blocks: [{ kind: 'script' as 'code', text: '' }] }) },
    ],
    ['a fractional tab', { kind: 'run-job', task, job: 1.5 }],
    ['inherited fields', { kind: 'run', task: { ...task, article: 'constructor' } }],
    ['a request for a job, where there are none', { kind: 'attach', job: 1 }],
  ])('refuses %s', async (_, opening) => {
    const engine = new FakeEngine();
    const [page, host] = portPair();
    serve(engine, host);
    const { messages, closed } = answersAt(page);
    page.postMessage(opening);
    await closed;
    expect(messages).toEqual([{ kind: 'error', error: { code: 'internal', detail: expect.any(String) as string } }]);
    expect(engine.tasks).toEqual([]);
  });

  test('a second opening ends the run', async () => {
    const engine = new FakeEngine();
    engine.beforeEvent = (_, signal) => aborted(signal);
    const [page, host] = portPair();
    serve(engine, host);
    const { messages, closed } = answersAt(page);
    page.postMessage({ kind: 'run', task });
    page.postMessage({ kind: 'run', task });
    await closed;
    expect(messages).toMatchObject([{ kind: 'error', error: { code: 'internal' } }]);
    await until(() => engine.running === 0);
    expect(engine.tasks.length).toBe(1);
  });

  test('an article that could burst a message is too long', async () => {
    const [page, host] = portPair();
    serve(new FakeEngine(), host);
    const long = summarizeTask({ blocks: [{ kind: 'paragraph', text: 'x'.repeat(4_000_001) }] });
    await expect(drain(connect(() => page).run(long, forever()))).rejects.toMatchObject({ code: 'input-too-long' });
  });

  test('joins what comes fast: few messages, the first at once, nothing lost', async () => {
    const words = Array.from({ length: 2_000 }, (_, index) => `w${index} `);
    const engine = new FakeEngine([
      ...words.map((text): TaskEvent => ({ kind: 'delta', text })),
      { kind: 'done', finishReason: 'stop', metrics: null },
    ]);
    const [page, host] = portPair();
    serve(engine, host);
    const startedAtMs = performance.now();
    const seen = await drain(connect(() => page).run(summarizeTask(), forever()));
    const tookMs = performance.now() - startedAtMs;
    expect(seen.map((event) => (event.kind === 'delta' ? event.text : '')).join('')).toBe(words.join(''));
    expect(seen[0]).toEqual({ kind: 'delta', text: words[0] });
    expect(host.posted.length).toBeLessThan(tookMs / 20 + 3);
  });
});

test('a job that cannot be attached to says why', async () => {
  const [page, host] = portPair();
  serve(new FakeEngine(), host);
  await expect(connectJob(() => page, 1).attach('summarize', forever())).rejects.toMatchObject({ code: 'internal' });
  await nextTurn();
  expect(page.closed).toBe(true);
});
