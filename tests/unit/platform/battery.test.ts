// What is done unasked is done on the mains, or with power to spare.
import { afterEach, expect, test, vi } from 'vitest';
import { whenBatteryIsLow } from '../../../lib/platform/battery.ts';

class FakeBattery extends EventTarget {
  charging = false;
  level = 0.9;

  change(change: Partial<Pick<FakeBattery, 'charging' | 'level'>>): void {
    Object.assign(this, change);
    this.dispatchEvent(new Event('level' in change ? 'levelchange' : 'chargingchange'));
  }
}

function withBattery(battery?: FakeBattery): void {
  vi.stubGlobal('navigator', battery ? { getBattery: () => Promise.resolve(battery) } : {});
}
afterEach(() => vi.unstubAllGlobals());

test('it runs low while something is done', async () => {
  const battery = new FakeBattery();
  withBattery(battery);
  const low = await whenBatteryIsLow(new AbortController().signal);
  battery.change({ level: 0.5 });
  expect(low.aborted).toBe(false);
  battery.change({ level: 0.29 });
  expect(low.aborted).toBe(true);
});

test('it is low from the start, or the mains go away', async () => {
  const battery = new FakeBattery();
  withBattery(battery);
  battery.level = 0.1;
  expect((await whenBatteryIsLow(new AbortController().signal)).aborted).toBe(true);
  battery.charging = true;
  const low = await whenBatteryIsLow(new AbortController().signal);
  expect(low.aborted).toBe(false);
  battery.change({ charging: false });
  expect(low.aborted).toBe(true);
});

test('nobody listens any more when it is over; a browser that does not tell is taken to have power', async () => {
  const battery = new FakeBattery();
  withBattery(battery);
  const over = new AbortController();
  const low = await whenBatteryIsLow(over.signal);
  over.abort();
  battery.change({ level: 0 });
  expect(low.aborted).toBe(false);
  withBattery();
  expect((await whenBatteryIsLow(over.signal)).aborted).toBe(false);
});
