// Adds or changes a server: its address and key, then its model out of its own list. Nothing is sent there before the reader asks.
import { useId, useState } from 'preact/hooks';
import { toWire, type WireError } from '../lib/errors.ts';
import { parseAddress, type BadAddress, type ServerAddress } from '../lib/model/openai/address.ts';
import type { OfferedModel } from '../lib/model/openai/list-models.ts';
import { USUAL_CONTEXT, type Server } from '../lib/model/openai/server.ts';
import { t } from '../lib/platform/i18n.ts';
import type { ServersPlatform } from '../lib/platform/servers.ts';
import { failureFace } from './failure.ts';
import { ServersModel } from './ServersModel.tsx';

interface Props {
  platform: ServersPlatform;
  /** The one to change; absent: a new one. */
  server?: Server;
  onSave: (server: Server) => void;
  onCancel: () => void;
}

type Look =
  | { kind: 'none' }
  | { kind: 'looking' }
  | { kind: 'found'; models: OfferedModel[] }
  | { kind: 'failed'; error: WireError };

export function ServersForm({ platform, server, onSave, onCancel }: Props) {
  const [typed, setTyped] = useState(server?.address ?? '');
  const [key, setKey] = useState(server?.key ?? '');
  const [look, setLook] = useState<Look>({ kind: 'none' });
  const [model, setModel] = useState(server?.model ?? '');
  const [contextWindow, setContextWindow] = useState(server?.contextWindow ?? USUAL_CONTEXT);
  const [isRefused, setRefused] = useState(false);
  const field = useId();
  const address = parseAddress(typed);
  const isGood = typeof address === 'object';

  const choose = (id: string, models: readonly OfferedModel[]) => {
    setModel(id);
    setContextWindow(models.find((each) => each.id === id)?.contextWindow ?? USUAL_CONTEXT);
  };

  const lookForModels = async () => {
    if (!isGood) return;
    // First in the click, or the browser refuses to ask.
    const allowed = platform.allow(address.base);
    setLook({ kind: 'looking' });
    setRefused(!(await allowed));
    try {
      const models = await platform.listModels({ address: address.base, key }, new AbortController().signal);
      setLook({ kind: 'found', models });
      if (models.length > 0 && !models.some(({ id }) => id === model)) choose(models[0].id, models);
    } catch (error) {
      setLook({ kind: 'failed', error: toWire(error) });
    }
  };

  const save = () => {
    if (isGood) onSave({ id: server?.id ?? crypto.randomUUID(), address: address.base, key, model, contextWindow });
  };

  return (
    <form
      class="server-form"
      onSubmit={(event) => {
        event.preventDefault();
        void lookForModels();
      }}
    >
      <label for={`${field}-address`}>{t('serverAddress')}</label>
      <input
        id={`${field}-address`}
        type="text"
        inputMode="url"
        autocomplete="off"
        spellcheck={false}
        placeholder="localhost:11434"
        value={typed}
        aria-describedby={`${field}-about`}
        onInput={({ currentTarget: { value } }) => {
          setTyped(value);
          setLook({ kind: 'none' });
        }}
      />
      <label for={`${field}-key`}>{t('serverKey')}</label>
      <input
        id={`${field}-key`}
        type="password"
        autocomplete="off"
        placeholder={t('serverKeyNone')}
        value={key}
        onInput={({ currentTarget: { value } }) => setKey(value)}
      />
      <p id={`${field}-about`} class="server-about">
        <AboutAddress typed={typed} address={address} />
      </p>
      {isRefused && <p class="unsure-note">{t('serverNotAllowed')}</p>}
      {look.kind === 'failed' && <LookFailure error={look.error} />}
      {look.kind === 'found' && look.models.length === 0 && <p class="unsure-note">{t('serverListsNone')}</p>}
      {(look.kind === 'found' || look.kind === 'failed' || server) && (
        <ServersModel
          models={look.kind === 'found' ? look.models : []}
          model={model}
          contextWindow={contextWindow}
          onModel={(id) => choose(id, look.kind === 'found' ? look.models : [])}
          onContextWindow={setContextWindow}
        />
      )}
      <p class="form-actions">
        <button type="submit" class={model ? '' : 'primary'} disabled={!isGood || look.kind === 'looking'}>
          {look.kind === 'looking' ? t('lookingForModels') : t('lookForModels')}
        </button>
        {model !== '' && (
          <button type="button" class="primary" disabled={!isGood} onClick={save}>
            {server ? t('save') : t('addServer')}
          </button>
        )}
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </p>
    </form>
  );
}

function AboutAddress({ typed, address }: { typed: string; address: ServerAddress | BadAddress }) {
  if (typed.trim() === '') return <>{t('serverAddressAbout')}</>;
  if (address === 'plain-http') return <span class="unsure-note">{t('serverPlainHttp')}</span>;
  if (address === 'not-an-address') return <>{t('serverNoAddress')}</>;
  const { host } = new URL(address.base);
  return <>{t('serverGets', host)}</>;
}

function LookFailure({ error: { code, detail } }: { error: WireError }) {
  const { what, advice } = failureFace(code, detail);
  return (
    <div class="unsure-note" role="alert">
      <strong>{what}</strong> {advice}
      <span class="detail">{detail}</span>
    </div>
  );
}
