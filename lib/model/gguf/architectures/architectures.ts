// The architectures that can be built: one file each, one line here.
import type { Architecture } from './architecture.ts';
import { llama } from './llama.ts';

export const ARCHITECTURES: ReadonlyMap<string, Architecture> = new Map(
  [llama].map((architecture) => [architecture.name, architecture]),
);
