// Loads the translator on a runtime of its own, with one thread. Its models come when the first text of their languages does.
import { createMarianTranslator } from './marian-translator.ts';
import { loadOrtModule } from './ort/module.ts';
import type { PackSource } from './packs/pack.ts';
import type { Translator } from './translator.ts';

/** `assetsUrl`: base URL of the package's files, with a slash at its end. Throws `load-failed`. */
export async function loadTranslator(source: PackSource, assetsUrl: string): Promise<Translator> {
  return createMarianTranslator({ module: await loadOrtModule('cpu', 1, assetsUrl), source });
}
