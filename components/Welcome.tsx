// The first page that a reader sees: what works right now, what this machine can do, the one better model that fits. To be left
// at any moment; whatever needs a better model offers it again.
import { t } from '../lib/platform/i18n.ts';
import type { WelcomePlatform } from '../lib/platform/welcome.ts';
import { MachineReport } from './MachineReport.tsx';
import { useMachine } from './use-machine.ts';
import { WelcomeKeys } from './WelcomeKeys.tsx';

export function Welcome({ platform }: { platform: WelcomePlatform }) {
  const machine = useMachine(platform);
  return (
    <main class="welcome">
      <h1>{t('welcomeTitle')}</h1>
      <p class="lead">{t('welcomeLead')}</p>
      <section>
        <h2>{t('welcomeNow')}</h2>
        <ul>
          <li>{t('welcomeSummarize')}</li>
          <li>{t('welcomeAsk')}</li>
          <li>{t('welcomeTranslate')}</li>
          <li>{t('welcomeRewrite')}</li>
        </ul>
      </section>
      <WelcomeKeys platform={platform} />
      <MachineReport machine={machine} platform={platform} />
    </main>
  );
}
