// Chance, many times over: the pack is there whole and verified, or it is not there.
import { expect, test, vi } from 'vitest';
import { forever } from '../../fakes/events.ts';
import { cutAfter } from '../../fakes/bucket.ts';
import { DiskFolder } from './disk-folder.ts';
import { code, EN_TO_FR, failure, Setting, storeOn } from './setting.ts';

vi.mock('../../../lib/model/packs/snapshot.ts', () => import('./small-catalogue.ts'));

const setting = new Setting();

test(
  'connections reset at any byte, 200 times over: the pack is there whole, or not there',
  { timeout: 120_000 },
  async () => {
    const random = generator(1);
    for (let run = 0; run < 200; run++) {
      let resets = 1 + Math.floor(random() * 4);
      setting.bucket.fault = (asked) => resets-- > 0 && cutAfter(Math.floor(random() * asked.body.length))(asked);
      const own = new DiskFolder();
      setting.store = storeOn(own);
      for (let tries = 0; (await setting.stateOf()) !== 'installed'; tries++) {
        expect(tries).toBeLessThan(10);
        await failure(setting.store.read(EN_TO_FR, forever())).toEqual(code('pack-missing'));
        await setting.download().catch((error: unknown) => expect(error).toEqual(code('download-failed')));
      }
      await setting.expectWhole();
      own.destroy();
    }
  },
);

test(
  'killed at any step, 200 times over: the next start has the pack whole, or goes on',
  { timeout: 120_000 },
  async () => {
    const random = generator(2);
    for (let run = 0; run < 200; run++) {
      const dying = new DiskFolder();
      dying.lifetime = Math.floor(random() * 700_000);
      setting.store = storeOn(dying);
      await setting.download().catch((error: unknown) => expect(String(error)).toContain('killed'));
      const own = new DiskFolder(dying.path);
      setting.store = storeOn(own);
      if ((await setting.stateOf()) !== 'installed')
        await failure(setting.store.read(EN_TO_FR, forever())).toEqual(code('pack-missing'));
      else await setting.expectWhole();
      await setting.download();
      await setting.expectWhole();
      own.destroy();
    }
  },
);

/** mulberry32: the same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
