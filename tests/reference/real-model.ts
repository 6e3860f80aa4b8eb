// The default model's file, where `npm start` and `npm test` put it.
import { openAsBlob } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEFAULT_MODEL } from '../../lib/model/catalog.ts';
import { GgufFile } from '../../lib/model/gguf/gguf-file.ts';

export const REAL_MODEL_PATH = fileURLToPath(
  new URL(`../../.cache/models/${DEFAULT_MODEL.weights.name}`, import.meta.url),
);

export async function openRealModel(): Promise<GgufFile> {
  return GgufFile.open(await openAsBlob(REAL_MODEL_PATH));
}
