// Writes docs/editors.md from what the end-to-end tests found (artifacts/editors-<browser>.json): `npx tsx scripts/editors/table.ts`.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EDITORS, type EditorCase, type EditorResults } from '../../tests/editors/editors.ts';
import type { BrowserName } from '../setup/browsers.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const BROWSERS: { name: BrowserName; title: string }[] = [
  { name: 'chromium', title: 'Chromium' },
  { name: 'firefox', title: 'Firefox' },
];
const CASES: Record<EditorCase, string> = {
  words: 'words',
  lines: 'with a line break',
  hunks: 'two words, formatting between',
  formatted: 'a whole bold word',
  deletion: 'words taken out',
};

const results = Object.fromEntries(
  BROWSERS.map(({ name }) => {
    const path = resolve(ROOT, `artifacts/editors-${name}.json`);
    return [name, JSON.parse(readFileSync(path, 'utf8')) as Record<string, EditorResults>];
  }),
);

const versions = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};

const cases = Object.keys(CASES) as EditorCase[];
const header = ['Editor', ...cases.map((each) => CASES[each])];
const rows = EDITORS.map(({ title, page, package: name }) => [
  name ? `${title} (${name} ${versions.devDependencies[name]})` : title,
  ...cases.map((each) => cell(BROWSERS.map(({ name: browser }) => results[browser][page][each]))),
]);

/** Steps of undo in each browser; once where they agree. */
function cell(found: (number | 'refused' | undefined)[]): string {
  const words = found.map((each) => String(each ?? '–'));
  return words.every((each) => each === words[0]) ? words[0] : words.join(' / ');
}

const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
const table = [header, header.map(() => '---'), ...rows].map(line).join('\n');

writeFileSync(
  resolve(ROOT, 'docs/editors.md'),
  `# Rewriting in the editors that people write in

Measured by \`tests/e2e/rewrite-editors.test.ts\` in ${BROWSERS.map(({ title }) => title).join(' and ')}, on the real editors, from a content script.
In each case the editor's own state has the new text and the formatting around it, undo gives back the old state exactly, redo the new
one, typing goes on after the new text, and a text that has changed meanwhile is left alone.

The number is how many steps of undo it takes; two numbers are ${BROWSERS.map(({ title }) => title).join(' / ')}. \`refused\`: nothing is changed, the card offers to
copy. –: there is no such case.

${table}

## Where one undo is not enough

- **Lexical, Slate, CKEditor 5, Draft.js**: changed words with formatting between them are written one by one, so that the formatting stays,
  and each is a step. Where no formatting lies between, all is one step. ProseMirror, TipTap and Quill take them as one.
- **Elements that are only editable**: the changes of one paragraph are one step; each further paragraph is one more.
- **CKEditor 5 in Firefox**: a line break takes three steps, as typing it does.
- **Monaco in Firefox**: it takes what comes as typed, a step for every word.

## Where it is refused, or not offered

- **A field of one line** takes no line break.
- **Monaco**: its selection cannot be moved from outside, so all that is selected is replaced, and without a selection nothing is offered.
  Only the line of the caret can be read back.
- **CodeMirror 5, Ace**: what their hidden field holds is not their text; nothing is offered.
- **CodeMirror 6** keeps only the lines in view in the page: a selection that reaches further is taken as far as it can be seen.
- **Closed shadow trees** are not seen.
`,
);
