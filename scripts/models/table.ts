// Measures what docs/models.md says of architectures, block formats and real models, keeps the numbers in bench/models.json and
// writes its tables and the README's from them: npx tsx scripts/models/table.ts [formats] [faithful] [cost]; without a name only the tables.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { GGML_TYPES, type GgmlType } from '../../tests/reference/quantize.ts';
import { tinyDivergences } from '../../tests/reference/tiny-divergence.ts';
import { REAL_MODEL_PATH } from '../../tests/reference/real-model.ts';
import type { ConversionCost } from './conversion.ts';
import { writeReadmeBlock } from '../readme.ts';
import { measureFaithfulness } from './faithful.ts';
import { BILLION_AND_A_HALF, HALF_BILLION, largeGguf } from './large-gguf.ts';
import { renderSummary, renderTables, type Measured } from './render.ts';

const RESULTS = 'bench/models.json';
const DOCUMENT = 'docs/models.md';
const GEMMA_PATH = '.cache/models/gemma-3-270m-q4_k_m.gguf';
const ARCHITECTURES = ['llama', 'qwen2', 'qwen3', 'gemma3'] as const;
const PRECISIONS = ['fp32', 'int8', 'q8'] as const;

const wanted = new Set(process.argv.slice(2));
const measured = await readResults();
if (wanted.has('formats')) measured.formats = await measureFormats();
if (wanted.has('faithful')) await measureReal();
if (wanted.has('cost')) await measureCosts();
await writeFile(RESULTS, `${JSON.stringify(measured, null, 2)}\n`);
const style = await resolveConfig(DOCUMENT);
await writeFile(DOCUMENT, await format(renderTables(measured), { ...style, filepath: DOCUMENT }));
await writeReadmeBlock('models', renderSummary(measured));
console.log(`${RESULTS}, ${DOCUMENT} and the README are written`);
process.exit(0);

async function readResults(): Promise<Measured> {
  const text = await readFile(RESULTS, 'utf8').catch(() => '{"formats":[],"faithful":{},"costs":{}}');
  return JSON.parse(text) as Measured;
}

async function measureFormats(): Promise<Measured['formats']> {
  const rows: Measured['formats'] = [];
  for (const architecture of ARCHITECTURES) {
    for (const matrixType of Object.keys(GGML_TYPES) as GgmlType[]) {
      const divergences = await tinyDivergences({ architecture, matrixType }, PRECISIONS);
      rows.push({ architecture, format: matrixType, ...divergences });
      console.log(architecture, matrixType, divergences.fp32.kl, divergences.int8.kl);
    }
  }
  return rows;
}

/** Gemma's file is put there by scripts/models/gemma.ts; it is too large for every test run. */
async function measureReal(): Promise<void> {
  measured.faithful['SmolLM2-135M-Instruct Q4_1'] = await measureFaithfulness(REAL_MODEL_PATH);
  if (await exists(GEMMA_PATH)) measured.faithful['Gemma 3 270M Q4_K_M'] = await measureFaithfulness(GEMMA_PATH);
}

async function measureCosts(): Promise<void> {
  measured.costs['SmolLM2-135M-Instruct Q4_1'] = await cost(REAL_MODEL_PATH);
  if (await exists(GEMMA_PATH)) measured.costs['Gemma 3 270M Q4_K_M'] = await cost(GEMMA_PATH);
  const folder = await mkdtemp(join(tmpdir(), 'inkling-large-'));
  try {
    const path = join(folder, 'large.gguf');
    for (const shape of [HALF_BILLION, BILLION_AND_A_HALF]) {
      await writeFile(path, await largeGguf(shape));
      measured.costs[`random weights of the shape of ${shape.name}, Q8_0`] = await cost(path);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function cost(path: string): Promise<ConversionCost> {
  const { stdout } = await promisify(execFile)('npx', ['tsx', 'scripts/models/conversion.ts', path]);
  console.log(path, stdout.trim());
  return JSON.parse(stdout) as ConversionCost;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
