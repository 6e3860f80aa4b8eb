// What is said of a measured model: the same figures in the table and as Markdown. Pure but for the catalogue.
import { t } from '../lib/platform/i18n.ts';
import { failureFace } from './failure.ts';
import { formatDuration, formatMegabytes, formatNumber, formatThreads } from './format.ts';
import type { Measurement } from './use-benchmark.ts';

type Measured = Extract<Measurement['outcome'], { kind: 'measured' }>;

/** Of the columns behind model and device. */
export function benchmarkHeads(): string[] {
  return [
    t('figureSelfTest'),
    t('figureLoad'),
    t('figureFirstToken'),
    t('figurePrefill'),
    t('figureDecode'),
    t('figureMemory'),
  ];
}

export function benchmarkFigures({ metrics, passedSelfTest }: Measured): string[] {
  return [
    passedSelfTest ? t('selfTestPassed') : t('selfTestNone'),
    formatDuration(metrics.loadMs),
    formatDuration(metrics.timeToFirstTokenMs),
    t('writingSpeed', formatNumber(metrics.prefillTokensPerSecond)),
    // What ends at once has written nothing to be timed.
    metrics.decodeTokensPerSecond > 0 ? t('writingSpeed', formatNumber(metrics.decodeTokensPerSecond)) : '–',
    formatMegabytes(metrics.peakBytes),
  ];
}

/** "CPU, 2 threads", once it has run there. */
export function measuredDevice({ device, outcome }: Measurement): string {
  if (device === 'gpu') return t('deviceGpu');
  return outcome.kind === 'measured' ? t('deviceCpu', formatThreads(outcome.backend.threads)) : t('cpu');
}

export function benchmarkMarkdown(version: string, measurements: readonly Measurement[]): string {
  const heads = [`Inkling ${version}`, t('advancedDevice'), ...benchmarkHeads()];
  const rows = measurements.map((each) => [each.entry.name, measuredDevice(each), ...cellsOf(each)]);
  return [heads, heads.map(() => '---'), ...rows].map(line).join('');
}

function cellsOf({ outcome }: Measurement): string[] {
  if (outcome.kind === 'measured') return benchmarkFigures(outcome);
  const [, ...others] = benchmarkHeads();
  const { code, detail } = outcome.kind === 'failed' ? outcome.error : { code: 'aborted' as const, detail: '' };
  const why = failureFace(code, detail).what;
  return [detail ? `${why} (${detail})` : why, ...others.map(() => '')];
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
}
