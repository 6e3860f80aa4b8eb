// Tries a server: the first words that it writes and how soon they came, or what went wrong. And asks for leave to reach it.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { nameOf, type Server } from '../lib/model/openai/server.ts';
import { t } from '../lib/platform/i18n.ts';
import type { ServersPlatform, Trial } from '../lib/platform/servers.ts';
import { failureFace } from './failure.ts';
import { formatDuration, formatNumber } from './format.ts';
import { Parts } from './Parts.tsx';

interface Props {
  platform: ServersPlatform;
  server: Server;
  /** More buttons. */
  children: ComponentChildren;
}

export function ServersTrial({ platform, server, children }: Props) {
  const [text, setText] = useState('');
  const [trial, setTrial] = useState<Trial | 'running' | null>(null);
  const [isAllowed, setAllowed] = useState(true);
  const running = useRef<AbortController | null>(null);
  useEffect(() => void platform.isAllowed(server.address).then(setAllowed), [platform, server.address]);
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    const controller = new AbortController();
    running.current = controller;
    setText('');
    setTrial('running');
    const end = await platform.tryServer(server, setText, controller.signal);
    setTrial(end.kind === 'failed' && end.error.code === 'aborted' ? null : end);
  };

  return (
    <>
      {!isAllowed && (
        <p class="unsure-note">
          {t('serverNotAllowed')}{' '}
          <button type="button" onClick={() => void platform.allow(server.address).then(setAllowed)}>
            {t('allowServer')}
          </button>
        </p>
      )}
      <div role="status" class="trial">
        {trial && text !== '' && <p class="trial-text">{text}</p>}
        {trial === 'running' && text === '' && <p class="quiet">{t('serverTrying')}</p>}
        {trial !== null && trial !== 'running' && <TrialEnd trial={trial} />}
      </div>
      <p class="form-actions">
        <button
          type="button"
          aria-label={trial === 'running' ? undefined : t('tryNamed', nameOf(server))}
          onClick={() => (trial === 'running' ? running.current?.abort() : void start())}
        >
          {trial === 'running' ? t('stop') : t('try')}
        </button>
        {children}
      </p>
    </>
  );
}

function TrialEnd({ trial }: { trial: Trial }) {
  if (trial.kind === 'ok') {
    const speed = trial.tokensPerSecond > 0 ? t('writingSpeed', formatNumber(trial.tokensPerSecond)) : '';
    return (
      <p class="quiet">
        <Parts parts={[t('firstWordsAfter', formatDuration(trial.firstMs)), speed]} />
      </p>
    );
  }
  const { what, advice } = failureFace(trial.error.code, trial.error.detail);
  return (
    <p class="unsure-note">
      <strong>{what}</strong> {advice} <span class="detail">{trial.error.detail}</span>
    </p>
  );
}
