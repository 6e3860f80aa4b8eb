// Which model does which task: the reader's choice, what it amounts to now, and whether text leaves the machine by it.
import type { ChosenTask, ModelSettings } from '../lib/engine/model-settings.ts';
import { BROWSER_MODEL } from '../lib/model/browser-language-model.ts';
import { hostOf, nameOf } from '../lib/model/openai/server.ts';
import { t } from '../lib/platform/i18n.ts';
import type { RunnableModel } from '../lib/platform/options.ts';
import { formatList } from './format.ts';
import { entryFor, TASKS } from './model-use.ts';
import { TextGoesTo } from './StatusLine.tsx';

interface Props {
  settings: ModelSettings;
  models: readonly RunnableModel[];
  /** The browser has a model of its own, now. */
  hasBrowserModel: boolean;
  onChange: (change: Partial<ModelSettings>) => void;
}

export function ModelChoices({ settings, models, hasBrowserModel, onChange }: Props) {
  return (
    <section id="tasks" aria-labelledby="tasks-title">
      <h2 id="tasks-title">{t('optionsTasks')}</h2>
      <p class="quiet">{t('tasksAbout')}</p>
      <div class="rows">
        {TASKS.map(({ kind, name }) => (
          <div class="row" key={kind}>
            <label for={`choice-${kind}`}>{t(name)}</label>
            <div class="field">
              <select
                id={`choice-${kind}`}
                value={settings.choices[kind]}
                aria-describedby={`chosen-${kind}`}
                onChange={({ currentTarget: { value } }) =>
                  onChange({ choices: { ...settings.choices, [kind]: value } })
                }
              >
                <ModelOptions kind={kind} settings={settings} models={models} hasBrowserModel={hasBrowserModel} />
              </select>
              <p class="quiet" id={`chosen-${kind}`}>
                <Chosen kind={kind} settings={settings} models={models} hasBrowserModel={hasBrowserModel} />
              </p>
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}

interface OfTask extends Omit<Props, 'onChange'> {
  kind: ChosenTask;
}

function ModelOptions({ kind, settings: { choices, servers }, models, hasBrowserModel }: OfTask) {
  const choice = choices[kind];
  const offered = kind === 'translate' ? models.filter(({ entry }) => entry.methods.translate) : models;
  const ids = [...offered.map(({ entry }) => entry.id), ...servers.map(({ id }) => id)];
  const known = ['automatic', ...ids, ...(hasBrowserModel ? [BROWSER_MODEL] : [])];
  const isGone = !known.includes(choice) && !(choice === 'servers' && servers.length > 0);
  return (
    <>
      <option value="automatic">{t('choiceAutomatic')}</option>
      <optgroup label={t('onThisMachine')}>
        {offered.map(({ entry, fits }) => (
          <option key={entry.id} value={entry.id} disabled={!fits && choice !== entry.id}>
            {fits ? entry.name : t('choiceTooLarge', entry.name)}
          </option>
        ))}
        {hasBrowserModel && <option value={BROWSER_MODEL}>{t('choiceBrowser')}</option>}
      </optgroup>
      {servers.length > 0 && (
        <optgroup label={t('onServers')}>
          {servers.map((server) => (
            <option key={server.id} value={server.id}>
              {t('modelOnHost', nameOf(server), hostOf(server))}
            </option>
          ))}
          {(servers.length > 1 || choice === 'servers') && <option value="servers">{t('choiceServers')}</option>}
        </optgroup>
      )}
      {isGone && <option value={choice}>{t('choiceGone')}</option>}
    </>
  );
}

/** What comes of the choice. */
function Chosen({ kind, settings, models, hasBrowserModel }: OfTask) {
  const { choices, servers } = settings;
  const choice = choices[kind];
  const chosen = choice === 'servers' ? servers : servers.filter(({ id }) => id === choice);
  if (chosen.length > 0) return <TextGoesTo host={formatList(chosen.map(hostOf))} />;
  if (choice === BROWSER_MODEL && hasBrowserModel) return <>{t('choiceBrowserAbout')}</>;
  const entry = entryFor(kind, settings, models);
  if (kind === 'translate' && entry) return <>{t('choiceTranslates', entry.name)}</>;
  if (kind === 'translate' && choice === 'automatic') return <>{t('choiceTranslatesNot')}</>;
  if (!entry) return <>{t('modelMissingAdvice')}</>;
  const writes = kind !== 'translate' && entry.methods[kind] === 'composes';
  return <>{writes ? t('choiceWrites', entry.name) : t('choiceSelects', entry.name)}</>;
}
