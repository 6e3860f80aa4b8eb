// An answer as something to read in another language: its sentences, and the items of its lists. Code and tables stay as they are.
import type { KeptStatement, Turn } from '../lib/history/conversation.ts';
import type { Translation } from '../lib/protocol.ts';
import type { Readable, Translated } from './use-reading.ts';

/** What Markdown puts before the words of a line. */
const MARKER = /^\s*(?:(?:[-*+>]|\d{1,3}[.)]|#{1,6})\s+)*/;
/** Markdown with code or a table in it. */
const LEFT_ALONE = /^\s*(?:```|~~~|\|)/m;

export function readableAnswer({ id, statements, pages }: Turn): Readable {
  const sentences = statements.flatMap((statement) => linesOf(statement).map(({ words }) => words));
  return { of: id, language: pages.at(0)?.language ?? '', sentences: sentences.filter((words) => words !== '') };
}

/** What a statement of the answer says, as far as it is translated; null where nothing of it is. */
export function inLanguage(statement: KeptStatement, { texts }: Translated): Pick<Translation, 'text' | 'kept'> | null {
  const lines = linesOf(statement);
  if (!lines.some(({ words }) => texts.has(words))) return null;
  let translated = '';
  const kept = lines.flatMap(({ marker, words }, index) => {
    const translation = texts.get(words);
    translated += (index > 0 ? '\n' : '') + marker;
    const offset = translated.length;
    translated += translation?.text ?? words;
    return (translation?.kept ?? []).map((each) => ({ ...each, start: offset + each.start, end: offset + each.end }));
  });
  return { text: translated, kept };
}

/** The answer as plain text, as it is shown. */
export function answerIn({ statements }: Turn, translated: Translated | null): string {
  const said = (statement: KeptStatement) => (translated && inLanguage(statement, translated)?.text) ?? statement.text;
  return statements.map(said).join(' ');
}

/** The page's own sentence is no Markdown, whatever it begins with. */
function linesOf({ text, support }: KeptStatement): { marker: string; words: string }[] {
  if (support === 'quoted') return [{ marker: '', words: text }];
  if (LEFT_ALONE.test(text)) return [];
  return text.split('\n').map((line) => {
    const marker = MARKER.exec(line)?.[0] ?? '';
    return { marker, words: line.slice(marker.length) };
  });
}
