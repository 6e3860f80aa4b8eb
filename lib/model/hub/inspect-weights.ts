// Whether weights can run here, as far as their head tells: before they are copied, or kept.
import { AppError } from '../../errors.ts';
import { ARCHITECTURES } from '../gguf/architectures/architectures.ts';
import { GgufFile } from '../gguf/gguf-file.ts';

/** Throws `model-corrupt` for what is no whole GGUF file, `unsupported` for an architecture that cannot be built. */
export async function inspectWeights(weights: Blob): Promise<void> {
  const gguf = await GgufFile.open(weights);
  const name = gguf.metadata.string('general.architecture');
  if (!ARCHITECTURES.has(name)) throw new AppError('unsupported', `architecture ${name}`);
}
