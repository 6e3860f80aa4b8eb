// The supervisor over real threads: what no other thread can catch has to be seen from outside.
import { afterEach, expect, test } from 'vitest';
import type { WorkerEngine } from '../../lib/engine/worker-engine.ts';
import type { TaskEvent } from '../../lib/protocol.ts';
import { summarizeTask } from '../fakes/article.ts';
import { workerEngine } from '../fakes/hosted.ts';
import { spawnThread } from '../fakes/thread.ts';
import type { Thread } from '../fakes/thread.ts';

const TEXT = 'The tide comes in and goes out again.';
const TOKEN_MS = 400;

const engines: WorkerEngine[] = [];
const threads: Thread[] = [];
afterEach(async () => {
  engines.splice(0).forEach((engine) => engine.dispose());
  await Promise.all(threads.splice(0).map(({ ended }) => ended));
});

function supervise(device: 'cpu' | 'gpu' = 'cpu') {
  const spawn = () => {
    const thread = spawnThread();
    threads.push(thread);
    return thread;
  };
  const backends = [device, 'cpu' as const].map((each) => ({ device: each, threads: 1 }));
  const probe = () => Promise.resolve({ backends: device === 'cpu' ? backends.slice(1) : backends });
  const engine = workerEngine({ spawn, probe, deadlines: { tokenMs: TOKEN_MS, stopMs: TOKEN_MS } });
  engines.push(engine);
  return async (
    title: string,
    signal = new AbortController().signal,
    onText: (text: string) => void = () => undefined,
  ) => {
    let text = '';
    const events: TaskEvent[] = [];
    try {
      for await (const event of engine.run(summarizeTask({ title }), signal)) {
        events.push(event);
        if (event.kind === 'delta') onText((text += event.text));
      }
      return { text, events };
    } catch (error) {
      return { text, events, error };
    }
  };
}

test('answers, run after run, in one thread', async () => {
  const run = supervise();
  expect(await run('well')).toMatchObject({ text: TEXT });
  expect(await run('well')).toMatchObject({ text: TEXT });
  expect(threads.length).toBe(1);
});

test.each([
  ['spins', 'spin', 'timed-out'],
  ['dies without a word', 'exit', 'timed-out'],
  ['throws outside of a task', 'throw', 'internal'],
] as const)(
  'a worker that %s: a typed error in time, its thread gone, the next run succeeds',
  async (_, title, code) => {
    const run = supervise();
    await run('well'); // so that the thread's start is not measured
    const startedAtMs = performance.now();
    const failed = await run(title);
    expect(failed.error).toMatchObject({ code });
    expect(performance.now() - startedAtMs).toBeLessThan(TOKEN_MS + 2_000);
    expect(TEXT.startsWith(failed.text)).toBe(true);
    await threads[0].ended;
    expect(await run('well')).toMatchObject({ text: TEXT });
    expect(threads.length).toBe(2);
  },
);

test('a worker that spins after an abort is ended, and the next run does not wait for it', async () => {
  const run = supervise();
  const controller = new AbortController();
  const spinning = run('spin', controller.signal, (text) => {
    if (text.split(' ').length === 3) setTimeout(() => controller.abort(), 100);
  });
  expect((await spinning).error).toMatchObject({ code: 'aborted' });
  expect(await run('well')).toMatchObject({ text: TEXT });
  await threads[0].ended;
  expect(threads.length).toBe(2);
});

test('a device lost in mid-run: said once, then the CPU in a new thread', async () => {
  const run = supervise('gpu');
  const lost = await run('lose the device');
  expect(lost).toMatchObject({ text: 'The tide comes', error: { code: 'device-lost' } });
  const next = await run('lose the device');
  expect(next.text).toBe(TEXT);
  expect(next.events[0]).toMatchObject({ kind: 'backend', device: 'cpu', reason: 'gpuLost' });
});
