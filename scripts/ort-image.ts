// The memory of ONNX Runtime after its start on one thread, which the extension carries beside it (lib/model/ort/memory-image.ts):
// `npx tsx scripts/ort-image.ts <file>` writes it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startRuntime } from '../lib/model/load-translator.ts';
import { memoryImage } from '../lib/model/ort/memory-image.ts';
import { writeOrtAssets } from './ort-assets.ts';

const file = process.argv[2];
// The start notes its program's path and the reader's language: the image must be the same wherever it is made.
process.argv[1] = './this.program';
Object.defineProperty(globalThis, 'navigator', { value: undefined });

const folder = await mkdtemp(path.join(tmpdir(), 'inkling-ort-'));
try {
  await writeOrtAssets(folder);
  const { HEAPU8 } = await startRuntime(`${pathToFileURL(folder).href}/`);
  await writeFile(file, memoryImage(HEAPU8));
} finally {
  await rm(folder, { recursive: true });
}
