// The storage of a host that is the background itself.
import { readCrashRecord, writeCrashRecord } from './crash-record.ts';
import type { HostStorage } from './host-storage.ts';
import { readModelSettings } from './model-settings.ts';
import { readPackMirror } from './settings.ts';

export function ownStorage(): HostStorage {
  return {
    crashes: { get: async () => (await readCrashRecord()) ?? undefined, set: writeCrashRecord },
    packMirror: readPackMirror,
    modelSettings: readModelSettings,
  };
}
