// Whether a model may be loaded at all: a host that runs out of memory takes the whole extension down with it.

/** Weights on disk above which a device is refused, whatever the machine says of itself. */
const MOST_WEIGHT_BYTES = { gpu: 1.2e9, cpu: 0.7e9 };
/** File, converted copy and the runtime's own: the peak while loading, measured at two to three times the file. */
const PEAK_PER_WEIGHT = 3;
const SHARE_OF_MEMORY = 0.4;
/** Of a browser that does not say (Firefox). */
const USUAL_MEMORY_GB = 4;

/** What loading and running a model takes at most, about. */
export function peakBytes(weightBytes: number): number {
  return weightBytes * PEAK_PER_WEIGHT;
}

/** What a model may take. `deviceMemoryGb`: `navigator.deviceMemory`, a rounded and capped hint. */
export function memoryBudgetBytes(device: 'gpu' | 'cpu', deviceMemoryGb = USUAL_MEMORY_GB): number {
  return Math.min(peakBytes(MOST_WEIGHT_BYTES[device]), deviceMemoryGb * 2 ** 30 * SHARE_OF_MEMORY);
}

export function fitsMemory(weightBytes: number, device: 'gpu' | 'cpu', deviceMemoryGb?: number): boolean {
  return peakBytes(weightBytes) <= memoryBudgetBytes(device, deviceMemoryGb);
}
