// A download from a real server onto a real disk, and what comes between.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { AppError } from '../../../lib/errors.ts';
import { readMissingRoom } from '../../../lib/model/download/room.ts';
import type { DownloadProgress } from '../../../lib/model/download/task-events.ts';
import type { DownloadOptions } from '../../../lib/model/packs/download.ts';
import { cutAfter, on, once, silentAfter } from '../../fakes/bucket.ts';
import { code, EN_TO_FR, failure, MODEL, packOf, Setting, SHORTLIST, storeOn, VOCABULARY } from './setting.ts';
import { DE_EN, EN_FR, EN_JA } from './small-catalogue.ts';

vi.mock('../../../lib/model/packs/snapshot.ts', () => import('./small-catalogue.ts'));

const setting = new Setting();

describe('a download', () => {
  test('brings every file, verified, and says how far it is', async () => {
    const progress: DownloadProgress[] = [];
    await setting.download(EN_TO_FR, { onProgress: (each) => progress.push(each) });
    await setting.expectWhole();
    expect(await setting.stateOf()).toBe('installed');
    expect(setting.bucket.asked.map(({ path }) => path)).toEqual([MODEL, SHORTLIST, VOCABULARY]);
    const totalBytes = EN_FR.reduce((sum, [, { compressed }]) => sum + compressed.length, 0);
    expect(progress.at(-1)).toEqual({ loadedBytes: totalBytes, totalBytes });
    expect(progress.map(({ loadedBytes }) => loadedBytes)).toEqual(
      progress.map(({ loadedBytes }) => loadedBytes).sort((a, b) => a - b),
    );
    expect(progress.length).toBeGreaterThan(4);
  });

  test('keeps nothing but the files and their record', async () => {
    await setting.download();
    expect([...(await setting.folder.sizes()).keys()].sort()).toEqual(
      ['en-fr.json', 'en-fr.model', 'en-fr.shortlist', 'en-fr.vocabulary'].sort(),
    );
  });

  test('of what is installed asks nothing', async () => {
    await setting.download();
    setting.bucket.asked.length = 0;
    await setting.download();
    expect(setting.bucket.asked).toEqual([]);
  });

  test('of languages of their own vocabularies brings both', async () => {
    await setting.download({ from: 'en', to: 'ja' });
    await setting.expectWhole({ from: 'en', to: 'ja' }, EN_JA);
  });

  test('of a pair through English brings both directions', async () => {
    await setting.download({ from: 'de', to: 'fr' });
    await setting.expectWhole({ from: 'de', to: 'en' }, DE_EN);
    await setting.expectWhole();
    expect(await setting.stateOf({ from: 'de', to: 'en' })).toBe('installed');
    expect(await setting.stateOf()).toBe('installed');
  });

  test('of a pair that there is not fails before anything is asked', async () => {
    await failure(setting.download({ from: 'fr', to: 'de' })).toEqual(code('no-such-pair'));
    expect(setting.bucket.asked).toEqual([]);
  });
});

describe('a connection', () => {
  test('that is cut is gone on with where it was cut', async () => {
    setting.bucket.fault = once(on(MODEL, cutAfter(70_000)));
    await setting.download();
    await setting.expectWhole();
    const [first, second] = setting.bucket.asked;
    expect(first.range).toBeUndefined();
    const start = Number(/^bytes=(\d+)-$/.exec(second.range!)![1]);
    expect(start).toBeGreaterThan(0);
    expect(start).toBeLessThanOrEqual(70_000);
    expect(second.ifRange).toMatch(/^"/);
  });

  test('that is cut again and again ends the call, and the next call goes on', async () => {
    let served = 0;
    setting.bucket.fault = on(MODEL, (asked) => cutAfter(served++ === 0 ? 50_000 : 0)(asked));
    await failure(setting.download()).toEqual(code('download-failed'));
    expect(await setting.stateOf()).toBe('partial');
    const { storedBytes, downloadBytes } = await packOf(setting.store, EN_TO_FR);
    expect(storedBytes).toBeGreaterThan(10_000);
    setting.bucket.fault = null;
    setting.bucket.asked.length = 0;
    const progress: DownloadProgress[] = [];
    await setting.download(EN_TO_FR, { onProgress: (each) => progress.push(each) });
    await setting.expectWhole();
    expect(setting.bucket.asked[0].range).toBeDefined();
    expect(progress[0].totalBytes - progress[0].loadedBytes).toBe(downloadBytes);
  });

  test('that says nothing any more counts as cut', async () => {
    setting.bucket.fault = once(on(MODEL, silentAfter(60_000)));
    await setting.download(EN_TO_FR, { stallMs: 150 });
    await setting.expectWhole();
    expect(setting.bucket.asked[1].range).toBeDefined();
  });

  test('that never says anything is no connection', async () => {
    setting.bucket.fault = () => true;
    await failure(setting.download(EN_TO_FR, { stallMs: 50 })).toEqual(code('offline'));
    expect(await setting.stateOf()).toBe('available');
  });

  test('that there is not is said so', async () => {
    await setting.bucket.close();
    await failure(setting.download()).toEqual(code('offline'));
  });

  test('is ended when the reader stops, and what has come stays', async () => {
    const reader = new AbortController();
    setting.bucket.fault = on(MODEL, silentAfter(60_000));
    const onProgress = ({ loadedBytes }: DownloadProgress) => loadedBytes > 0 && reader.abort();
    await failure(setting.download(EN_TO_FR, { signal: reader.signal, onProgress })).toEqual(code('aborted'));
    expect(await setting.stateOf()).toBe('partial');
    setting.bucket.fault = null;
    await setting.download();
    expect(setting.bucket.asked[1].range).toBeDefined();
    await setting.expectWhole();
  });
});

describe('a disk', () => {
  test('that the browser knows to be full is not begun to be filled', async () => {
    await failure(setting.download(EN_TO_FR, { freeBytes: () => Promise.resolve(300_000) })).toEqual(
      code('storage-full'),
    );
    expect(setting.bucket.asked).toEqual([]);
    await setting.download(EN_TO_FR, { freeBytes: () => Promise.resolve(500_000) });
    await setting.expectWhole();
  });

  test.each([10_000, 100_000, 150_000, 250_000, 300_000])(
    'that is full after %i bytes keeps what has come, and what else is there',
    async (room) => {
      await setting.download({ from: 'de', to: 'en' });
      const before = await setting.folder.sizes();
      setting.folder.capacityBytes = (await setting.folder.storedBytes()) + room;
      await failure(setting.download()).toEqual(code('storage-full'));
      const kept = await setting.folder.sizes();
      expect(await setting.stateOf()).toBe('partial');
      expect([...kept]).toEqual(expect.arrayContaining([...before]));
      expect([...kept.keys()].filter((name) => name.endsWith('.part'))).toEqual([]);

      setting.folder.capacityBytes = Infinity;
      setting.bucket.asked.length = 0;
      await setting.download();
      // Neither what is whole nor the beginning of what is not comes again.
      expect(setting.bucket.asked.filter(({ range }) => !range).length).toBeLessThan(EN_FR.length);
      await setting.expectWhole();
      await setting.expectWhole({ from: 'de', to: 'en' }, DE_EN);
    },
  );

  test('that is full says what is needed, less what has come, and what is free', async () => {
    const freeBytes = () => Promise.resolve(300_000);
    const told = async (options: Partial<DownloadOptions>) => {
      const error: unknown = await setting.download(EN_TO_FR, options).catch((thrown: unknown) => thrown);
      return readMissingRoom((error as AppError).detail);
    };
    const { neededBytes = 0, ...free } = (await told({ freeBytes })) ?? {};
    expect(free).toEqual({ freeBytes: 300_000 });
    setting.folder.capacityBytes = 10_000;
    // The browser's estimate is of no use then.
    expect(await told({})).toEqual({
      neededBytes: neededBytes - (await setting.folder.sizes()).get('en-fr.model.gz')!,
    });
  });
});

describe('at the same time', () => {
  beforeEach(() => (setting.store = storeOn(setting.folder, new Turns() as unknown as LockManager)));

  test('two downloads bring the files once', async () => {
    await Promise.all([setting.download(), setting.download()]);
    await setting.expectWhole();
    expect(setting.bucket.asked).toHaveLength(3);
  });

  test('a deletion waits for the download, and then deletes', async () => {
    let deletion: Promise<void> | undefined;
    await setting.download(EN_TO_FR, { onProgress: () => void (deletion ??= setting.store.delete(EN_TO_FR)) });
    await deletion;
    expect(await setting.stateOf()).toBe('available');
    expect(await setting.folder.storedBytes()).toBe(0);
  });
});

/** A lock of one name, as browsers have them: one after another. */
class Turns {
  private last: Promise<unknown> = Promise.resolve();

  request(_name: string, _options: LockOptions, run: () => Promise<void>): Promise<void> {
    const turn = this.last.then(run);
    this.last = turn;
    return turn;
  }
}
