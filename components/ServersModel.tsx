// A server's model, out of its own list or by its name, and how much it is given to read.
import { useId } from 'preact/hooks';
import type { OfferedModel } from '../lib/model/openai/list-models.ts';
import { nameOf } from '../lib/model/openai/server.ts';
import { t } from '../lib/platform/i18n.ts';

interface Props {
  /** Empty where the server does not list any. */
  models: readonly OfferedModel[];
  model: string;
  contextWindow: number;
  onModel: (id: string) => void;
  onContextWindow: (tokens: number) => void;
}

const MIN_CONTEXT = 1024;

export function ServersModel({ models, model, contextWindow, onModel, onContextWindow }: Props) {
  const field = useId();
  return (
    <>
      <label for={`${field}-model`}>{t('serverModel')}</label>
      {models.length > 0 ? (
        <select id={`${field}-model`} value={model} onChange={({ currentTarget: { value } }) => onModel(value)}>
          {models.map(({ id }) => (
            <option key={id} value={id}>
              {nameOf({ model: id })}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={`${field}-model`}
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={model}
          onInput={({ currentTarget: { value } }) => onModel(value.trim())}
        />
      )}
      <label for={`${field}-context`}>{t('contextTokens')}</label>
      <div class="field">
        <input
          id={`${field}-context`}
          type="number"
          min={MIN_CONTEXT}
          step={1024}
          value={contextWindow}
          onChange={({ currentTarget: { valueAsNumber } }) =>
            onContextWindow(Math.max(MIN_CONTEXT, Math.round(valueAsNumber) || MIN_CONTEXT))
          }
        />
        <p class="quiet">{t('serverContextAbout')}</p>
      </div>
    </>
  );
}
