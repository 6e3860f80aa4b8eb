// Makes the translator on a runtime of its own, with one thread. Its models come when the first text of their languages does, while
// the runtime starts.
import { createMarianTranslator } from './marian-translator.ts';
import { loadOrtModule } from './ort/module.ts';
import type { PackSource } from './packs/pack.ts';
import type { Translator } from './translator.ts';

/** `assetsUrl`: base URL of the package's files, with a slash at its end. A runtime that does not start fails what is translated. */
export function loadTranslator(source: PackSource, assetsUrl: string): Translator {
  const module = loadOrtModule('cpu', 1, assetsUrl);
  module.catch(() => undefined); // Said by the translation that waits for it.
  return createMarianTranslator({ module, source });
}
