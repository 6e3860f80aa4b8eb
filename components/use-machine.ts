// What the machine can do, found out by letting the packaged model write a sentence on it.
import { useEffect, useState } from 'preact/hooks';
import { toWire, type WireError } from '../lib/errors.ts';
import type { BackendEvent, Metrics, ProgressEvent } from '../lib/protocol.ts';
import type { WelcomePlatform } from '../lib/platform/welcome.ts';

export type MachineView =
  | { kind: 'trying'; progress: ProgressEvent | null }
  | { kind: 'tried'; backend: BackendEvent; metrics: Metrics }
  | { kind: 'failed'; error: WireError };

/** The page is there to be read first; who leaves it at once does not want the machine to work. */
const BEGIN_AFTER_MS = 1_500;

export function useMachine(platform: WelcomePlatform): MachineView {
  const [view, setView] = useState<MachineView>({ kind: 'trying', progress: null });
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(
      () =>
        void tried(platform, controller.signal, (progress) => setView({ kind: 'trying', progress }))
          .catch((error: unknown): MachineView => ({ kind: 'failed', error: toWire(error) }))
          .then((end) => controller.signal.aborted || setView(end)),
      BEGIN_AFTER_MS,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [platform]);
  return view;
}

async function tried(
  platform: WelcomePlatform,
  signal: AbortSignal,
  onProgress: (progress: ProgressEvent) => void,
): Promise<MachineView> {
  let backend: BackendEvent | undefined;
  for await (const event of platform.tryMachine(signal)) {
    if (event.kind === 'backend') backend = event;
    if (event.kind === 'progress') onProgress(event);
    if (event.kind === 'done' && backend && event.metrics) return { kind: 'tried', backend, metrics: event.metrics };
  }
  return { kind: 'failed', error: { code: 'internal', detail: 'no figures' } };
}
