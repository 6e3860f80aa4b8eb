// How files look: short, named by what they are, headed by what they own.
import { expect, test } from 'vitest';
import { sourceFiles } from './source.ts';

const MAX_LINES = 300;
const USUAL_LINES = 150;
/** Of the files, that are no longer than usual. */
const USUAL_SHARE = 0.9;

const product = sourceFiles('lib', 'components', 'entrypoints');
const all = [...product, ...sourceFiles('tests', 'scripts')];
const lines = (text: string) => text.trimEnd().split('\n').length;

test(`no file has more than ${MAX_LINES} lines: split it by what it owns`, () => {
  const long = all.filter(({ text }) => lines(text) > MAX_LINES);
  expect(long.map(({ file, text }) => `${file}: ${lines(text)}`)).toEqual([]);
});

test(`nine in ten files of the product have at most ${USUAL_LINES} lines`, () => {
  const usual = product.filter(({ text }) => lines(text) <= USUAL_LINES);
  expect(usual.length / product.length).toBeGreaterThanOrEqual(USUAL_SHARE);
});

test('files are named in kebab-case, components in PascalCase', () => {
  const isNamed = (file: string) => {
    const name = file.slice(file.lastIndexOf('/') + 1);
    return name.endsWith('.tsx') && file.startsWith('components/')
      ? /^[A-Z][A-Za-z]+\.tsx$/.test(name)
      : /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|d))?\.tsx?$/.test(name);
  };
  expect(product.filter(({ file }) => !isNamed(file)).map(({ file }) => file)).toEqual([]);
});

test('no folder or file is named after nothing: utils, helpers, managers, services', () => {
  const vague = /(^|[/-])(utils?|helpers?|managers?|services?|common|misc)([/.-]|$)/i;
  expect(all.filter(({ file }) => vague.test(file)).map(({ file }) => file)).toEqual([]);
});

test('each file of the product begins by saying what it owns', () => {
  const headless = product.filter(({ text }) => !/^(\/\/\/ <.*>\n)*\/\/ /.test(text));
  expect(headless.map(({ file }) => file)).toEqual([]);
});

test('a TODO has a date', () => {
  const undated = all.filter(({ text }) => /\bTODO\b(?! \[\d{4}-\d{2}-\d{2}\])/.test(text));
  expect(undated.map(({ file }) => file).filter((file) => file !== 'tests/project/files.test.ts')).toEqual([]);
});
