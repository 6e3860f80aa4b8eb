// Makes sure that the engine's host runs. Background only. Chrome has one offscreen document per extension and refuses a second
// one, also while the first is being made, so concurrent calls share one attempt. Nothing is remembered: the document may
// vanish at any time, and this worker too. Firefox's host is the background page itself.
import { browser } from 'wxt/browser';
import { within } from '../engine/abortable.ts';
import { AppError } from '../errors.ts';
import { send } from './messaging.ts';
import { hostAnswers } from './ping-host.ts';

const DOCUMENT = '/offscreen.html';
const START_DEADLINE_MS = 15_000;
const CLOSE_DEADLINE_MS = 5_000;

let ensuring: Promise<void> | undefined;
const waitingForReady = new Set<() => void>();

/** Resolves when the host listens for ports. Throws `timed-out` or `load-failed`. */
export function ensureHost(): Promise<void> {
  if (import.meta.env.FIREFOX) return Promise.resolve();
  ensuring ??= ensureDocument().finally(() => (ensuring = undefined));
  return ensuring;
}

/** The host says that it listens now. */
export function hostReady(): void {
  for (const resolve of waitingForReady) resolve();
  waitingForReady.clear();
}

/** Tells a running host, which sees no tabs, of every tab that is closed. */
export function forwardTabGone(): void {
  browser.tabs.onRemoved.addListener((tabId) => {
    send('tabGone', tabId).catch(() => undefined); // no host, no job
  });
}

async function ensureDocument(): Promise<void> {
  if (await hostAnswers()) return;
  const ready = new Promise<void>((resolve) => waitingForReady.add(resolve));
  try {
    const created = browser.offscreen.createDocument({
      url: DOCUMENT,
      reasons: ['WORKERS'],
      justification: 'Runs the language model in a dedicated worker.',
    });
    await within(START_DEADLINE_MS, 'the engine host', created);
  } catch (cause) {
    await startedEarlier(ready, cause);
  }
  if (!(await hostAnswers())) throw new AppError('timed-out', 'the engine host does not answer');
}

/** It may be on its way, from an earlier life of this service worker or slowly: then it answers by now, or will say that it is ready. */
async function startedEarlier(ready: Promise<void>, cause: unknown): Promise<void> {
  if (await hostAnswers()) return;
  try {
    await within(START_DEADLINE_MS, 'the engine host', ready);
  } catch {
    // It hangs. The next attempt starts from nothing.
    await within(CLOSE_DEADLINE_MS, 'close', browser.offscreen.closeDocument()).catch(() => undefined);
    throw new AppError('load-failed', 'the engine host did not start', { cause });
  }
}
