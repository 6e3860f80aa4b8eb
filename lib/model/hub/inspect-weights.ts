// Whether a model can run here, as far as its head tells: before it is copied, or kept.
import { AppError } from '../../errors.ts';
import { inspectGgufFile } from '../gguf/inspect.ts';
import { inspectLayout } from './inspect-layout.ts';

export interface Inspection {
  /** Tokens that it was trained for; 0 where it does not say. */
  contextLength: number;
  /** What loading and running it takes on the CPU, about. */
  memoryBytes: number;
}

/**
 * `companions`, by path: of a model laid out as on the hub. Throws `model-corrupt` for what is no whole file of its kind, `unsupported`
 * with what stands against it.
 */
export async function inspectWeights(
  weights: Blob,
  companions: ReadonlyMap<string, Blob> = new Map(),
): Promise<Inspection> {
  if (companions.size > 0) return inspectLayout(weights, companions);
  const found = await inspectGgufFile(weights);
  if (found.supported !== true) throw new AppError('unsupported', found.supported);
  return found;
}
