// What is being done for a question, in one line and a bar: what, and how long it will take.
import type { ProgressEvent } from '../lib/protocol.ts';
import { t } from '../lib/platform/i18n.ts';
import { formatLoaded, formatTimeLeft } from './format.ts';
import { Parts } from './Parts.tsx';

export function ChatProgress({ progress }: { progress: ProgressEvent | null }) {
  const what = phaseText(progress);
  return (
    <div class="chat-progress">
      <p>
        <Parts parts={[what, ...amounts(progress)]} />
      </p>
      <progress aria-label={what} value={progress?.fraction} max={1} />
    </div>
  );
}

/** For a question there is nothing to say of sentences that are "checked" where they are chosen. */
function phaseText(progress: ProgressEvent | null): string {
  switch (progress?.phase) {
    case undefined:
      return t('readingPage');
    case 'loading':
      return t('phaseLoading');
    case 'reading':
      return t('lookingForAnswer');
    case 'writing':
      return t('phaseWriting');
    case 'checking':
      return t('phaseChecking');
  }
}

function amounts(progress: ProgressEvent | null): string[] {
  if (!progress) return [];
  const { remainingMs, loadedBytes, totalBytes } = progress;
  return [
    progress.phase === 'loading' && loadedBytes !== undefined && totalBytes
      ? formatLoaded(loadedBytes, totalBytes)
      : '',
    remainingMs === undefined ? '' : t('timeLeft', formatTimeLeft(remainingMs)),
  ];
}
