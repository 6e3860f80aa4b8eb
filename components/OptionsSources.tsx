// Where downloads come from: the usual places, or others that the reader or their organisation trusts instead.
import { useEffect, useState } from 'preact/hooks';
import { parseBase } from '../lib/model/download/address.ts';
import { t, type MessageKey } from '../lib/platform/i18n.ts';
import type { Source, SourceKey, SourcesPlatform } from '../lib/platform/sources.ts';

const SOURCES: [SourceKey, MessageKey][] = [
  ['hubEndpoint', 'sourceHub'],
  ['packMirror', 'sourcePacks'],
];

export function OptionsSources({ platform }: { platform: SourcesPlatform }) {
  const [sources, setSources] = useState<Record<SourceKey, Source> | null>(null);
  useEffect(() => void platform.readSources().then(setSources), [platform]);
  const change = (key: SourceKey, address: string) => {
    setSources((known) => known && { ...known, [key]: { ...known[key], address } });
    void platform.changeSource(key, address);
  };
  return (
    <section id="sources" aria-labelledby="sources-title">
      <h2 id="sources-title">{t('optionsSources')}</h2>
      <p class="quiet">{t('sourcesAbout')}</p>
      <div class="rows">
        {sources &&
          SOURCES.map(([key, label]) => (
            <div class="row" key={key}>
              <label for={key}>{t(label)}</label>
              <SourceField id={key} source={sources[key]} onChange={(address) => change(key, address)} />
            </div>
          ))}
      </div>
    </section>
  );
}

interface FieldProps {
  id: string;
  source: Source;
  onChange: (address: string) => void;
}

/** What is typed counts once it is an address and the reader has left the field, or pressed Enter. */
function SourceField({ id, source: { address, usual, isLaidDown }, onChange }: FieldProps) {
  const [typed, setTyped] = useState(address);
  const parsed = parseBase(typed);
  const base = typeof parsed === 'object' ? parsed.base : null;
  const about = isLaidDown
    ? t('sourceLaidDown')
    : parsed === 'plain-http'
      ? t('sourcePlainHttp')
      : base === null
        ? t('serverNoAddress')
        : t(base === '' ? 'sourceUsual' : 'sourceOther', usual);
  return (
    <div class="field">
      <input
        id={id}
        type="text"
        inputMode="url"
        autocomplete="off"
        spellcheck={false}
        value={typed}
        placeholder={usual}
        disabled={isLaidDown}
        aria-describedby={`${id}-about`}
        aria-invalid={base === null}
        onInput={({ currentTarget: { value } }) => setTyped(value)}
        onChange={() => {
          if (base === null) return;
          setTyped(base);
          onChange(base);
        }}
      />
      <p class={base === null ? 'unsure-note' : 'quiet'} id={`${id}-about`} role="status">
        {about}
      </p>
      {!isLaidDown && address !== '' && (
        <button
          type="button"
          aria-label={`${t('sourceReset')}: ${usual}`}
          onClick={() => {
            setTyped('');
            onChange('');
          }}
        >
          {t('sourceReset')}
        </button>
      )}
    </div>
  );
}
