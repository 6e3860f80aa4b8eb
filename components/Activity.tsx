// One line under the controls: what is being done, how far it is, how long it will take; then what came of it.
import type { ProgressEvent } from '../lib/protocol.ts';
import { t } from '../lib/platform/i18n.ts';
import { formatDuration, formatLoaded, formatNumber, formatTimeLeft, formatWords } from './format.ts';
import { scopeLabel } from './labels.ts';
import type { Run, View } from './view.ts';

const SEPARATOR = ' · ';

export function Activity({ view }: { view: View }) {
  switch (view.kind) {
    case 'empty':
      return null;
    case 'reading':
      return <Line text={t('readingPage')} progress={null} late />;
    case 'running':
      return <Line text={workText(view.run)} progress={view.run.progress} />;
    case 'done':
      return <Line text={doneText(view.run, view.metrics?.totalMs, view.finishReason === 'length')} />;
    case 'stopped':
      return <Line text={join(t('stopped'), coverageText(view.run))} />;
    case 'failed':
      return view.run ? <Line text={join(t('failed'), coverageText(view.run))} /> : null;
  }
}

/** `progress` null: busy, how far is unknown; absent: not busy. `late`: shown only if it lasts. */
function Line({ text, progress, late }: { text: string; progress?: ProgressEvent | null; late?: boolean }) {
  return (
    <div class={late ? 'activity late' : 'activity'}>
      <p>{text}</p>
      {progress === undefined ? null : (
        <progress aria-label={text} value={progress ? progress.fraction : undefined} max={1} />
      )}
    </div>
  );
}

function workText(run: Run): string {
  const { progress } = run;
  if (!progress) return t('starting');
  const left = progress.remainingMs === undefined ? '' : t('timeLeft', formatTimeLeft(progress.remainingMs));
  if (progress.phase === 'loading') {
    const { loadedBytes, totalBytes } = progress;
    const loaded = loadedBytes !== undefined && totalBytes ? formatLoaded(loadedBytes, totalBytes) : '';
    return join(t('phaseLoading'), loaded, left);
  }
  return join(phaseText(progress.phase), coverageText(run), left);
}

function phaseText(phase: 'reading' | 'writing' | 'checking'): string {
  switch (phase) {
    case 'reading':
      return t('phaseReading');
    case 'writing':
      return t('phaseWriting');
    case 'checking':
      return t('phaseChecking');
  }
}

function doneText(run: Run, totalMs: number | undefined, cut: boolean): string {
  return join(
    coverageText(run) || t('done'),
    totalMs === undefined ? '' : formatDuration(totalMs),
    cut ? t('cutShort') : '',
  );
}

/** "all 12,400 words", "4,100 of 12,400 words · part 4 of 9", "Selection, 240 words". */
function coverageText({ coverage, task }: Run): string {
  if (!coverage) return '';
  const { words, wordsRead, part, parts } = coverage;
  const scope = scopeLabel(task.article.scope, words);
  if (wordsRead >= words) return scope || t('allWords', formatWords(words));
  const read = t('someWords', formatNumber(wordsRead), formatWords(words));
  return join(scope, read, parts > 1 ? t('part', formatNumber(part), formatNumber(parts)) : '');
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== '').join(SEPARATOR);
}
