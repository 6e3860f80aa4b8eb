import { describe, expect, it } from 'vitest';
import { MemoryCache, type CachedTranslation } from '../../../lib/tasks/translation/cache.ts';

const pair = { from: 'en', to: 'pt' };
const as = (text: string): CachedTranslation => ({ text, alignment: [], doubts: [] });
const put = (cache: MemoryCache, sentence: string, text: string) => {
  cache.putMany(pair, new Map([[sentence, as(text)]]));
};
const texts = async (cache: MemoryCache, ...sentences: string[]) =>
  (await cache.getMany(pair, sentences)).map((found) => found?.text);

describe('the cache in memory', () => {
  it('answers in the order asked, and says what it does not have', async () => {
    const cache = new MemoryCache();
    put(cache, 'one', 'um');
    put(cache, 'two', 'dois');
    expect(await texts(cache, 'two', 'three', 'one')).toEqual(['dois', undefined, 'um']);
  });

  it('tells pairs of languages apart', async () => {
    const cache = new MemoryCache();
    put(cache, 'one', 'um');
    expect(await cache.getMany({ from: 'en', to: 'es' }, ['one'])).toEqual([undefined]);
  });

  it('forgets what was longest unused, not what was first kept', async () => {
    const cache = new MemoryCache(60);
    for (const name of ['aaaaaaaa', 'bbbbbbbb']) put(cache, name, name);
    await texts(cache, 'aaaaaaaa');
    put(cache, 'cccccccc', 'cccccccc');
    expect(await texts(cache, 'aaaaaaaa', 'bbbbbbbb', 'cccccccc')).toEqual(['aaaaaaaa', undefined, 'cccccccc']);
  });

  it('counts a sentence that is kept again once', async () => {
    const cache = new MemoryCache(60);
    for (let i = 0; i < 10; i++) put(cache, 'aaaaaaaa', 'x'.repeat(i));
    put(cache, 'bbbbbbbb', 'b');
    expect(await texts(cache, 'aaaaaaaa', 'bbbbbbbb')).toEqual(['xxxxxxxxx', 'b']);
  });

  it('keeps nothing that is larger than it may be', async () => {
    const cache = new MemoryCache(60);
    put(cache, 'a', 'x'.repeat(100));
    expect(await texts(cache, 'a')).toEqual([undefined]);
  });
});
