// The options page: its sections, and what of the reader's choices they share. Props in; the platforms do the rest.
import { useEffect, useState } from 'preact/hooks';
import type { ModelSettings } from '../lib/engine/model-settings.ts';
import { t, type MessageKey } from '../lib/platform/i18n.ts';
import type { ModelsPlatform } from '../lib/platform/models.ts';
import type { OptionsPlatform, RunnableModel } from '../lib/platform/options.ts';
import { BrowserModelSection } from './BrowserModelSection.tsx';
import { ModelChoices } from './ModelChoices.tsx';
import { ModelsSection } from './ModelsSection.tsx';
import { ModelUse } from './ModelUse.tsx';
import { OptionsAbout } from './OptionsAbout.tsx';
import { OptionsAdvanced } from './OptionsAdvanced.tsx';
import { OptionsBenchmark } from './OptionsBenchmark.tsx';
import { OptionsLanguages } from './OptionsLanguages.tsx';
import { OptionsPrivacy } from './OptionsPrivacy.tsx';
import { OptionsSources } from './OptionsSources.tsx';
import { QuickActionsSection } from './QuickActionsSection.tsx';
import { ServersSection } from './ServersSection.tsx';
import { useBrowserModel } from './use-browser-model.ts';

interface Props {
  platform: OptionsPlatform;
  models: ModelsPlatform;
}

const SECTIONS = [
  ['tasks', 'optionsTasks'],
  ['models', 'models'],
  ['servers', 'optionsServers'],
  ['actions', 'quickActions'],
  ['languages', 'optionsLanguages'],
  ['sources', 'optionsSources'],
  ['privacy', 'optionsPrivacy'],
  ['advanced', 'optionsAdvanced'],
  ['benchmark', 'optionsBenchmark'],
  ['about', 'optionsAbout'],
] as const satisfies readonly (readonly [string, MessageKey])[];

export function Options({ platform, models }: Props) {
  const [settings, setSettings] = useState<ModelSettings | null>(null);
  const [runnable, setRunnable] = useState<readonly RunnableModel[]>([]);
  const browserModel = useBrowserModel(platform.browserModel);
  useEffect(() => platform.onModelSettings(setSettings), [platform]);
  useEffect(() => platform.onRunnableModels(setRunnable), [platform]);
  const change = (changed: Partial<ModelSettings>) => {
    if (settings) setSettings({ ...settings, ...changed });
    void platform.changeModelSettings(changed);
  };
  return (
    <div class="options">
      <nav aria-label={t('optionsTitle')}>
        <h1>{t('optionsTitle')}</h1>
        <ul>
          {SECTIONS.map(([id, title]) => (
            <li key={id}>
              <a href={`#${id}`}>{t(title)}</a>
            </li>
          ))}
        </ul>
      </nav>
      {settings && (
        <main>
          <ModelChoices
            settings={settings}
            models={runnable}
            hasBrowserModel={browserModel.state === 'available'}
            onChange={change}
          />
          <div id="models">
            <ModelsSection
              platform={models}
              about={({ entry }) => <ModelUse id={entry.id} settings={settings} models={runnable} />}
            />
          </div>
          <BrowserModelSection {...browserModel} />
          <ServersSection platform={platform.servers} settings={settings} onChange={change} />
          <QuickActionsSection platform={platform} />
          <OptionsLanguages platform={platform} />
          <OptionsSources platform={platform.sources} />
          <OptionsPrivacy platform={platform} />
          <OptionsAdvanced settings={settings} logicalCores={platform.logicalCores} onChange={change} />
          <OptionsBenchmark platform={platform} models={runnable} />
          <OptionsAbout version={platform.version} />
        </main>
      )}
    </div>
  );
}
