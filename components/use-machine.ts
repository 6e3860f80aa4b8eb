// What the machine can do, found out by letting the packaged model write a sentence on it.
import { useEffect, useState } from 'preact/hooks';
import { throwIfAborted, toWire, type WireError } from '../lib/errors.ts';
import type { BackendEvent, Metrics, ProgressEvent } from '../lib/protocol.ts';
import type { WelcomePlatform } from '../lib/platform/welcome.ts';

export type MachineView =
  | { kind: 'trying'; progress: ProgressEvent | null }
  | { kind: 'tried'; backend: BackendEvent; metrics: Metrics }
  | { kind: 'failed'; error: WireError };

/** The page is there to be read first; who leaves it at once does not want the machine to work. */
const BEGIN_AFTER_MS = 1_500;

/** Only while the page is seen: who has gone on to a page of their own has something to ask there, which must not wait. */
export function useMachine(platform: WelcomePlatform): MachineView {
  const [view, setView] = useState<MachineView>({ kind: 'trying', progress: null });
  const isOver = view.kind !== 'trying';
  useEffect(() => {
    if (isOver) return;
    let trial: AbortController | undefined;
    const follow = () => {
      trial?.abort();
      if (document.visibilityState === 'hidden') return;
      const { signal } = (trial = new AbortController());
      const show = (next: MachineView) => signal.aborted || setView(next);
      tried(platform, signal, (progress) => show({ kind: 'trying', progress })).then(show, (error: unknown) =>
        show({ kind: 'failed', error: toWire(error) }),
      );
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

async function tried(
  platform: WelcomePlatform,
  signal: AbortSignal,
  onProgress: (progress: ProgressEvent) => void,
): Promise<MachineView> {
  await new Promise((resolve) => setTimeout(resolve, BEGIN_AFTER_MS));
  throwIfAborted(signal);
  let backend: BackendEvent | undefined;
  for await (const event of platform.tryMachine(signal)) {
    if (event.kind === 'backend') backend = event;
    if (event.kind === 'progress') onProgress(event);
    if (event.kind === 'done' && backend && event.metrics) return { kind: 'tried', backend, metrics: event.metrics };
  }
  return { kind: 'failed', error: { code: 'internal', detail: 'no figures' } };
}
