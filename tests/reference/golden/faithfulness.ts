// What tests/reference/golden/faithfulness.json holds (scripts/models/faithfulness.ts).
import type { Divergence } from '../divergence.ts';

interface Measured {
  all: Divergence;
  /** Of each prompt, in their order. */
  each: Divergence[];
}

export type MeasuredOnAll = Record<'q8' | 'llama.cpp', Measured>;
