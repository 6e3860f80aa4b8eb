// That a language model has translated, or will: which, that it may be wrong, and where the text goes.
import { t } from '../lib/platform/i18n.ts';
import type { BackendEvent } from '../lib/protocol.ts';
import type { TranslatingModel } from '../lib/requests.ts';
import { modelName } from './labels.ts';
import { TextGoesTo } from './StatusLine.tsx';

/** Of a translation that stands there. */
export function ByModel({ backend }: { backend: BackendEvent }) {
  return (
    <p class="quiet by-model">
      {t('translatedBy', modelName(backend))} {backend.host && <TextGoesTo host={backend.host} />}
    </p>
  );
}

/** Of what the pair is translated by. */
export function TranslatedByModel({ model }: { model: TranslatingModel }) {
  return <p class="quiet by-model">{t('translatedBy', model.isBrowsers ? t('browserModel') : model.name)}</p>;
}
