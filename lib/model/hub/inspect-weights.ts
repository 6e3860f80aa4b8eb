// Whether weights can run here, as far as their head tells: before they are copied, or kept.
import { AppError } from '../../errors.ts';
import { inspectGgufFile, type GgufInspection } from '../gguf/inspect.ts';

/** Throws `model-corrupt` for what is no whole GGUF file, `unsupported` with what stands against it. */
export async function inspectWeights(weights: Blob): Promise<GgufInspection> {
  const found = await inspectGgufFile(weights);
  if (found.supported !== true) throw new AppError('unsupported', found.supported);
  return found;
}
