// What models write is kept for the same task once more: not of private windows, and not where the reader does not want it.
import { beforeEach, expect, test, vi } from 'vitest';
import type { JobEngine } from '../../../lib/engine/engine.ts';
import { resultUse, reusingResults } from '../../../lib/platform/result-use.ts';
import type { JobTask, ResultUse } from '../../../lib/protocol.ts';
import { summarizeTask } from '../../fakes/article.ts';
import { drain, forever } from '../../fakes/events.ts';

const state = vi.hoisted((): { incognito: boolean; settings: object } => ({ incognito: false, settings: {} }));
vi.mock('wxt/browser', () => ({
  browser: {
    windows: { getCurrent: () => Promise.resolve({ incognito: state.incognito }) },
    storage: {
      local: { get: () => Promise.resolve({ settings: state.settings }) },
      managed: { get: () => Promise.resolve({}) },
    },
  },
}));
beforeEach(() => Object.assign(state, { incognito: false, settings: {} }));

/** What a task of the panel says of its result when it gets to the engine. */
async function saidOf(results?: ResultUse): Promise<ResultUse | undefined> {
  const tasks: JobTask[] = [];
  const engine: JobEngine = {
    run: async function* (task) {
      tasks.push(await Promise.resolve(task));
      yield { kind: 'done', finishReason: 'stop', metrics: null };
    },
    attach: () => Promise.resolve(null),
  };
  await drain(reusingResults(engine).run({ ...summarizeTask(), ...(results && { results }) }, forever()));
  return tasks[0].results;
}

test('what was made earlier will do, unless it is to be made anew', async () => {
  expect(await saidOf()).toBe('reuse');
  expect(await saidOf('renew')).toBe('renew');
});

test('in a private window nothing is kept or given, whatever is asked for', async () => {
  state.incognito = true;
  expect([await saidOf(), await saidOf('renew')]).toEqual([undefined, undefined]);
  expect(await resultUse('reuse', true)).toEqual({});
});

test('nor where the reader has turned it off', async () => {
  state.settings = { keepResults: false };
  expect([await saidOf(), await saidOf('renew')]).toEqual([undefined, undefined]);
  expect(await resultUse('reuse', false)).toEqual({});
});
