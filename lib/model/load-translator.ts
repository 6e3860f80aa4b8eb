// Makes the translator from the package's files. Its models come when the first text of their languages does.
import { AppError } from '../errors.ts';
import { createMarianTranslator } from './marian-translator.ts';
import type { PackSource } from './packs/pack.ts';
import type { Translator } from './translator.ts';

/** In the package: lib/model/marian/assembly/kernels.ts compiled (scripts/marian-kernels.ts). */
export const KERNELS = 'marian/kernels.wasm';

/** `assetsUrl`: base URL of the package's files, with a slash at its end. Kernels that do not come fail what is translated. */
export function loadTranslator(source: PackSource, assetsUrl: string): Translator {
  const kernels = WebAssembly.compileStreaming(fetch(assetsUrl + KERNELS)).catch((cause: unknown) => {
    throw new AppError('load-failed', `${KERNELS}: ${String(cause)}`, { cause });
  });
  kernels.catch(() => undefined); // Said by the translation that waits for them.
  return createMarianTranslator({ kernels, source });
}
