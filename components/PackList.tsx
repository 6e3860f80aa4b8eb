// The languages that are on this machine: what each takes, and a button that deletes it. Closed until the reader asks.
import { t } from '../lib/platform/i18n.ts';
import type { LanguagePack, LanguagePair } from '../lib/protocol.ts';
import { formatLoaded, formatMegabytes } from './format.ts';
import { pairLabel } from './languages.ts';

interface Props {
  packs: readonly LanguagePack[];
  onDelete: (pair: LanguagePair) => void;
}

export function PackList({ packs, onDelete }: Props) {
  const here = packs.filter(({ state }) => state !== 'available');
  if (here.length === 0) return null;
  return (
    <details class="packs">
      <summary>{t('languagesHere')}</summary>
      <ul>
        {here.map((pack) => (
          <li key={`${pack.pair.from}-${pack.pair.to}`}>
            <span class="pack-name">{pairLabel(pack.pair)}</span>
            <span class="pack-size">{sizeText(pack)}</span>
            {pack.state !== 'packaged' && (
              <button
                type="button"
                aria-label={t('deletePackNamed', pairLabel(pack.pair))}
                onClick={() => onDelete(pack.pair)}
              >
                {t('deletePack')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function sizeText({ state, storedBytes, downloadBytes }: LanguagePack): string {
  switch (state) {
    case 'packaged':
      return t('packIncluded');
    case 'partial':
      return formatLoaded(storedBytes, storedBytes + downloadBytes);
    default:
      return formatMegabytes(storedBytes);
  }
}
