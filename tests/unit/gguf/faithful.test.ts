// The default model, converted, is still the same model: int8 and 8-bit blocks against its own weights in fp32, beside llama.cpp,
// which rounds too. Runs the real weights for a minute or two.
import { beforeAll, expect, it } from 'vitest';
import { DivergenceMeter } from '../../reference/divergence.ts';
import { expectations, measure } from '../../reference/faithfulness.ts';
import type { Expectation } from '../../reference/faithfulness.ts';

const MINUTES = 60_000;

let expected: Expectation[];
let int8: DivergenceMeter[];
/** A part of the prompts, of all kinds, for what runs slowly here. */
const some = <T>(all: T[]) => all.filter((_, index) => index % 4 === 0);

beforeAll(async () => {
  expected = await expectations();
  int8 = await measure('int8', expected);
}, 10 * MINUTES);

it('int8 keeps the distributions, the first choices and the perplexity', () => {
  const ours = DivergenceMeter.sum(int8);
  console.log('int8', ours);
  expect(expected.length).toBeGreaterThanOrEqual(24);
  expect(ours.positions).toBeGreaterThanOrEqual(1400);
  expect(ours.kl).toBeLessThanOrEqual(0.006);
  expect(ours.top1).toBeGreaterThanOrEqual(0.97);
  expect(ours.clearTop1).toBeGreaterThanOrEqual(0.98);
  expect(ours.perplexity / ours.referencePerplexity).toBeLessThan(1.03);
});

it(
  '8-bit blocks keep them better still',
  async () => {
    const q8 = DivergenceMeter.sum(await measure('q8', some(expected)));
    console.log('q8', q8);
    expect(q8.kl).toBeLessThanOrEqual(0.003);
    expect(q8.top1).toBeGreaterThanOrEqual(0.965);
  },
  5 * MINUTES,
);

it(
  'int8 agrees with the exact model as often as llama.cpp does, within noise',
  async () => {
    const llama = DivergenceMeter.sum(await measure('llama.cpp', some(expected)));
    const ours = DivergenceMeter.sum(some(int8));
    console.log('llama.cpp', llama, 'int8 on the same prompts', ours);
    // Two standard errors of the difference of two shares.
    const noise = 2 * Math.sqrt((2 * llama.top1 * (1 - llama.top1)) / llama.positions);
    expect(ours.top1).toBeGreaterThanOrEqual(llama.top1 - noise);
  },
  5 * MINUTES,
);
