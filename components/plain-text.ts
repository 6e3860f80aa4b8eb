// A result as plain text, for the clipboard: what the page says and what the model wrote stay apart there too.
import type { Statement } from '../lib/protocol.ts';
import { t } from '../lib/platform/i18n.ts';
import { doubtText } from './doubts.ts';
import { writtenByLabel } from './labels.ts';
import type { Run } from './view.ts';

/** Title, address and every sentence; unsure ones say so. */
export function plainText(run: Run): string {
  const { article } = run.task;
  const head = [article.title, article.url].filter((line) => line !== '');
  const description = run.quotes.filter((quote) => quote.origin === 'description');
  const quotes = run.quotes.filter((quote) => quote.origin !== 'description');
  return [
    head.join('\n'),
    part(t('ownDescription'), description, run),
    part(t('ownWords'), quotes, run),
    part(writtenByLabel(run), run.statements, run),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function part(label: string, statements: Statement[], run: Run): string {
  if (statements.length === 0) return '';
  const bullet = run.task.type === 'key-points' ? '- ' : '';
  return [`${label}:`, ...statements.map((statement) => bullet + line(statement))].join('\n');
}

function line(statement: Statement): string {
  const doubt = doubtText(statement);
  return doubt ? `${statement.text} [${doubt}]` : statement.text;
}
