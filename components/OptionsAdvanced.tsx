// Bounds for those who know what they are: each says its default, and all can be put back.
import type { ComponentChildren } from 'preact';
import {
  CONTEXT_TOKENS,
  DEFAULT_MODEL_SETTINGS,
  MAX_TEMPERATURE,
  type ModelSettings,
} from '../lib/engine/model-settings.ts';
import { t } from '../lib/platform/i18n.ts';
import { formatNumber } from './format.ts';

type Bounds = Pick<ModelSettings, 'temperature' | 'topP' | 'contextTokens' | 'threads' | 'device'>;

interface Props {
  settings: ModelSettings;
  logicalCores: number;
  onChange: (change: Partial<Bounds>) => void;
}

const { temperature, topP, contextTokens, threads, device } = DEFAULT_MODEL_SETTINGS;
const DEFAULTS: Bounds = { temperature, topP, contextTokens, threads, device };
const TEMPERATURES = [0, 0.2, 0.5, 0.7, 1, MAX_TEMPERATURE];
const TOP_PS = [0.5, 0.8, 0.9, 0.95, 1];

export function OptionsAdvanced({ settings, logicalCores, onChange }: Props) {
  const isDefault = (Object.keys(DEFAULTS) as (keyof Bounds)[]).every((key) => settings[key] === DEFAULTS[key]);
  const cores = Array.from({ length: logicalCores }, (_, index) => index + 1);
  return (
    <section id="advanced" aria-labelledby="advanced-title">
      <h2 id="advanced-title">{t('optionsAdvanced')}</h2>
      <div class="rows">
        <Row id="device" label={t('advancedDevice')} about={t('advancedDeviceAbout')}>
          <select
            id="device"
            value={settings.device}
            onChange={({ currentTarget: { value } }) => onChange({ device: value as Bounds['device'] })}
          >
            <option value="automatic">{t('choiceAutomatic')}</option>
            <option value="cpu">{t('advancedCpuOnly')}</option>
          </select>
        </Row>
        <Row id="threads" label={t('advancedThreads')} about={t('advancedThreadsAbout')}>
          <Numbers id="threads" value={settings.threads} values={cores} onValue={(threads) => onChange({ threads })} />
        </Row>
        <Row id="context" label={t('contextTokens')} about={t('advancedContextAbout')}>
          <Numbers
            id="context"
            value={settings.contextTokens}
            values={CONTEXT_TOKENS}
            onValue={(contextTokens) => onChange({ contextTokens })}
          />
        </Row>
        <Row id="temperature" label={t('advancedTemperature')} about={t('advancedTemperatureAbout')}>
          <Numbers
            id="temperature"
            value={settings.temperature}
            values={TEMPERATURES}
            onValue={(temperature) => onChange({ temperature })}
          />
        </Row>
        <Row id="top-p" label={t('advancedTopP')} about={t('advancedTopPAbout')}>
          <Numbers id="top-p" value={settings.topP} values={TOP_PS} onValue={(topP) => onChange({ topP })} />
        </Row>
      </div>
      <button type="button" disabled={isDefault} onClick={() => onChange(DEFAULTS)}>
        {t('resetAdvanced')}
      </button>
    </section>
  );
}

function Row({
  id,
  label,
  about,
  children,
}: {
  id: string;
  label: string;
  about: string;
  children: ComponentChildren;
}) {
  return (
    <div class="row">
      <label for={id}>{label}</label>
      <div class="field">
        {children}
        <p class="quiet">{about}</p>
      </div>
    </div>
  );
}

interface NumbersProps {
  id: string;
  value: number | null;
  values: readonly number[];
  onValue: (value: number | null) => void;
}

/** Null, the default, comes first. A value that is not on offer is kept as it is. */
function Numbers({ id, value, values, onValue }: NumbersProps) {
  const all = value === null || values.includes(value) ? values : [...values, value].sort((a, b) => a - b);
  return (
    <select
      id={id}
      value={value === null ? '' : String(value)}
      onChange={({ currentTarget }) => onValue(currentTarget.value === '' ? null : Number(currentTarget.value))}
    >
      <option value="">{t('choiceAutomatic')}</option>
      {all.map((each) => (
        <option key={each} value={each}>
          {Number.isInteger(each) ? formatNumber(each) : each.toLocaleString(t('locale'))}
        </option>
      ))}
    </select>
  );
}
