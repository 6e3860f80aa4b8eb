// What a screen reader is told between two views: whole sentences as they land, never tokens. Pure but for the catalogue.
import type { Statement } from '../lib/protocol.ts';
import { t } from '../lib/platform/i18n.ts';
import { doubtText } from './doubts.ts';
import { failureFace } from './failure.ts';
import { writtenByLabel } from './labels.ts';
import { runOf, type Run, type View } from './view.ts';

/** '' where nothing needs saying. */
export function announcement(before: View, after: View): string {
  const earlier = runOf(before);
  const run = runOf(after);
  const said = run ? sentences(earlier, run) : [];
  if (before.kind !== after.kind) said.push(turn(after));
  return said.filter((text) => text !== '').join(' ');
}

function sentences(earlier: Run | null, run: Run): string[] {
  const known = new Set(earlier?.quotes.map((quote) => quote.text));
  const quotes = run.quotes.filter((quote) => !known.has(quote.text)).map((quote) => quote.text);
  const spokenOf = earlier?.task === run.task ? earlier.statements.length : 0;
  const statements = run.statements.slice(spokenOf).map(spoken);
  const said: string[] = [];
  if (quotes.length > 0) said.push(t('ownWords') + ':', ...quotes);
  if (statements.length > 0 && spokenOf === 0) said.push(writtenByLabel(run) + ':');
  return [...said, ...statements];
}

function spoken(statement: Statement): string {
  return [doubtText(statement), statement.text].filter((text) => text !== '').join('. ');
}

function turn(view: View): string {
  switch (view.kind) {
    case 'reading':
      return t('readingPage');
    case 'done':
      return t('done');
    case 'stopped':
      return t('stopped');
    case 'failed':
      return failureFace(view.error.code, view.error.detail).what;
    case 'empty':
    case 'running':
      return '';
  }
}
