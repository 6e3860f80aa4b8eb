// The default model, converted, is still the same model: int8 and 8-bit blocks against its own weights in fp32, beside llama.cpp,
// which rounds too. Runs the real weights for about a minute.
import { beforeAll, expect, it } from 'vitest';
import type { Divergence } from '../../reference/divergence.ts';
import { expectations, measure } from '../../reference/faithfulness.ts';
import type { Expectation } from '../../reference/faithfulness.ts';

const MINUTES = 60_000;

let expected: Expectation[];
let int8: Divergence;
/** Every third prompt, for what runs slowly here. */
let some: Expectation[];

beforeAll(async () => {
  expected = await expectations();
  some = expected.filter((_, index) => index % 3 === 0);
  int8 = await measure('int8', expected);
}, 10 * MINUTES);

it('int8 keeps the distributions, the first choices and the perplexity', () => {
  console.log('int8', int8);
  expect(expected.length).toBeGreaterThanOrEqual(24);
  expect(int8.positions).toBeGreaterThanOrEqual(1400);
  expect(int8.kl).toBeLessThanOrEqual(0.006);
  expect(int8.top1).toBeGreaterThanOrEqual(0.97);
  expect(int8.perplexity / int8.referencePerplexity).toBeLessThan(1.02);
});

it(
  '8-bit blocks keep them better still',
  async () => {
    const q8 = await measure('q8', some);
    console.log('q8', q8);
    expect(q8.kl).toBeLessThanOrEqual(0.003);
    expect(q8.top1).toBeGreaterThanOrEqual(0.97);
  },
  5 * MINUTES,
);

it(
  'int8 agrees with the exact model as often as llama.cpp does, within noise',
  async () => {
    const llama = await measure('llama.cpp', some);
    const ours = await measure('int8', some);
    console.log('llama.cpp', llama, 'int8', ours);
    // Two standard errors of the difference of two shares.
    const noise = 2 * Math.sqrt((2 * llama.top1 * (1 - llama.top1)) / llama.positions);
    expect(ours.top1).toBeGreaterThanOrEqual(llama.top1 - noise);
  },
  5 * MINUTES,
);
