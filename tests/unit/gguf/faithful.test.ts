// The default model, converted, is still the same model: int8 and 8-bit blocks against its own weights in fp32, beside llama.cpp,
// which rounds too. Runs the real weights for a minute or two.
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { DivergenceMeter } from '../../reference/divergence.ts';
import { expectations, measure } from '../../reference/faithfulness.ts';
import type { Expectation } from '../../reference/faithfulness.ts';
import type { MeasuredOnAll } from '../../reference/golden/faithfulness.ts';

const MINUTES = 60_000;

let expected: Expectation[];
let int8: DivergenceMeter[];
/** As scripts/models/faithfulness.ts wrote it down. */
const measured = JSON.parse(
  readFileSync(new URL('../../reference/golden/faithfulness.json', import.meta.url), 'utf8'),
) as MeasuredOnAll;
/** A part of the prompts, of all kinds. */
const some = <T>(all: T[]) => all.filter((_, index) => index % 8 === 0);

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

it('8-bit blocks keep them better still, on all prompts', () => {
  const { all, each } = measured.q8;
  expect(each.length).toBe(expected.length);
  expect(all.kl).toBeLessThanOrEqual(0.003);
  expect(all.top1).toBeGreaterThanOrEqual(0.965);
});

it('int8 agrees with the exact model as often as llama.cpp does, within noise, on all prompts', () => {
  const { all, each } = measured['llama.cpp'];
  expect(each.length).toBe(expected.length);
  // Two standard errors of the difference of two shares.
  const noise = 2 * Math.sqrt((2 * all.top1 * (1 - all.top1)) / all.positions);
  expect(DivergenceMeter.sum(int8).top1).toBeGreaterThanOrEqual(all.top1 - noise);
});

// They run slowly here. llama.cpp rounds as the processor's instructions do.
it.each([
  ['q8', 0.0005],
  ['llama.cpp', 0.003],
] as const)(
  '%s is what it was when all prompts were measured',
  async (candidate, tolerance) => {
    const now = (await measure(candidate, some(expected))).map((meter) => meter.divergence);
    for (const [i, then] of some(measured[candidate].each).entries()) {
      expect(now[i].positions).toBe(then.positions);
      expect(Math.abs(now[i].kl - then.kl)).toBeLessThanOrEqual(tolerance);
      expect(now[i].referencePerplexity / then.referencePerplexity).toBeCloseTo(1, 3);
      expect(now[i].perplexity / then.perplexity).toBeCloseTo(1, 1);
    }
  },
  5 * MINUTES,
);
