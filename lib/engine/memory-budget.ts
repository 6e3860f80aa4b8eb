// Whether a model may be loaded at all: a host that runs out of memory takes the whole extension down with it.

/** Weights on disk above which a device is refused, whatever the machine says of itself. */
const MOST_WEIGHT_BYTES = { gpu: 1.2e9, cpu: 0.7e9 };
/** File, converted copy and the runtime's own: the peak while loading, measured at two to three times the file. */
const PEAK_PER_WEIGHT = 3;
const SHARE_OF_MEMORY = 0.4;
/** Of a browser that does not say (Firefox). */
const USUAL_MEMORY_GB = 4;

/** `deviceMemoryGb`: `navigator.deviceMemory`, a rounded and capped hint. */
export function fitsMemory(weightBytes: number, device: 'gpu' | 'cpu', deviceMemoryGb = USUAL_MEMORY_GB): boolean {
  return (
    weightBytes <= MOST_WEIGHT_BYTES[device] &&
    weightBytes * PEAK_PER_WEIGHT <= deviceMemoryGb * 2 ** 30 * SHARE_OF_MEMORY
  );
}
