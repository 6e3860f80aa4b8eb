// A model measured on a device: by that model, there, from its load on, or not at all. Real supervisors over fake workers.
import { expect, test } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import type { MeasureTask } from '../../../lib/protocol.ts';
import { summarizeTask } from '../../fakes/article.ts';
import { setUp } from './choosing.ts';

const BOTH = () =>
  Promise.resolve({
    backends: [
      { device: 'gpu' as const, threads: 1 },
      { device: 'cpu' as const, threads: 4 },
    ],
  });
const measure = (model: string, device: MeasureTask['device']): MeasureTask => ({
  kind: 'measure',
  model,
  device,
  sample: summarizeTask(),
});
const code = (code: string) => expect.objectContaining({ code }) as unknown;

test('on the device that is asked for, whatever is chosen and better', async () => {
  const { run, workers } = setUp({ device: 'cpu' }, {}, { probe: BOTH });
  for (const device of ['gpu', 'cpu'] as const) {
    const { events, error } = await run(measure(DEFAULT_MODEL.id, device));
    expect(error).toBeUndefined();
    expect(events[0]).toMatchObject({ kind: 'backend', model: DEFAULT_MODEL.name, device });
    expect(events.at(-1)!.kind).toBe('done');
  }
  expect(workers.map(({ start }) => start?.device)).toEqual(['gpu', 'cpu']);
});

test('from its load on: each time in a worker of its own, and one at a time', async () => {
  const { run, workers, alive } = setUp();
  await run(measure('large', 'cpu'));
  await run(measure('large', 'cpu'));
  expect(workers).toHaveLength(2);
  expect(alive()).toEqual(['large']);
  await run(summarizeTask());
  expect(alive()).toHaveLength(1);
});

test('what fails there is not tried elsewhere', async () => {
  const failing = { before: { [DEFAULT_MODEL.id]: new AppError('wrong-numbers', 'self-test: wrong') } };
  const { run, workers } = setUp({}, failing, { probe: BOTH });
  expect((await run(measure(DEFAULT_MODEL.id, 'gpu'))).error).toMatchObject({ detail: 'self-test: wrong' });
  expect(workers).toHaveLength(1);
});

test('on a GPU that is not there, of a model that is gone or too large, or with nothing to hold the GPU to, nothing runs', async () => {
  const untested = { ...DEFAULT_MODEL, id: 'untested', knownAnswer: undefined };
  const installed = () => Promise.resolve([DEFAULT_MODEL, untested]);
  const { run, workers } = setUp({}, {}, { probe: BOTH, installed, fits: () => false });
  expect((await run(measure('untested', 'gpu'))).error).toEqual(code('unsupported'));
  expect((await run(measure('gone', 'cpu'))).error).toEqual(code('model-missing'));
  expect((await run(measure('untested', 'cpu'))).error).toEqual(code('out-of-memory'));
  expect((await setUp().run(measure(DEFAULT_MODEL.id, 'gpu'))).error).toEqual(code('unsupported'));
  expect(workers).toEqual([]);
});

test('without a sample on the best device, by a worker that is told to do nothing else', async () => {
  const { run, workers } = setUp({}, {}, { probe: BOTH });
  const { events } = await run({ kind: 'measure', model: DEFAULT_MODEL.id, device: 'automatic', sample: null });
  expect(events[0]).toMatchObject({ kind: 'backend', device: 'gpu' });
  expect(workers).toHaveLength(1);
  const chosen = await setUp({ device: 'cpu' }, {}, { probe: BOTH }).run({ ...measure(DEFAULT_MODEL.id, 'automatic') });
  expect(chosen.events[0]).toMatchObject({ kind: 'backend', device: 'cpu' });
});
