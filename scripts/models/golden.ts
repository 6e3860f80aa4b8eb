// `npm run golden`: has every model here go on after the fixed prompts, in both browsers, and writes down what they say: what
// tests/e2e/golden.test.ts holds the next builds to. What differs between browsers or threads stands side by side, with who said it.
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DEFAULT_MODEL } from '../../lib/model/catalog.ts';
import { GgufFile } from '../../lib/model/gguf/gguf-file.ts';
import { tokenizerFromGguf } from '../../lib/model/gguf/tokenizer.ts';
import { GPU_SWITCHES, openGoldenSite, runsIn, type GoldenRun } from '../../tests/e2e/golden-runs.ts';
import { tinyGguf } from '../../tests/reference/tiny-gguf.ts';
import { launch } from '../browser/launch.ts';

interface Golden extends Pick<GoldenRun, 'model' | 'device'> {
  prompt: string;
  continuations: { ids: number[]; text: string; by: string[]; margin: number }[];
}

const ROOT = resolve(import.meta.dirname, '../..');
const FILE = resolve(ROOT, 'tests/reference/golden/continuations.json');
const texts: Record<GoldenRun['model'], (ids: number[]) => string> = {
  'smollm2-135m-instruct': await decoderOf(await readFile(resolve(ROOT, '.cache/models', DEFAULT_MODEL.weights.name))),
  tiny: await decoderOf(tinyGguf()),
};

const golden: Golden[] = [];
for (const browser of ['chromium', 'firefox'] as const) {
  const driver = await launch(browser, { args: GPU_SWITCHES });
  const site = await openGoldenSite(driver);
  try {
    for (const run of runsIn(driver)) {
      const by = run.device === 'gpu' ? browser : `${browser}, threads: ${run.threads}`;
      for (const [index, { ids, margin }] of (await site.run(run)).entries()) {
        note(run, run.prompts[index], { ids, margin, by });
      }
      console.log(`${run.model} on the ${run.device}: ${by}`);
    }
  } finally {
    site.close();
    await driver.close();
  }
}
await writeFile(FILE, `${JSON.stringify(golden, null, 2)}\n`);
console.log(`Written: ${FILE}; format it with npm run format`);

function note(
  { model, device }: GoldenRun,
  prompt: string,
  { ids, margin, by }: { ids: number[]; margin: number; by: string },
): void {
  let entry = golden.find((each) => each.model === model && each.device === device && each.prompt === prompt);
  if (!entry) golden.push((entry = { model, device, prompt, continuations: [] }));
  const known = entry.continuations.find((each) => each.ids.join() === ids.join());
  const rounded = Number(margin.toFixed(2));
  if (known) {
    known.by.push(by);
    known.margin = Math.min(known.margin, rounded);
  } else entry.continuations.push({ text: texts[model](ids), ids, by: [by], margin: rounded });
}

async function decoderOf(gguf: Uint8Array): Promise<(ids: number[]) => string> {
  const tokenizer = tokenizerFromGguf((await GgufFile.open(Uint8Array.from(gguf).buffer)).metadata);
  return (ids) => Buffer.concat(ids.map((id) => tokenizer.bytesOf(id))).toString('utf8');
}
