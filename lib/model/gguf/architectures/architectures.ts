// The architectures that can be built: one file each, one line here.
import { AppError } from '../../../errors.ts';
import type { GgufFile } from '../gguf-file.ts';
import type { Architecture, DecoderPlan } from './architecture.ts';
import { gemma3 } from './gemma3.ts';
import { llama } from './llama.ts';
import { qwen2 } from './qwen2.ts';
import { qwen3 } from './qwen3.ts';

export const ARCHITECTURES: ReadonlyMap<string, Architecture> = new Map(
  [llama, qwen2, qwen3, gemma3].map((architecture) => [architecture.name, architecture]),
);

/** What the file's architecture makes of its head; reads no weights. Throws `unsupported`, `model-corrupt`. */
export function readPlan(gguf: GgufFile): DecoderPlan {
  const name = gguf.metadata.string('general.architecture');
  const architecture = ARCHITECTURES.get(name);
  if (!architecture) throw new AppError('unsupported', `architecture ${name}`);
  return architecture.readPlan(gguf);
}
