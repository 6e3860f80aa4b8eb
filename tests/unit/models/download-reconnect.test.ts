// A model of the hub, and a network that goes away in the middle, as where a machine sleeps and wakes.
import { describe, expect, test } from 'vitest';
import { once, silentAfter } from '../../fakes/hub.ts';
import type { ModelDownload } from '../../../lib/model/hub/download-model.ts';
import { code, failure, ID, Setting, WEIGHTS } from './setting.ts';

const setting = new Setting();
const HALF = WEIGHTS.length >> 1;

describe('a network', () => {
  /**
   * Half of the file comes, then the connection dies, its address expires, and so many attempts find no network, as when a machine
   * sleeps and wakes.
   */
  function goingAway(attempts: number): Pick<ModelDownload, 'fetch' | 'onProgress' | 'stallMs'> {
    let left = attempts;
    let die: (() => void) | undefined;
    let isAway = false;
    setting.hub.fault = once((asked) => {
      die = () => asked.response.destroy();
      return silentAfter(HALF)(asked);
    });
    return {
      stallMs: 30_000,
      fetch: (url, init) =>
        isAway && left-- > 0 ? Promise.reject(new TypeError('Failed to fetch')) : fetch(url, init),
      onProgress: ({ loadedBytes }) => {
        if (isAway || loadedBytes < HALF) return;
        isAway = true;
        setting.hub.expire();
        die?.();
      },
    };
  }

  test('that is gone when a machine wakes is waited for, and what has come is not asked for again', async () => {
    await setting.download({ ...goingAway(3), reconnectMs: 1 });
    await setting.expectWhole();
    expect(setting.hub.fetched.map(({ range }) => range)).toEqual([undefined, `bytes=${HALF}-`]);
  });

  test('that stays away is told, and what has come is kept', async () => {
    await failure(setting.download({ ...goingAway(Infinity), reconnectMs: 1 })).toEqual(code('offline'));
    expect(await setting.store.partialBytes(ID)).toBe(HALF);
  });

  test('is waited for no longer than the reader wants', async () => {
    const pausing = new AbortController();
    const { fetch: away, ...rest } = goingAway(Infinity);
    const fetching: typeof fetch = (...asked) => {
      const answer = away!(...asked);
      answer.catch(() => pausing.abort());
      return answer;
    };
    const waiting = setting.download({ ...rest, fetch: fetching, signal: pausing.signal, reconnectMs: 600_000 });
    await failure(waiting).toEqual(code('aborted'));
  });

  test('that was never there is not waited for', async () => {
    const absent = () => Promise.reject(new TypeError('Failed to fetch'));
    await failure(setting.download({ fetch: absent, reconnectMs: 600_000 })).toEqual(code('offline'));
  });
});
