// Measures the model that is chosen for summaries, on this machine: how soon it is there, how fast it reads and writes, what it takes.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ModelSettings } from '../lib/engine/model-settings.ts';
import { toWire, type WireError } from '../lib/errors.ts';
import { t } from '../lib/platform/i18n.ts';
import type { OptionsPlatform } from '../lib/platform/options.ts';
import type { BackendEvent, Metrics } from '../lib/protocol.ts';
import { failureFace } from './failure.ts';
import { formatDuration, formatMegabytes, formatNumber, formatThreads } from './format.ts';

interface Props {
  platform: Pick<OptionsPlatform, 'measure' | 'version'>;
  settings: ModelSettings;
}

type Measuring =
  | { kind: 'none' }
  | { kind: 'running' }
  | { kind: 'measured'; rows: [string, string][] }
  | { kind: 'failed'; error: WireError };

export function OptionsBenchmark({ platform, settings: { choices, servers } }: Props) {
  const [state, setState] = useState<Measuring>({ kind: 'none' });
  const [notice, setNotice] = useState('');
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const isRemote = choices.summarize === 'servers' || servers.some(({ id }) => id === choices.summarize);

  const start = async () => {
    const controller = new AbortController();
    running.current = controller;
    setNotice('');
    setState({ kind: 'running' });
    setState(await measured(platform, controller.signal));
  };
  const copy = async (rows: [string, string][]) => {
    await navigator.clipboard.writeText(markdown(platform.version, rows));
    setNotice(t('copied'));
  };

  return (
    <section id="benchmark" aria-labelledby="benchmark-title">
      <h2 id="benchmark-title">{t('optionsBenchmark')}</h2>
      <p class="quiet">{isRemote ? t('benchmarkRemote') : t('benchmarkAbout')}</p>
      {state.kind === 'measured' && (
        <dl class="figures">
          {state.rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {state.kind === 'failed' && <p class="unsure-note">{failureFace(state.error.code, state.error.detail).what}</p>}
      {state.kind === 'running' && <progress aria-label={t('measuring')} />}
      <p class="form-actions">
        <button
          type="button"
          disabled={isRemote}
          onClick={() => (state.kind === 'running' ? running.current?.abort() : void start())}
        >
          {state.kind === 'running' ? t('stop') : t('measure')}
        </button>
        {state.kind === 'measured' && (
          <button type="button" onClick={() => void copy(state.rows)}>
            {t('copyMarkdown')}
          </button>
        )}
      </p>
      <p role="status" class="quiet">
        {notice}
      </p>
    </section>
  );
}

async function measured(platform: Props['platform'], signal: AbortSignal): Promise<Measuring> {
  let backend: BackendEvent | undefined;
  try {
    for await (const event of platform.measure(signal)) {
      if (event.kind === 'backend') backend = event;
      if (event.kind === 'done' && backend && event.metrics) {
        return { kind: 'measured', rows: rowsOf(backend, event.metrics) };
      }
    }
    return { kind: 'failed', error: { code: 'internal', detail: 'no figures' } };
  } catch (error) {
    const wire = toWire(error);
    return wire.code === 'aborted' ? { kind: 'none' } : { kind: 'failed', error: wire };
  }
}

function rowsOf({ model, device, threads }: BackendEvent, metrics: Metrics): [string, string][] {
  return [
    [t('serverModel'), model],
    [t('advancedDevice'), device === 'gpu' ? t('deviceGpu') : t('deviceCpu', formatThreads(threads))],
    [t('figureLoad'), formatDuration(metrics.loadMs)],
    [t('figureFirstToken'), formatDuration(metrics.timeToFirstTokenMs)],
    [t('figurePrefill'), t('writingSpeed', formatNumber(metrics.prefillTokensPerSecond))],
    [t('figureDecode'), t('writingSpeed', formatNumber(metrics.decodeTokensPerSecond))],
    [t('figureMemory'), formatMegabytes(metrics.peakBytes)],
  ];
}

function markdown(version: string, rows: [string, string][]): string {
  const head = `| Inkling ${version} | |\n| --- | --- |\n`;
  return head + rows.map(([name, value]) => `| ${name} | ${value} |\n`).join('');
}
