// How fast models have written here: what was measured last stands, and nothing of servers.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noteSpeed, readSpeeds } from '../../../lib/platform/speeds.ts';
import type { BackendEvent, Metrics } from '../../../lib/protocol.ts';
import { browser, fakeLocks, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

beforeEach(() => {
  resetBrowser();
  vi.stubGlobal('navigator', { locks: fakeLocks() });
});
afterEach(() => vi.unstubAllGlobals());

const note = (model: string, decodeTokensPerSecond: number, device: BackendEvent['device'] = 'cpu') =>
  noteSpeed({ kind: 'backend', model, device, threads: 2 }, { decodeTokensPerSecond } as Metrics);

test('the last measurement of each model is kept', async () => {
  expect(await readSpeeds()).toEqual({});
  await Promise.all([note('Qwen3 0.6B', 12), note('SmolLM2 135M', 40)]);
  await note('Qwen3 0.6B', 14, 'gpu');
  expect(await readSpeeds()).toEqual({ 'Qwen3 0.6B': 14, 'SmolLM2 135M': 40 });
});

test('of a server, and of a run that wrote nothing, nothing is', async () => {
  await note('qwen3:8b', 60, 'remote');
  await note('Silent', 0);
  await note('Silent', NaN);
  expect(await readSpeeds()).toEqual({});
});

test.each([null, 'x', 1, { a: 'fast' }])('what is stored as %j counts as nothing', async (stored) => {
  await browser.storage.local.set({ speeds: stored });
  expect(await readSpeeds()).toEqual({});
});
