// The last line: which model, where it runs, how fast the last answer was, and whether anything leaves the device.
import type { BackendEvent, Metrics } from '../lib/protocol.ts';
import { t, type MessageKey } from '../lib/platform/i18n.ts';
import { formatNumber } from './format.ts';
import { deviceText, modelName } from './labels.ts';
import { Parts } from './Parts.tsx';
import { runOf, type Run, type View } from './view.ts';

/** Reasons that a reader is told without having asked: something went wrong. */
const CRASHES = ['gpuCrashed', 'modelCrashed'];

/** `goesTo`: where the text of the next run goes, '' for nowhere. */
export function StatusLine({ view, goesTo }: { view: View; goesTo: string }) {
  const run = runOf(view);
  const speed = run && view.kind === 'done' ? speedText(run, view.metrics) : '';
  return <BackendLine backend={run?.backend ?? null} speed={speed} goesTo={goesTo} />;
}

/** That text leaves this machine, and to where: in words and in the colour of what is unsure. */
export function TextGoesTo({ host }: { host: string }) {
  return <strong class="leaves">{t('textGoesTo', host)}</strong>;
}

interface BackendLineProps {
  /** Of what stands in the panel. */
  backend: BackendEvent | null;
  speed?: string;
  goesTo: string;
}

export function BackendLine({ backend, speed = '', goesTo }: BackendLineProps) {
  const host = backend ? backend.device === 'remote' && (backend.host ?? t('theServer')) : goesTo;
  const parts = [
    backend ? <span class="model-name">{modelName(backend)}</span> : '',
    backend ? deviceText(backend) : '',
    speed,
    host ? <TextGoesTo host={host} /> : t('onThisDevice'),
  ];
  const line = <Parts parts={parts} />;
  const reason = backend?.reason ? t(backend.reason as MessageKey) : '';
  const passedOver = backend?.passedOver ? t('modelPassedOver', backend.passedOver) : '';
  if (!reason && !passedOver) return <p class="status">{line}</p>;
  return (
    <details class="status" open={passedOver !== '' || CRASHES.includes(backend?.reason ?? '')}>
      <summary>{line}</summary>
      {passedOver && <p>{passedOver}</p>}
      {reason && <p>{reason}</p>}
    </details>
  );
}

/** Of what the model wrote where it wrote, else of what was read to select from. */
function speedText(run: Run, metrics: Metrics | null): string {
  if (!metrics) return '';
  if (run.statements.length > 0 && metrics.decodeTokensPerSecond > 0)
    return t('writingSpeed', formatNumber(metrics.decodeTokensPerSecond));
  if (!run.coverage || metrics.totalMs <= 0) return '';
  return t('readingSpeed', formatNumber((run.coverage.wordsRead / metrics.totalMs) * 1000));
}
