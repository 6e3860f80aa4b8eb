// Of its own, because the offscreen document may know of it and of little else that the browser tells.

/** As the browser says, rounded; absent where it does not. */
export function deviceMemoryGb(): number | undefined {
  return (navigator as { deviceMemory?: number }).deviceMemory;
}
