// The packaged language packs as a translator takes them, what the reference engine makes of sentences, and the kernels.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../lib/errors.ts';
import { PACKAGED_PACKS, type ModelFile } from '../../lib/model/catalog.ts';
import type { PackBytes, PackSource } from '../../lib/model/packs/pack.ts';
import { compileKernels } from '../../scripts/marian-kernels.ts';

const MODELS = new URL('../../.cache/models/', import.meta.url);

/** The packaged pairs and those between them, through English. */
export const packagedSource: PackSource = {
  route: (pair) => {
    const through = [
      { from: pair.from, to: 'en' },
      { from: 'en', to: pair.to },
    ];
    return through.filter(({ from, to }) => from !== to);
  },
  read: ({ from, to }) => readPack(from, to),
};

export async function readPack(from: string, to: string): Promise<PackBytes> {
  const files = PACKAGED_PACKS.find(({ pair }) => pair.from === from && pair.to === to)?.files;
  if (!files) throw new AppError('pack-missing', `${from}-${to}`);
  const read = async ({ name }: ModelFile) => new Uint8Array(await readFile(new URL(name, MODELS)));
  return {
    model: await read(files.model),
    shortlist: await read(files.shortlist),
    vocabulary: await read(files.vocabulary),
  };
}

/** tests/reference/marian-reference.py says where they come from. */
export function referenceTranslations(pair: 'en-pt' | 'pt-en'): { source: string; reference: string }[] {
  const file = fileURLToPath(new URL(`marian-${pair}.tsv`, import.meta.url));
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => line.split('\t')).map(([source, reference]) => ({ source, reference }));
}

/** What the extension carries, compiled anew. */
export async function openKernels(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(compileKernels()));
}
