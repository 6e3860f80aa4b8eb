// The rules are only as good as the reading of the source that they rest on.
import { expect, test } from 'vitest';
import { parseSource, reachable, usesGlobal } from './source.ts';

test('imports of every form are seen, with what they are there for', () => {
  const { imports } = parseSource(
    'lib/a/b.ts',
    `import { x } from '../c.ts';
     import type { T } from './d.ts';
     import './e.css';
     export { y } from 'package';
     const later = () => import('./f.ts');`,
  );
  expect(imports).toEqual([
    { specifier: '../c.ts', file: 'lib/c.ts', typeOnly: false },
    { specifier: './d.ts', file: 'lib/a/d.ts', typeOnly: true },
    { specifier: './e.css', file: 'lib/a/e.css', typeOnly: false },
    { specifier: 'package', file: undefined, typeOnly: false },
    { specifier: './f.ts', file: 'lib/a/f.ts', typeOnly: false },
  ]);
});

test.each([
  ['document.body', true],
  ['f(document)', true],
  ['const { body } = document;', true],
  ['function f(document: Document) { return document.body; }', false],
  ['const document = make(); document.x;', false],
  ['snapshot.document.body', false],
  ['const made = { document: 1 };', false],
  ['// the offscreen document\nconst text = "document";', false],
])('%s', (text, used) => {
  expect(usesGlobal(parseSource('x.ts', text), 'document')).toBe(used);
});

test('what an entry reaches: through any number of files, but not by types', () => {
  const files = [
    parseSource('a.ts', `import './b.ts'; import type { T } from './d.ts';`),
    parseSource('b.ts', `import './c.ts'; import './a.ts';`),
    parseSource('c.ts', ''),
    parseSource('d.ts', ''),
  ];
  expect(reachable('a.ts', new Map(files.map((source) => [source.file, source])))).toEqual(
    new Set(['a.ts', 'b.ts', 'c.ts']),
  );
});
