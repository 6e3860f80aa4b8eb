// Writes the README's table of editors from what their end-to-end test holds each to (tests/editors/editors.ts): a test of the project
// says when the two differ. `npx tsx scripts/editors/table.ts`.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EDITORS, type EditorCase, type EditorUnderTest } from '../../tests/editors/editors.ts';
import { tableOf, writeReadmeBlock } from '../readme.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CASES: Record<EditorCase, string> = {
  words: 'words',
  lines: 'a line break',
  hunks: 'two words, formatting between',
  formatted: 'a whole bold word',
  deletion: 'words taken out',
  paragraphs: 'words in three paragraphs',
};

/** Steps of undo: a row for all editors that have the same. */
export async function editorsTable(): Promise<string[][]> {
  const manifest = await readFile(resolve(ROOT, 'package.json'), 'utf8');
  const { devDependencies } = JSON.parse(manifest) as { devDependencies: Record<string, string> };
  const named = ({ title, package: name }: EditorUnderTest) => (name ? `${title} (${devDependencies[name]})` : title);
  const rows = new Map<string, string[]>();
  for (const editor of EDITORS) {
    const found = (Object.keys(CASES) as EditorCase[]).map((each) => cell(editor, each));
    const row = rows.get(found.join()) ?? ['', ...found];
    rows.set(found.join(), [[row[0], named(editor)].filter(Boolean).join(', '), ...found]);
  }
  return [['Editor', ...Object.values(CASES)], ...rows.values()];
}

/** Steps: the test knows one only. */
function cell({ refuses = [], lacks = [] }: EditorUnderTest, each: EditorCase): string {
  if (refuses.includes(each)) return 'refused';
  return lacks.includes(each) ? '–' : '1';
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await writeReadmeBlock('editors', tableOf(await editorsTable()));
}
