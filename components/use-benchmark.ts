// Measures models one after another, each on each device: what has come of every one so far.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Backend } from '../lib/engine/backend.ts';
import { isAbort, toWire, type WireError } from '../lib/errors.ts';
import { isHubLayout, type CatalogEntry } from '../lib/model/catalog.ts';
import type { OptionsPlatform } from '../lib/platform/options.ts';
import type { BackendEvent, Metrics, TaskEvent } from '../lib/protocol.ts';

/** A model on a device. */
export interface Measurement {
  entry: CatalogEntry;
  device: Backend['device'];
  outcome:
    | { kind: 'waiting' }
    /** `fraction`: of its load; undefined where it has loaded. */
    | { kind: 'running'; fraction?: number }
    /** It ran only because it passed the self-test; without a known answer there is none to pass. */
    | { kind: 'measured'; backend: BackendEvent; metrics: Metrics; passedSelfTest: boolean }
    | { kind: 'failed'; error: WireError };
}

export interface Benchmark {
  measurements: readonly Measurement[];
  isRunning: boolean;
  start: () => void;
  /** What has been measured stays. */
  stop: () => void;
}

export type BenchmarkPlatform = Pick<OptionsPlatform, 'devices' | 'measure'>;

export function useBenchmark(platform: BenchmarkPlatform, models: readonly CatalogEntry[]): Benchmark {
  const [measurements, setMeasurements] = useState<readonly Measurement[]>([]);
  const [isRunning, setRunning] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    const { signal } = (running.current = new AbortController());
    setRunning(true);
    const all = combinations(models, await platform.devices());
    setMeasurements(all);
    for (const [at, each] of all.entries()) {
      const show = (outcome: Measurement['outcome']) =>
        setMeasurements((shown) => shown.with(at, { ...each, outcome }));
      try {
        show({ kind: 'running' });
        show(await measured(each.entry, platform.measure(each.entry.id, each.device, signal), show));
      } catch (error) {
        if (isAbort(error)) break;
        show({ kind: 'failed', error: toWire(error) });
      }
    }
    setMeasurements((shown) => shown.filter(({ outcome }) => ['measured', 'failed'].includes(outcome.kind)));
    setRunning(false);
  };
  return { measurements, isRunning, start: () => void start(), stop: () => running.current?.abort() };
}

function combinations(models: readonly CatalogEntry[], devices: readonly Backend['device'][]): Measurement[] {
  return models.flatMap((entry) =>
    devices
      .filter((device) => device === 'cpu' || !isHubLayout(entry.weights.name))
      .map((device): Measurement => ({ entry, device, outcome: { kind: 'waiting' } })),
  );
}

async function measured(
  { knownAnswer }: CatalogEntry,
  events: AsyncIterable<TaskEvent>,
  onOutcome: (outcome: Measurement['outcome']) => void,
): Promise<Measurement['outcome']> {
  let backend: BackendEvent | undefined;
  for await (const event of events) {
    if (event.kind === 'backend') backend = event;
    if (event.kind === 'progress') {
      onOutcome({ kind: 'running', ...(event.phase === 'loading' && { fraction: event.fraction }) });
    }
    if (event.kind === 'done' && backend && event.metrics) {
      // On a GPU nothing runs that could not be tested there.
      const passedSelfTest = knownAnswer !== undefined || backend.device === 'gpu';
      return { kind: 'measured', backend, metrics: event.metrics, passedSelfTest };
    }
  }
  return { kind: 'failed', error: { code: 'internal', detail: 'no figures' } };
}
