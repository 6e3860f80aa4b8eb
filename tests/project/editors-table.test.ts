// The README's table of editors says what their end-to-end test holds each to.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { editorsTable } from '../../scripts/editors/table.ts';
import { ROOT } from './source.ts';

test('is in the README as the tests have it: else run scripts/editors/table.ts', async () => {
  const readme = readFileSync(resolve(ROOT, 'README.md'), 'utf8');
  const [, block] = /<!-- editors -->\n([^]*)<!-- \/editors -->/.exec(readme)!;
  const rows = block
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[|\s-]+$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(rows).toEqual(await editorsTable());
});
