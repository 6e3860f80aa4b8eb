// Writes tests/reference/golden/faithfulness.json: how far the default model in 8-bit blocks, and llama.cpp on the same file, are from
// its weights in fp32, on all prompts. That takes a quarter of an hour; the tests run a part of it again and hold it to this.
// npx tsx scripts/models/faithfulness.ts
import { writeFileSync } from 'node:fs';
import { DivergenceMeter } from '../../tests/reference/divergence.ts';
import { expectations, measure } from '../../tests/reference/faithfulness.ts';
import type { MeasuredOnAll } from '../../tests/reference/golden/faithfulness.ts';

const expected = await expectations();
const [q8, llama] = [await measure('q8', expected), await measure('llama.cpp', expected)];
const measured: MeasuredOnAll = {
  q8: { all: DivergenceMeter.sum(q8), each: q8.map((meter) => meter.divergence) },
  'llama.cpp': { all: DivergenceMeter.sum(llama), each: llama.map((meter) => meter.divergence) },
};
writeFileSync(
  new URL('../../tests/reference/golden/faithfulness.json', import.meta.url),
  `${JSON.stringify(measured, null, 2)}\n`,
);
