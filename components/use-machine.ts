// What the machine can do: about, within seconds, by the shape of the packaged model; then by letting that write a sentence.
import { useEffect, useState } from 'preact/hooks';
import { throwIfAborted, toWire, type WireError } from '../lib/errors.ts';
import type { BackendEvent, Metrics, ProgressEvent, TaskEvent } from '../lib/protocol.ts';
import type { WelcomePlatform } from '../lib/platform/welcome.ts';

export interface Figures {
  backend: BackendEvent;
  metrics: Metrics;
}

export type MachineView =
  /** `estimate`: null until there is one. */
  | { kind: 'trying'; estimate: Figures | null; progress: ProgressEvent | null }
  | ({ kind: 'tried' } & Figures)
  | { kind: 'failed'; error: WireError };

/** The page is there to be read first; who leaves it at once does not want the machine to work. */
const BEGIN_AFTER_MS = 500;

/** Only while the page is seen: who has gone on to a page of their own has something to ask there, which must not wait. */
export function useMachine(platform: WelcomePlatform): MachineView {
  const [view, setView] = useState<MachineView>({ kind: 'trying', estimate: null, progress: null });
  const isOver = view.kind !== 'trying';
  useEffect(() => {
    if (isOver) return;
    let trial: AbortController | undefined;
    const follow = () => {
      trial?.abort();
      if (document.visibilityState === 'hidden') return;
      const { signal } = (trial = new AbortController());
      const show = (next: MachineView) => signal.aborted || setView(next);
      trying(platform, signal, show).catch((error: unknown) => show({ kind: 'failed', error: toWire(error) }));
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      trial?.abort();
    };
  }, [platform, isOver]);
  return view;
}

async function trying(
  platform: WelcomePlatform,
  signal: AbortSignal,
  show: (next: MachineView) => void,
): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, BEGIN_AFTER_MS));
  throwIfAborted(signal);
  // Where there is none, the trial says why.
  const estimate = await figures(platform.estimateMachine(signal)).catch(() => null);
  throwIfAborted(signal);
  show({ kind: 'trying', estimate, progress: null });
  const tried = await figures(platform.tryMachine(signal), (progress) => show({ kind: 'trying', estimate, progress }));
  show(tried ? { kind: 'tried', ...tried } : { kind: 'failed', error: { code: 'internal', detail: 'no figures' } });
}

async function figures(
  events: AsyncIterable<TaskEvent>,
  onProgress?: (progress: ProgressEvent) => void,
): Promise<Figures | null> {
  let backend: BackendEvent | undefined;
  for await (const event of events) {
    if (event.kind === 'backend') backend = event;
    if (event.kind === 'progress') onProgress?.(event);
    if (event.kind === 'done' && backend && event.metrics) return { backend, metrics: event.metrics };
  }
  return null;
}
