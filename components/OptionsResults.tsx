// What models have written and is kept, so that it need not be written again: whether, how much, and how to be rid of it.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import type { OptionsPlatform } from '../lib/platform/options.ts';
import { formatKilobytes } from './format.ts';

export type ResultsPlatform = Pick<OptionsPlatform, 'keepsResults' | 'keepResults' | 'resultBytes' | 'deleteResults'>;

export function OptionsResults({ platform }: { platform: ResultsPlatform }) {
  const [keeps, setKeeps] = useState<boolean | null>(null);
  const [bytes, setBytes] = useState<number | null>(null);
  const measure = useCallback(() => platform.resultBytes().then(setBytes), [platform]);
  useEffect(() => {
    void platform.keepsResults().then(setKeeps);
    void measure();
  }, [platform, measure]);
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          name="keep-results"
          checked={keeps ?? false}
          disabled={keeps === null}
          onChange={({ currentTarget: { checked } }) => {
            setKeeps(checked);
            void platform.keepResults(checked);
          }}
        />
        {t('keepResultsLabel')}
      </label>
      <p class="form-actions">
        <button type="button" disabled={!bytes} onClick={() => void platform.deleteResults().then(measure)}>
          {t('deleteResults')}
        </button>
        <span role="status" class="quiet">
          {bytes !== null && t('resultsTake', formatKilobytes(bytes))}
        </span>
      </p>
    </>
  );
}
