// A host with fake workers that a test can spoil, on fake time, and how long a call of it takes to settle there.
import { onTestFinished, vi } from 'vitest';
import { createHost } from '../../lib/engine/host.ts';
import type { HostOptions } from '../../lib/engine/host.ts';
import { DEFAULT_MODEL_SETTINGS } from '../../lib/engine/model-settings.ts';
import type { WorkerLike } from '../../lib/engine/worker-link.ts';
import { toWire } from '../../lib/errors.ts';
import { DEFAULT_MODEL } from '../../lib/model/catalog.ts';
import type { TaskEvent } from '../../lib/protocol.ts';
import { FakeEngine, SCRIPT, nextTurn } from '../fakes/engine.ts';
import { MemoryStore } from '../fakes/hosted.ts';
import { portPair } from '../fakes/port.ts';
import type { FakePort } from '../fakes/port.ts';
import { FakeWorker } from '../fakes/worker.ts';

/** Enough for what was posted to arrive everywhere, through all ports on its way. */
const TURNS = 60;
const HOUR_MS = 3_600_000;

/** What is wrong with a worker. */
export interface WorkerFault {
  /** Where it is to begin: instead of this event of the script. */
  instead?: TaskEvent;
  /** What happens there; one that never settles is silence. */
  happens?: (worker: FakeWorker) => Promise<never>;
  /** The browser does not start it. */
  cannotStart?: boolean;
}

export const LOADING: TaskEvent = { kind: 'progress', phase: 'loading', fraction: 0, loadedBytes: 1, totalBytes: 2 };
export const FIRST_DELTA = SCRIPT.find(({ kind }) => kind === 'delta')!;
const WORKER_SCRIPT = [LOADING, ...SCRIPT];

/** What a call came to, and after how long. */
export interface Outcome {
  code: string;
  afterMs: number;
}

/** From now on, and until the test has ended, time passes only where a test lets it. */
export function stopTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
}

/** `done`, or the code of what was thrown, and the time from now; lets time pass until then. `unsettled` after an hour. */
export async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  let code: string | undefined;
  call.then(
    () => (code = 'done'),
    (error: unknown) => (code = toWire(error).code),
  );
  const startMs = Date.now();
  for (;;) {
    for (let turn = 0; turn < TURNS && !code; turn++) await nextTurn();
    const afterMs = Date.now() - startMs;
    if (code) return { code, afterMs };
    if (afterMs > HOUR_MS || vi.getTimerCount() === 0) return { code: 'unsettled', afterMs };
    vi.advanceTimersToNextTimer();
  }
}

/** A host as the browser has it, disposed of when the test has ended. Its workers do what `fault` says as long as it says so. */
export function faultyHost(options: Partial<HostOptions> = {}) {
  const state: { fault?: WorkerFault | undefined; cut: () => void } = { cut: () => undefined };
  const spawn = (): WorkerLike => {
    if (state.fault?.cannotStart) throw new Error('no more workers');
    const engine = new FakeEngine(WORKER_SCRIPT);
    const worker = new FakeWorker(() => engine);
    engine.beforeEvent = async (event) => {
      await nextTurn();
      const { fault } = state;
      if (fault?.happens && event === (fault.instead ?? LOADING)) await fault.happens(worker);
    };
    return worker;
  };
  const host = createHost({
    spawnWorker: spawn,
    spawnTransformers: spawn,
    spawnTranslator: spawn,
    spawnChecker: spawn,
    spawnDownloader: spawn,
    logicalCores: 2,
    assetsUrl: 'https://package.invalid/',
    store: new MemoryStore(),
    packMirror: () => Promise.resolve(''),
    modelSettings: () => Promise.resolve(DEFAULT_MODEL_SETTINGS),
    installedModels: () => Promise.resolve([DEFAULT_MODEL]),
    probe: () => Promise.resolve({ backends: [{ device: 'cpu', threads: 1 }] }),
    onIdle: () => undefined,
    ...options,
  });
  onTestFinished(() => host.dispose());
  const open = (consumer: 'panel' | 'content') => (): FakePort => {
    const [page, end] = portPair();
    host.accept(end, consumer);
    state.cut = () => end.disconnect();
    return page;
  };
  return { host, state, open };
}
