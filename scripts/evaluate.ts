// `npm run evaluate -- <folder> [--json FILE] [--compose]`: how well pages are read and summarized, over a folder laid out as the
// test pages of mozilla/readability. `--compose` prints what the model composes, sentence by sentence, for a person to judge.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { evaluateExtraction } from './evaluate-extraction.ts';
import { printCompositions } from './evaluation/compositions.ts';
import { openModels } from './evaluation/node-models.ts';
import { evaluateTldr, type Quality } from './evaluation/tldr.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    compose: { type: 'boolean', default: false },
    /** Leaves out the model writing freely: a minute instead of ten. */
    'no-model': { type: 'boolean', default: false },
  },
});
if (positionals.length !== 1)
  throw new Error('Usage: npm run evaluate -- <folder> [--json FILE] [--compose] [--no-model]');

const extraction = await evaluateExtraction(positionals[0]);
const pages = extraction.pages.map(({ name, article }) => ({ name, article }));
const models = await openModels();
try {
  const { references, tldr, baselines } = await evaluateTldr(pages, values['no-model'] ? null : await models.model());
  const percent = (value: number) => (100 * value).toFixed(1).padStart(6);
  const row = (name: string, { rouge1, rouge2, rougeL, unsupported }: Quality) =>
    `${name.padEnd(22)}${percent(rouge1)}${percent(rouge2)}${percent(rougeL)}${percent(unsupported)} %`;
  console.log(
    `Extraction over ${pages.length} pages: recall${percent(extraction.recall)} %, precision${percent(extraction.precision)} %`,
  );
  console.log(`\nTl;dr against the descriptions of ${references.length} pages (${references.join(', ')})`);
  console.log(`${''.padEnd(22)}    R1    R2    RL  unsupported numbers and names`);
  console.log(row('Inkling', tldr));
  console.log(row('first sentences', baselines.lead));
  console.log(row('TextRank', baselines.textRank));
  if (baselines.model) console.log(row('the model, freely', baselines.model));
  if (values.json) {
    const { recall, precision } = extraction;
    const results = { pages: pages.length, extraction: { recall, precision }, tldr, baselines };
    await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
  }
  if (values.compose) await printCompositions(pages, models);
} finally {
  await models.close();
}
