// The servers that the reader lists: in the order in which they are asked, each to be tried, changed, moved and taken away.
import { useState } from 'preact/hooks';
import type { ModelSettings } from '../lib/engine/model-settings.ts';
import { hostOf, nameOf, type Server } from '../lib/model/openai/server.ts';
import { t } from '../lib/platform/i18n.ts';
import type { ServersPlatform } from '../lib/platform/servers.ts';
import { ServerUse } from './ModelUse.tsx';
import { ServersForm } from './ServersForm.tsx';
import { ServersTrial } from './ServersTrial.tsx';

interface Props {
  platform: ServersPlatform;
  settings: ModelSettings;
  onChange: (change: Partial<ModelSettings>) => void;
}

export function ServersSection({ platform, settings, onChange }: Props) {
  const { servers } = settings;
  /** The id of the one that is changed, 'new' for one more; null where the form is away. */
  const [edited, setEdited] = useState<string | null>(null);
  const save = (server: Server) => {
    const isKnown = servers.some(({ id }) => id === server.id);
    onChange({
      servers: isKnown ? servers.map((each) => (each.id === server.id ? server : each)) : [...servers, server],
    });
    setEdited(null);
  };
  return (
    <section id="servers" aria-labelledby="servers-title">
      <h2 id="servers-title">{t('optionsServers')}</h2>
      <p class="quiet">{t('serversAbout')}</p>
      <ul class="server-list">
        {servers.map((server, index) => (
          <li key={server.id} class="server">
            <h3>{nameOf(server)}</h3>
            <p class="quiet">{hostOf(server)}</p>
            <ServerUse server={server} settings={settings} />
            {edited === server.id ? (
              <ServersForm platform={platform} server={server} onSave={save} onCancel={() => setEdited(null)} />
            ) : (
              <ServersTrial platform={platform} server={server}>
                <button
                  type="button"
                  aria-label={t('changeNamed', nameOf(server))}
                  onClick={() => setEdited(server.id)}
                >
                  {t('change')}
                </button>
                {index > 0 && (
                  <button
                    type="button"
                    aria-label={t('moveUpNamed', nameOf(server))}
                    onClick={() => onChange({ servers: movedUp(servers, index) })}
                  >
                    {t('moveUp')}
                  </button>
                )}
                <button
                  type="button"
                  aria-label={t('removeNamed', nameOf(server))}
                  onClick={() => onChange({ servers: servers.filter((each) => each !== server) })}
                >
                  {t('remove')}
                </button>
              </ServersTrial>
            )}
          </li>
        ))}
      </ul>
      {edited === 'new' ? (
        <ServersForm platform={platform} onSave={save} onCancel={() => setEdited(null)} />
      ) : (
        <button type="button" onClick={() => setEdited('new')}>
          {t('addServer')}
        </button>
      )}
    </section>
  );
}

function movedUp(servers: readonly Server[], index: number): Server[] {
  return servers.toSpliced(index - 1, 2, servers[index], servers[index - 1]);
}
