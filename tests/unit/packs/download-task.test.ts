import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { downloadTask } from '../../../lib/model/packs/download-task.ts';
import { PackStore } from '../../../lib/model/packs/pack-store.ts';
import type { DownloadTask, ProgressEvent, TaskEvent } from '../../../lib/protocol.ts';
import { drain, forever } from '../../fakes/events.ts';
import { openBucket, silentAfter, type Bucket } from '../../fakes/bucket.ts';
import { DiskFolder } from './disk-folder.ts';
import { FILES } from './small-catalogue.ts';

vi.mock('../../../lib/model/packs/snapshot.ts', () => import('./small-catalogue.ts'));

let bucket: Bucket;
let folder: DiskFolder;
let store: PackStore;
let task: DownloadTask;

beforeEach(async () => {
  bucket = await openBucket(FILES);
  folder = new DiskFolder();
  store = new PackStore({ folder, packaged: [], assetsUrl: '' });
  task = { kind: 'download', pair: { from: 'de', to: 'fr' }, mirror: bucket.url };
});
afterEach(async () => {
  await bucket.close();
  folder.destroy();
});

const isProgress = (event: TaskEvent): event is ProgressEvent => event.kind === 'progress';

test('a run tells how far it is, up to the whole, and ends with done', async () => {
  const events = await drain(downloadTask(task, store, forever()));
  expect(events.at(-1)).toEqual({ kind: 'done', finishReason: 'stop', metrics: null });
  const progress = events.slice(0, -1).filter(isProgress);
  expect(progress).toHaveLength(events.length - 1);
  const fractions = progress.map(({ fraction }) => fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(progress.at(-1)).toMatchObject({ phase: 'loading', fraction: 1 });
  expect(progress.at(-1)!.loadedBytes).toBe(progress.at(-1)!.totalBytes);
  for (const direction of store.route(task.pair)) expect(await store.has(direction)).toBe(true);
});

test('the time left is told once the speed is known', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const left: (number | undefined)[] = [];
    for await (const event of downloadTask(task, store, forever())) {
      if (isProgress(event)) left.push(event.remainingMs);
      vi.advanceTimersByTime(500);
    }
    expect(left[0]).toBeUndefined();
    expect(left.at(-1)).toBe(0);
    expect(left.some((ms) => ms !== undefined && ms > 0)).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

test('of what is installed already there is nothing to tell but that it is done', async () => {
  await drain(downloadTask(task, store, forever()));
  expect(await drain(downloadTask(task, store, forever()))).toEqual([
    { kind: 'done', finishReason: 'stop', metrics: null },
  ]);
});

test('a failure is thrown', async () => {
  await bucket.close();
  const run = drain(downloadTask(task, store, forever()));
  await expect(run).rejects.toEqual(expect.objectContaining({ code: 'offline' }));
});

test('a run stopped or left is at rest when it has ended, and its bytes stay', async () => {
  bucket.fault = silentAfter(5000);
  const reader = new AbortController();
  const stopped = async () => {
    for await (const event of downloadTask(task, store, reader.signal)) {
      if (isProgress(event) && event.loadedBytes! > 0) reader.abort();
    }
  };
  await expect(stopped()).rejects.toEqual(expect.objectContaining({ code: 'aborted' }));
  const stored = await folder.storedBytes();
  expect(stored).toBeGreaterThan(0);

  for await (const event of downloadTask(task, store, forever())) if (isProgress(event)) break;
  expect(await folder.storedBytes()).toBeGreaterThanOrEqual(stored);
  bucket.fault = null;
  await drain(downloadTask(task, store, forever()));
  for (const direction of store.route(task.pair)) expect(await store.has(direction)).toBe(true);
});
