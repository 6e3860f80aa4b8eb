// The catalogues: the same keys and placeholders in every language, no key without a reader, none that is read but missing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const LOCALES = join(ROOT, 'public/_locales');

type Catalogue = Record<string, { message: string; placeholders?: Record<string, { content: string }> }>;

const catalogue = (locale: string) =>
  JSON.parse(readFileSync(join(LOCALES, locale, 'messages.json'), 'utf8')) as Catalogue;
const english = catalogue('en');
const locales = readdirSync(LOCALES);

const source = [
  readFileSync(join(ROOT, 'wxt.config.ts'), 'utf8'),
  ...['components', 'entrypoints', 'lib'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(tsx?|html)$/.test(path))
      .map((path) => readFileSync(join(ROOT, folder, path), 'utf8')),
  ),
].join('\n');

const placeholders = (message: string) =>
  [...message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name.toLowerCase()).sort();

describe.each(locales)('the catalogue %s', (locale) => {
  const messages = catalogue(locale);

  it('has the keys of the English one', () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
  });

  it.each(Object.keys(english))('%s says something, with the same placeholders', (key) => {
    const { message, placeholders: declared = {} } = messages[key];
    expect(message.trim()).not.toBe('');
    expect(placeholders(message)).toEqual(Object.keys(declared).sort());
    const contents = Object.fromEntries(Object.entries(declared).map(([name, { content }]) => [name, content]));
    const expected = Object.entries(english[key].placeholders ?? {}).map(([name, { content }]) => [name, content]);
    expect(contents).toEqual(Object.fromEntries(expected));
  });

  it('names its own language, so that numbers are written by its rules', () => {
    expect(messages.locale.message).toBe(locale.replace('_', '-'));
    expect(Intl.NumberFormat.supportedLocalesOf(messages.locale.message)).toHaveLength(1);
  });
});

describe('the English catalogue', () => {
  it('has no key that nothing reads', () => {
    const unread = Object.keys(english).filter(
      (key) => !source.includes(`'${key}'`) && !source.includes(`__MSG_${key}__`),
    );
    expect(unread).toEqual([]);
  });

  it('has every key that is read', () => {
    const read = [...source.matchAll(/\bt\('(\w+)'|__MSG_(\w+)__/g)].map(([, called, named]) => called || named);
    expect(read.length).toBeGreaterThan(50);
    expect(read.filter((key) => !(key in english))).toEqual([]);
  });
});
