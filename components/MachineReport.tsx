// What was found out about this machine, in plain words, and the one better model that it can run.
import { t, type MessageKey } from '../lib/platform/i18n.ts';
import type { WelcomePlatform } from '../lib/platform/welcome.ts';
import { formatBytes, formatDuration, formatMegabytes, formatNumber, formatWordsASecond } from './format.ts';
import { failureFace } from './failure.ts';
import { deviceText } from './labels.ts';
import { offerText } from './models.ts';
import type { Figures, MachineView } from './use-machine.ts';

interface Props {
  machine: MachineView;
  platform: WelcomePlatform;
}

export function MachineReport({ machine, platform }: Props) {
  const estimate = machine.kind === 'trying' ? machine.estimate : null;
  return (
    <section aria-live="polite">
      <h2>{t('welcomeMachine')}</h2>
      {machine.kind === 'tried' && <Shown figures={machine} platform={platform} />}
      {estimate && <Shown figures={estimate} isEstimate platform={platform} />}
      {machine.kind === 'trying' && (
        <>
          <p class="quiet">{t(estimate ? 'welcomePreparing' : 'welcomeTrying')}</p>
          <progress
            aria-label={t(estimate ? 'welcomePreparing' : 'welcomeTrying')}
            value={machine.progress?.fraction}
          />
        </>
      )}
      {machine.kind === 'failed' && <p>{failureFace(machine.error.code).what}</p>}
    </section>
  );
}

interface ShownProps {
  figures: Figures;
  /** Of the model's shape alone: about as fast, and nothing that only a real run tells. */
  isEstimate?: boolean;
  platform: WelcomePlatform;
}

function Shown({ figures: { backend, metrics }, isEstimate = false, platform }: ShownProps) {
  const offer = platform.recommend(metrics.decodeTokensPerSecond);
  const speed = formatWordsASecond(metrics.decodeTokensPerSecond);
  const memoryGb = platform.memoryGb !== undefined && formatNumber(platform.memoryGb);
  return (
    <>
      <dl class="figures" data-kind={isEstimate ? 'estimated' : 'tried'}>
        <Figure name={t('welcomeModel')} value={platform.model} />
        <Figure name={t('welcomeDevice')} value={deviceText(backend)} />
        {!isEstimate && <Figure name={t('welcomeFirstToken')} value={formatDuration(metrics.timeToFirstTokenMs)} />}
        <Figure name={t('welcomeSpeed')} value={isEstimate ? t('welcomeAbout', speed) : speed} />
        {!isEstimate && <Figure name={t('welcomeMemory')} value={formatMegabytes(metrics.peakBytes)} />}
        {memoryGb && <Figure name={t('welcomeMachineMemory')} value={t('orMore', t('gigabytes', memoryGb))} />}
      </dl>
      {backend.reason && <p class="quiet">{t(backend.reason as MessageKey)}</p>}
      {offer ? (
        <div class="offer">
          <p>
            {t(
              'welcomeOffer',
              offer.entry.name,
              offerText(offer.entry),
              formatBytes(offer.entry.weights.bytes),
              formatWordsASecond(offer.tokensPerSecond),
            )}
          </p>
          <p class="quiet">{t('welcomeOfferNote')}</p>
          <button type="button" class="primary" onClick={() => void platform.openModels()}>
            {t('welcomeSeeModels')}
          </button>
        </div>
      ) : (
        !isEstimate && <p>{t('welcomeNoOffer')}</p>
      )}
    </>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
