import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { createHost } from '../../../lib/engine/host.ts';
import { DEFAULT_MODEL_SETTINGS } from '../../../lib/engine/model-settings.ts';
import type { Host } from '../../../lib/engine/host.ts';
import { connect, connectJob } from '../../../lib/engine/port.ts';
import { DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import { summarizeTask, translateTask } from '../../fakes/article.ts';
import { FakeEngine, SCRIPT, aborted, nextTurn, until } from '../../fakes/engine.ts';
import { drain, forever, textOf } from '../../fakes/events.ts';
import { MemoryStore } from '../../fakes/hosted.ts';
import { portPair } from '../../fakes/port.ts';
import type { FakePort } from '../../fakes/port.ts';
import { FakeWorker } from '../../fakes/worker.ts';

const TAB = 7;

const hosts: Host[] = [];
afterEach(() => hosts.splice(0).forEach((host) => host.dispose()));

function setUp(inner = new FakeEngine(), onIdle: () => void = () => undefined) {
  const workers: FakeWorker[] = [];
  const host = createHost({
    spawnWorker: () => workers[workers.push(new FakeWorker(() => inner)) - 1],
    spawnTransformers: () => new FakeWorker(() => inner),
    spawnTranslator: () => new FakeWorker(() => inner),
    spawnChecker: () => new FakeWorker(() => inner),
    spawnDownloader: () => new FakeWorker(() => inner),
    logicalCores: 2,
    packMirror: () => Promise.resolve('https://mirror.example/'),
    modelSettings: () => Promise.resolve(DEFAULT_MODEL_SETTINGS),
    installedModels: () => Promise.resolve([DEFAULT_MODEL]),
    assetsUrl: 'https://package.invalid/',
    store: new MemoryStore(),
    probe: () => Promise.resolve({ backends: [{ device: 'cpu', threads: 1 }] }),
    onIdle,
  });
  hosts.push(host);
  const ports: FakePort[] = [];
  const open = (consumer: 'panel' | 'content') => () => {
    const [page, end] = portPair();
    ports.push(page);
    host.accept(end, consumer);
    return page;
  };
  return {
    inner,
    host,
    workers,
    ports,
    panel: connectJob(open('panel'), TAB),
    content: connect(open('content')),
    open,
  };
}

test('a panel that goes away leaves its task running; a panel that comes gets all of it', async () => {
  const { inner, panel, ports } = setUp();
  const first = drain(panel.run(summarizeTask(), forever()));
  first.catch(() => undefined); // of a closed page
  await until(() => inner.running === 1);
  ports[0].disconnect();
  const job = await panel.attach('summarize', forever());
  expect(textOf(await drain(job!.events))).toBe(textOf(SCRIPT));
  expect(inner.tasks.length).toBe(1);
});

test('a content script that goes away takes its task with it', async () => {
  const { inner, content, ports } = setUp();
  inner.beforeEvent = (event, signal) => (event === SCRIPT[5] ? aborted(signal) : nextTurn());
  drain(content.run(translateTask(), forever())).catch(() => undefined);
  await until(() => inner.running === 1);
  ports[0].disconnect();
  await until(() => inner.running === 0);
});

test('a content script may have text translated and a pack downloaded, from where the reader wants packs from', async () => {
  const { inner, content } = setUp();
  await expect(drain(content.run(summarizeTask(), forever()))).rejects.toMatchObject({ code: 'internal' });
  const download = { kind: 'download' as const, pair: { from: 'en', to: 'de' }, mirror: 'https://evil.invalid/' };
  expect(inner.tasks).toEqual([]);
  await drain(content.run(download, forever()));
  expect(inner.tasks).toEqual([{ ...download, mirror: 'https://mirror.example/' }]);
  expect((await drain(content.run(translateTask(), forever()))).at(-1)).toMatchObject({ kind: 'done' });
});

test('a content script sees no job', async () => {
  const { panel, open } = setUp();
  await drain(panel.run(summarizeTask(), forever()));
  await expect(connectJob(open('content'), TAB).attach('summarize', forever())).rejects.toMatchObject({
    code: 'internal',
  });
});

test('a tab that goes away ends its task and forgets it', async () => {
  const { inner, host, panel } = setUp();
  inner.beforeEvent = (event, signal) => (event === SCRIPT[5] ? aborted(signal) : nextTurn());
  const run = drain(panel.run(summarizeTask(), forever()));
  await until(() => inner.running === 1);
  host.tabGone(TAB);
  await expect(run).rejects.toMatchObject({ code: 'aborted' });
  await until(() => inner.running === 0);
  expect(await panel.attach('summarize', forever())).toBeNull();
});

test('with nothing to do the worker ends after five minutes, and the host may be closed after twenty', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  onTestFinished(() => void vi.useRealTimers());
  const onIdle = vi.fn();
  const { panel, workers } = setUp(new FakeEngine(), onIdle);
  await drain(panel.run(summarizeTask(), forever()));
  await nextTurn();
  vi.advanceTimersByTime(4 * 60_000);
  expect(workers.map(({ terminated }) => terminated)).toEqual([false]);
  vi.advanceTimersByTime(2 * 60_000);
  expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
  vi.advanceTimersByTime(13 * 60_000);
  expect(onIdle).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2 * 60_000);
  expect(onIdle).toHaveBeenCalledTimes(1);
});

test('dispose ends the worker', async () => {
  const { host, panel, workers } = setUp();
  await drain(panel.run(summarizeTask(), forever()));
  host.dispose();
  expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
});

test('fifty panels at once on a cold host: one worker, fifty answers', async () => {
  const { inner, workers, open } = setUp();
  const runs = await Promise.all(
    Array.from({ length: 50 }, (_, tabId) => drain(connectJob(open('panel'), tabId).run(summarizeTask(), forever()))),
  );
  for (const events of runs) expect(textOf(events)).toBe(textOf(SCRIPT));
  expect(workers.length).toBe(1);
  expect(inner.mostRunning).toBe(1);
});
