// Writes the README's table of editors from what their end-to-end test holds each to (tests/editors/editors.ts): a test of the project
// says when the two differ. `npx tsx scripts/editors/table.ts`.
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { EDITORS, type EditorCase, type EditorUnderTest } from '../../tests/editors/editors.ts';
import type { BrowserName } from '../setup/browsers.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const README = resolve(ROOT, 'README.md');
const BROWSERS: readonly BrowserName[] = ['chromium', 'firefox'];
const BLOCK = /<!-- editors -->\n[^]*<!-- \/editors -->/;
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

/** Steps in Chromium / Firefox; once where they agree. */
function cell({ refuses = [], lacks = [], steps = {} }: EditorUnderTest, each: EditorCase): string {
  if (refuses.includes(each)) return 'refused';
  if (lacks.includes(each)) return '–';
  const found = BROWSERS.map((browser) => steps[browser]?.[each] ?? 1);
  return found.every((count) => count === found[0]) ? String(found[0]) : found.join(' / ');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [head, ...rows] = await editorsTable();
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const table = [head, head.map(() => '---'), ...rows].map(line).join('\n');
  const readme = await readFile(README, 'utf8');
  if (!BLOCK.test(readme)) throw new Error('the README has no place for the table');
  const written = readme.replace(BLOCK, `<!-- editors -->\n\n${table}\n\n<!-- /editors -->`);
  await writeFile(README, await format(written, { ...(await resolveConfig(README)), filepath: README }));
}
