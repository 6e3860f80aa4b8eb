// Makes sure that the engine's host runs. Background only. Chrome has one offscreen document per extension and refuses a second
// one, also while the first is being made, so concurrent calls share one attempt. Nothing is remembered: the document may
// vanish at any time, and this worker too. Firefox's host is the background page itself.
import { browser } from 'wxt/browser';
import { AppError } from '../errors.ts';
import { send } from './messaging.ts';

const DOCUMENT = '/offscreen.html';
/** A host never computes, so it answers at once; this is for a machine that is swapping. */
const ANSWER_DEADLINE_MS = 5_000;
const START_DEADLINE_MS = 15_000;

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
  if (await answers()) return;
  const ready = new Promise<true>((resolve) => waitingForReady.add(() => resolve(true)));
  try {
    await browser.offscreen.createDocument({
      url: DOCUMENT,
      reasons: ['WORKERS'],
      justification: 'Runs the language model in a dedicated worker.',
    });
  } catch (cause) {
    // An earlier life of this service worker may have begun to make it: then it answers by now, or will say that it is ready.
    if ((await answers()) || (await within(START_DEADLINE_MS, ready))) return;
    // Neither: it hangs. The next attempt starts from nothing.
    await browser.offscreen.closeDocument().catch(() => undefined);
    throw new AppError('load-failed', 'the engine host did not start', { cause });
  }
  if (!(await answers())) throw new AppError('timed-out', 'the engine host does not answer');
}

function answers(): Promise<boolean> {
  const pong = send('pingHost').then(
    () => true,
    () => false, // nobody there
  );
  return within(ANSWER_DEADLINE_MS, pong);
}

/** What the promise resolves to; false when it takes longer. */
async function within(deadlineMs: number, promise: Promise<boolean>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, deadlineMs, false)));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
