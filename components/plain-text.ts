// A result as plain text, for the clipboard: what the page says and what the model wrote stay apart there too.
import type { Statement } from '../lib/protocol.ts';
import { t } from '../lib/platform/i18n.ts';
import { doubtText } from './doubts.ts';
import { writtenByLabel } from './labels.ts';
import { languageName } from './languages.ts';
import type { Translated } from './use-reading.ts';
import type { Run } from './view.ts';

/** Title, address and every sentence, in the language in which it is shown; unsure ones say so. */
export function plainText(run: Run, translated: Translated | null): string {
  const { article } = run.task;
  const head = [article.title, article.url].filter((line) => line !== '');
  const description = run.quotes.filter((quote) => quote.origin === 'description');
  const quotes = run.quotes.filter((quote) => quote.origin !== 'description');
  const part = (label: string, statements: Statement[]) => list(label, statements, run, translated);
  return [
    head.join('\n'),
    part(t('ownDescription'), description),
    part(t('ownWords'), quotes),
    part(writtenByLabel(run), run.statements),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function list(label: string, statements: Statement[], run: Run, translated: Translated | null): string {
  if (statements.length === 0) return '';
  const source = translated ? `, ${t('translatedFrom', languageName(translated.pair.from))}` : '';
  const bullet = run.task.type === 'key-points' ? '- ' : '';
  const lines = statements.map((statement) => bullet + line(statement, translated));
  return [`${label}${source}:`, ...lines].join('\n');
}

function line(statement: Statement, translated: Translated | null): string {
  const doubt = doubtText(statement);
  const text = translated?.texts.get(statement.text)?.text ?? statement.text;
  return doubt ? `${text} [${doubt}]` : text;
}
