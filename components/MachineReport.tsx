// What was found out about this machine, in plain words, and the one better model that it can run.
import { t, type MessageKey } from '../lib/platform/i18n.ts';
import type { WelcomePlatform } from '../lib/platform/welcome.ts';
import { formatBytes, formatDuration, formatMegabytes, formatNumber, formatWordsASecond } from './format.ts';
import { failureFace } from './failure.ts';
import { deviceText } from './labels.ts';
import { offerText } from './models.ts';
import type { MachineView } from './use-machine.ts';

interface Props {
  machine: MachineView;
  platform: WelcomePlatform;
}

export function MachineReport({ machine, platform }: Props) {
  return (
    <section aria-live="polite">
      <h2>{t('welcomeMachine')}</h2>
      {machine.kind === 'trying' && (
        <>
          <p class="quiet">{t('welcomeTrying')}</p>
          <progress aria-label={t('welcomeTrying')} value={machine.progress?.fraction} />
        </>
      )}
      {machine.kind === 'failed' && <p>{failureFace(machine.error.code).what}</p>}
      {machine.kind === 'tried' && <Tried {...machine} platform={platform} />}
    </section>
  );
}

function Tried({
  backend,
  metrics,
  platform,
}: Extract<MachineView, { kind: 'tried' }> & { platform: WelcomePlatform }) {
  const offer = platform.recommend(metrics.decodeTokensPerSecond);
  return (
    <>
      <dl class="figures">
        <div>
          <dt>{t('welcomeModel')}</dt>
          <dd>{platform.model}</dd>
        </div>
        <div>
          <dt>{t('welcomeDevice')}</dt>
          <dd>{deviceText(backend)}</dd>
        </div>
        <div>
          <dt>{t('welcomeFirstToken')}</dt>
          <dd>{formatDuration(metrics.timeToFirstTokenMs)}</dd>
        </div>
        <div>
          <dt>{t('welcomeSpeed')}</dt>
          <dd>{formatWordsASecond(metrics.decodeTokensPerSecond)}</dd>
        </div>
        <div>
          <dt>{t('welcomeMemory')}</dt>
          <dd>{formatMegabytes(metrics.peakBytes)}</dd>
        </div>
        {platform.memoryGb !== undefined && (
          <div>
            <dt>{t('welcomeMachineMemory')}</dt>
            <dd>{t('orMore', t('gigabytes', formatNumber(platform.memoryGb)))}</dd>
          </div>
        )}
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
        <p>{t('welcomeNoOffer')}</p>
      )}
    </>
  );
}
