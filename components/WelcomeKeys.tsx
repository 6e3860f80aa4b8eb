// The ways in: the toolbar button, the context menu, the keys as this browser has them.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import type { WelcomePlatform } from '../lib/platform/welcome.ts';

export function WelcomeKeys({ platform }: { platform: WelcomePlatform }) {
  const [shortcuts, setShortcuts] = useState<Awaited<ReturnType<WelcomePlatform['shortcuts']>>>([]);
  useEffect(() => void platform.shortcuts().then(setShortcuts), [platform]);
  return (
    <section>
      <h2>{t('welcomeWays')}</h2>
      <p>{t('welcomeMenus')}</p>
      {shortcuts.length > 0 && (
        <dl class="keys">
          {shortcuts.map(({ name, description, keys }) => (
            <div key={name}>
              <dt>{description || t('welcomeOpen')}</dt>
              <dd>
                <kbd>{keys}</kbd>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
