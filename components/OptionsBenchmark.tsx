// Measures every model on this machine, on every device that it has: how soon it is there, how fast it reads and writes, what it takes.
import { useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import type { OptionsPlatform, RunnableModel } from '../lib/platform/options.ts';
import { benchmarkFigures, benchmarkHeads, benchmarkMarkdown, measuredDevice } from './benchmark.ts';
import { useBenchmark, type Measurement } from './use-benchmark.ts';
import { failureFace } from './failure.ts';

interface Props {
  platform: Pick<OptionsPlatform, 'devices' | 'measure' | 'version'>;
  models: readonly RunnableModel[];
}

export function OptionsBenchmark({ platform, models }: Props) {
  const { measurements, isRunning, start, stop } = useBenchmark(
    platform,
    models.map(({ entry }) => entry),
  );
  const [notice, setNotice] = useState('');
  const copy = async () => {
    await navigator.clipboard.writeText(benchmarkMarkdown(platform.version, measurements));
    setNotice(t('copied'));
  };
  return (
    <section id="benchmark" aria-labelledby="benchmark-title" aria-busy={isRunning}>
      <h2 id="benchmark-title">{t('optionsBenchmark')}</h2>
      <p class="quiet">{t('benchmarkAbout')}</p>
      {measurements.length > 0 && (
        <div class="benchmark-rows">
          <table>
            <thead>
              <tr>
                {[t('serverModel'), ...benchmarkHeads()].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {measurements.map((each) => (
                <MeasurementRow key={`${each.entry.id} ${each.device}`} measurement={each} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class="form-actions">
        <button
          type="button"
          onClick={() => {
            setNotice('');
            if (isRunning) stop();
            else start();
          }}
        >
          {isRunning ? t('stop') : t('measure')}
        </button>
        {!isRunning && measurements.length > 0 && (
          <button type="button" onClick={() => void copy()}>
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

function MeasurementRow({ measurement }: { measurement: Measurement }) {
  const { entry, outcome } = measurement;
  const heads = benchmarkHeads();
  return (
    <tr data-outcome={outcome.kind}>
      <th scope="row">
        {entry.name}
        <span class="quiet">{measuredDevice(measurement)}</span>
      </th>
      {outcome.kind === 'measured' &&
        benchmarkFigures(outcome).map((figure, at) => (
          <td key={at} data-head={heads[at]}>
            {figure}
          </td>
        ))}
      {outcome.kind === 'waiting' && <td colSpan={heads.length} />}
      {outcome.kind === 'running' && (
        <td colSpan={heads.length}>
          <progress aria-label={t('measuring')} value={outcome.fraction} />
        </td>
      )}
      {outcome.kind === 'failed' && (
        <td colSpan={heads.length} class="benchmark-failure">
          {failureFace(outcome.error.code, outcome.error.detail).what}
          {outcome.error.detail !== '' && <span class="quiet">{outcome.error.detail}</span>}
        </td>
      )}
    </tr>
  );
}
