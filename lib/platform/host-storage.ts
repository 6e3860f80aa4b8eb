// What the engine's host has stored for it, where it has a storage of its own (Firefox's background page), and where it has to ask the
// background for all of it (Chrome's offscreen document has only `runtime`).
import type { BreakerStore } from '../engine/crash-breaker.ts';
import type { ModelSettings } from '../engine/model-settings.ts';
import { send } from './messaging.ts';

export interface HostStorage {
  crashes: BreakerStore;
  /** Where language packs are downloaded from: '' for the usual place. */
  packMirror: () => Promise<string>;
  modelSettings: () => Promise<ModelSettings>;
}

export function storageOfBackground(): HostStorage {
  return {
    crashes: {
      get: async () => (await send('readCrashRecord')) ?? undefined,
      set: (record) => send('writeCrashRecord', record),
    },
    packMirror: () => send('readPackMirror'),
    modelSettings: () => send('readModelSettings'),
  };
}
