// Whether a model may be loaded at all: a host that runs out of memory takes the whole extension down with it.
import { AppError } from '../errors.ts';

/** WebAssembly has addresses for 4 GB; the rest is for what a step takes and for heaps in pieces. */
const MOST_BYTES = 3.4e9;
const SHARE_OF_MEMORY = 0.4;
/** Of a browser that does not say (Firefox): between the small machines and the ordinary ones. */
const USUAL_MEMORY_GB = 6;

/** What a model may take. `deviceMemoryGb`: `navigator.deviceMemory`, a rounded and capped hint. */
export function memoryBudgetBytes(deviceMemoryGb = USUAL_MEMORY_GB): number {
  return Math.min(MOST_BYTES, deviceMemoryGb * 2 ** 30 * SHARE_OF_MEMORY);
}

/** Throws `out-of-memory` for what would not fit. */
export function requireMemory(memoryBytes: number, deviceMemoryGb?: number): void {
  if (!fitsMemory(memoryBytes, deviceMemoryGb)) throw new AppError('out-of-memory', `about ${memoryBytes} bytes`);
}

/** `memoryBytes`: of the model's catalog entry. */
export function fitsMemory(memoryBytes: number, deviceMemoryGb?: number): boolean {
  return memoryBytes <= memoryBudgetBytes(deviceMemoryGb);
}
