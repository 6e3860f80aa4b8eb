// Where the crash breaker's record lies. Background only: the offscreen document has no storage and asks for it by request.
import { browser } from 'wxt/browser';
import type { BreakerRecord } from '../engine/crash-breaker.ts';

const KEY = 'crashRecord';

/** As stored: what reads it must bear anything. */
export async function readCrashRecord(): Promise<BreakerRecord | null> {
  return ((await browser.storage.local.get(KEY))[KEY] as BreakerRecord | undefined) ?? null;
}

export async function writeCrashRecord(record: BreakerRecord): Promise<void> {
  await browser.storage.local.set({ [KEY]: record });
}
