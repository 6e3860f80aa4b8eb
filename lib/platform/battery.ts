// Whether there is power for what nobody has asked for.

/** On battery, below this share of it, there is not. */
const LOW = 0.3;

/** Chromium's: other browsers tell no page how much power is left. */
interface Battery extends EventTarget {
  charging: boolean;
  level: number;
}

/** Fires as soon as the machine runs on little battery; watches until `over`. Where the browser does not tell, never. */
export async function whenBatteryIsLow(over: AbortSignal): Promise<AbortSignal> {
  const low = new AbortController();
  const battery = await (navigator as { getBattery?: () => Promise<Battery> }).getBattery?.();
  const look = () => {
    if (battery && !battery.charging && battery.level < LOW) low.abort();
  };
  for (const event of ['chargingchange', 'levelchange']) battery?.addEventListener(event, look, { signal: over });
  look();
  return low.signal;
}
