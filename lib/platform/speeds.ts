// How fast models have written on this machine, as last measured: by the model's name, which is what a run says of itself.
import { browser } from 'wxt/browser';
import { number, record } from '../engine/schema.ts';
import { sayChanged } from '../model/download/changes.ts';
import { MODELS_CHANNEL } from '../model/hub/model-store.ts';
import type { BackendEvent, Metrics } from '../protocol.ts';

const KEY = 'speeds';
const isSpeeds = record(number);

/** Tokens per second. */
export async function readSpeeds(): Promise<Readonly<Record<string, number>>> {
  const stored = (await browser.storage.local.get(KEY))[KEY];
  return isSpeeds(stored) ? stored : {};
}

/** Keeps what a run has shown; of a server or the browser, or where hardly anything was written, nothing. */
export async function noteSpeed({ model, device }: BackendEvent, metrics: Metrics): Promise<void> {
  const { decodeTokensPerSecond } = metrics;
  if (device === 'remote' || device === 'browser' || !(decodeTokensPerSecond > 0)) return;
  await navigator.locks.request(KEY, async () => {
    await browser.storage.local.set({ [KEY]: { ...(await readSpeeds()), [model]: decodeTokensPerSecond } });
  });
  sayChanged(MODELS_CHANNEL);
}
