// `npm run bench`: Inkling against its peers on this machine. `-- --only language` (or `translation`, `page`, `keySentences`, `passages`, `answers`, `rewriting`), `--json FILE`, `--runs N`,
// `--threads 1,2`; `--engines inkling,transformers.js` narrows the language section (with a `--json` of its own, or the other engines' rows are lost).
// Prints tables and ratios; writes bench/results.json, where a section not run stays as it was. Machines are noisy: the ratios count, all engines being measured in one run.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { JSDOM } from 'jsdom';
import { DEFAULT_MODEL } from '../lib/model/catalog.ts';
import { GgufFile } from '../lib/model/gguf/gguf-file.ts';
import { tokenizerFromGguf } from '../lib/model/gguf/tokenizer.ts';
import { answersRows } from './bench/answers.ts';
import { ENGINES, languageRows } from './bench/language.ts';
import { keySentencesRows } from './bench/key-sentences.ts';
import { pageRows } from './bench/page.ts';
import { passagesRows } from './bench/passages.ts';
import { languageTable, plainTable, translationTable } from './bench/table.ts';
import { rewritingRows } from './bench/rewriting.ts';
import { translationRows } from './bench/translation.ts';
import { makePlan } from './bench/plan.ts';
import { prepareWeights } from './bench/weights.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string', default: join(root, 'bench/results.json') },
    runs: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1,2' },
    engines: { type: 'string', default: ENGINES.join() },
  },
});
const engines = ENGINES.filter((engine) => values.engines.split(',').includes(engine));
if (engines.length === 0) throw new Error(`--engines: some of ${ENGINES.join()}`);
const SECTIONS = { language, translation, page, keySentences, passages, answers, rewriting };
type Section = keyof typeof SECTIONS;
const sections = Object.keys(SECTIONS) as Section[];
if (values.only && !(values.only in SECTIONS)) throw new Error(`--only: one of ${sections.join(', ')}`);

const folder = join(root, '.cache/bench');
const runs = Number(values.runs);
const article = [
  ...paragraphs(await read('tests/pages/article.html')),
  await read('scripts/bench/second-article.txt'),
].join('\n');

async function language() {
  const gguf = join(root, '.cache/models', DEFAULT_MODEL.weights.name);
  const weights = await prepareWeights(gguf, folder);
  const file = await GgufFile.open(new Uint8Array(await readFile(gguf)).buffer);
  const plan = makePlan(article, tokenizerFromGguf(file.metadata));
  const threads = values.threads.split(',').map(Number);
  const rows = await languageRows({ root, folder, weights, plan, engines, threads, runs });
  console.log(`\n${languageTable(rows)}`);
  return rows;
}

async function translation() {
  const rows = await translationRows({ root, folder, article, runs });
  console.log(`\n${translationTable(rows)}`);
  return rows;
}

async function page() {
  const rows = await pageRows({ root, runs });
  console.log(`\n${plainTable(rows)}`);
  return rows;
}

async function keySentences() {
  const rows = await keySentencesRows({ root, runs });
  console.log(`\n${plainTable(rows)}`);
  return rows;
}

async function passages() {
  const rows = await passagesRows({ root, runs });
  console.log(`\n${plainTable(rows)}`);
  return rows;
}

async function answers() {
  const rows = await answersRows({ root, runs, paragraphs: paragraphs(await read('tests/pages/article.html')) });
  console.log(`\n${plainTable(rows)}`);
  return rows;
}

async function rewriting() {
  const rows = await rewritingRows({ runs });
  console.log(`\n${plainTable(rows)}`);
  return rows;
}

function read(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}

/** Of the sample page's article. */
function paragraphs(html: string): string[] {
  const { document } = new JSDOM(html).window;
  return [...document.querySelectorAll('article p')].map((each) => each.textContent.replace(/\s+/g, ' '));
}

const target = resolve(values.json);
interface Results extends Partial<Record<Section, unknown>> {
  /** By section. */
  runs?: Partial<Record<Section, number>>;
}
const earlier = JSON.parse(await readFile(target, 'utf8').catch(() => '{}')) as Results;
const results: Results = {
  ...earlier,
  ...{ machine: { processor: cpus()[0].model, cores: cpus().length, platform: process.platform } },
  ...{ date: new Date().toISOString().slice(0, 10) },
};
for (const section of sections.filter((each) => !values.only || values.only === each)) {
  results[section] = await SECTIONS[section]();
  results.runs = { ...results.runs, [section]: runs };
}
await mkdir(dirname(target), { recursive: true });
await writeFile(target, `${JSON.stringify(results, null, 2)}\n`);
console.log(`\nWritten: ${target}`);
