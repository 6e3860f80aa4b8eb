// One line under the controls: what is being done, how far it is, how long it will take; then what came of it.
import { t } from '../lib/platform/i18n.ts';
import { formatDuration, formatLoaded, formatMoment, formatNumber, formatTimeLeft, formatWords } from './format.ts';
import { scopeLabel } from './labels.ts';
import { Parts } from './Parts.tsx';
import type { Run, View } from './view.ts';
import { Work } from './Work.tsx';

export function Activity({ view }: { view: View }) {
  switch (view.kind) {
    case 'empty':
      return null;
    case 'reading':
      return <Work what={t('readingPage')} />;
    case 'running':
      return <RunningWork run={view.run} />;
    case 'done':
      return <Outcome parts={doneParts(view.run, view.metrics?.totalMs, view.finishReason === 'length')} />;
    case 'stopped':
      return <Outcome parts={[t('stopped'), ...coverageParts(view.run)]} />;
    case 'failed':
      return view.run && <Outcome parts={[t('failed'), ...coverageParts(view.run)]} />;
  }
}

function Outcome({ parts }: { parts: string[] }) {
  return (
    <div class="activity">
      <p>
        <Parts parts={parts} />
      </p>
    </div>
  );
}

function RunningWork({ run }: { run: Run }) {
  const { progress } = run;
  if (!progress) return <Work what={t('starting')} />;
  const { phase, fraction, remainingMs, loadedBytes, totalBytes } = progress;
  const left = remainingMs === undefined ? '' : t('timeLeft', formatTimeLeft(remainingMs));
  if (phase === 'loading') {
    const loaded = loadedBytes !== undefined && totalBytes ? formatLoaded(loadedBytes, totalBytes) : '';
    return <Work what={t('phaseLoading')} left={left} amount={[loaded]} fraction={fraction} />;
  }
  return <Work what={phaseText(phase)} left={left} amount={coverageParts(run)} fraction={fraction} />;
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

function doneParts(run: Run, totalMs: number | undefined, cut: boolean): string[] {
  const read = run.coverage ? coverageParts(run) : [t('done')];
  const earlier = run.backend?.madeMs === undefined ? '' : t('fromEarlier', formatMoment(run.backend.madeMs));
  return [...read, totalMs === undefined ? '' : formatDuration(totalMs), earlier, cut ? t('cutShort') : ''];
}

/** "all 12,400 words"; "4,100 of 12,400 words", "part 4 of 9"; "Selection, 240 words". */
function coverageParts({ coverage, task }: Run): string[] {
  if (!coverage) return [];
  const { words, wordsRead, part, parts } = coverage;
  const scope = scopeLabel(task.article.scope, words);
  if (task.article.truncated) return [t('firstWords', formatWords(wordsRead))];
  if (wordsRead >= words) return [scope || t('allWords', formatWords(words))];
  const read = t('someWords', formatNumber(wordsRead), formatWords(words));
  return [scope, read, parts > 1 ? t('part', formatNumber(part), formatNumber(parts)) : ''];
}
