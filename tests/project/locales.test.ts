// The message catalogues agree with each other and with the source.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { BACKEND_REASONS } from '../../lib/engine/backend.ts';
import { ROOT, sourceFiles } from './source.ts';

interface Message {
  message: string;
  placeholders?: Record<string, { content: string }>;
}
type Catalogue = Partial<Record<string, Message>>;

const read = (locale: string) =>
  JSON.parse(readFileSync(path.join(ROOT, 'public/_locales', locale, 'messages.json'), 'utf8')) as Catalogue;

const entriesOf = (catalogue: Catalogue) => Object.entries(catalogue) as [string, Message][];

const contents = (placeholders: NonNullable<Message['placeholders']>) =>
  Object.fromEntries(Object.entries(placeholders).map(([name, { content }]) => [name, content]));

const english = read('en');
const locales = readdirSync(path.join(ROOT, 'public/_locales'));

describe.each(locales)('%s', (locale) => {
  const catalogue = read(locale);

  test('says what English says', () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort());
    expect(entriesOf(catalogue).filter(([, { message }]) => message.trim() === '')).toEqual([]);
  });

  test('with the same placeholders, each used', () => {
    for (const [key, { message, placeholders = {} }] of entriesOf(catalogue)) {
      expect(contents(placeholders), key).toEqual(contents(english[key]?.placeholders ?? {}));
      const used = new Set([...message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name.toLowerCase()));
      expect([...used].sort(), key).toEqual(Object.keys(placeholders).sort());
    }
  });
});

test('every message is used', () => {
  const source = [
    ...sourceFiles('lib', 'components', 'entrypoints'),
    { text: readFileSync(path.join(ROOT, 'wxt.config.ts'), 'utf8') },
  ]
    .map(({ text }) => text)
    .join('\n');
  const unused = Object.keys(english).filter((key) => !new RegExp(`['"\`]${key}['"\`]|__MSG_${key}__`).test(source));
  expect(unused).toEqual([]);
});

test('every reason for the CPU has its words', () => {
  expect(BACKEND_REASONS.filter((reason) => !(reason in english))).toEqual([]);
});
