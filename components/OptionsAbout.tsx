// What this is, and which of it.
import { t } from '../lib/platform/i18n.ts';

export function OptionsAbout({ version }: { version: string }) {
  return (
    <section id="about" aria-labelledby="about-title">
      <h2 id="about-title">{t('optionsAbout')}</h2>
      <p>{t('aboutInkling')}</p>
      <p class="quiet">{t('aboutVersion', version)}</p>
    </section>
  );
}
