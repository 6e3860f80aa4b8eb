// The language packs on this machine.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import type { OptionsPlatform } from '../lib/platform/options.ts';
import type { LanguagePack } from '../lib/protocol.ts';
import { PackList } from './PackList.tsx';

export function OptionsLanguages({ platform }: { platform: Pick<OptionsPlatform, 'onPacks' | 'deletePack'> }) {
  const [packs, setPacks] = useState<readonly LanguagePack[]>([]);
  useEffect(() => platform.onPacks(setPacks), [platform]);
  return (
    <section id="languages" aria-labelledby="languages-title">
      <h2 id="languages-title">{t('optionsLanguages')}</h2>
      <p class="quiet">{t('languagesAbout')}</p>
      <PackList packs={packs} onDelete={(pair) => void platform.deletePack(pair)} />
    </section>
  );
}
