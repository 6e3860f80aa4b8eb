// Shortening by rule: what goes, and what must not.
import { describe, expect, it } from 'vitest';
import { applyHunks } from '../../../lib/tasks/rewrite/diff.ts';
import { canShorten, cuttableClauses, wordyEdits } from '../../../lib/tasks/rewrite/shorten.ts';

const shortened = (text: string, language = 'en') => applyHunks(text, wordyEdits(text, language));

it.each([
  ['In order to win, we must practise on a daily basis.', 'To win, we must practise daily.'],
  ['I just wanted to let you know that the shop is open.', 'The shop is open.'],
  ['Due to the fact that it rained, we left.', 'Because it rained, we left.'],
  ['The majority of the votes were counted prior to noon.', 'Most of the votes were counted before noon.'],
  ['A large number of the tests failed.', 'Many of the tests failed.'],
  ['We are in the process of moving.', 'We are moving.'],
  ['Please repeat it again.', 'Please repeat it.'],
  ['Come at 8 p.m. in the evening with Ann.', 'Come at 8 p.m. with Ann.'],
])('%s', (text, short) => expect(shortened(text)).toBe(short));

it.each([
  ['Aufgrund der Tatsache, dass er krank ist, komme ich.', 'Weil er krank ist, komme ich.', 'de'],
  ['Le escribo con el fin de confirmar la cita.', 'Le escribo para confirmar la cita.', 'es'],
])('%s', (text, short, language) => expect(shortened(text, language)).toBe(short));

it('changes whole words: half of one would be read out as a change', () => {
  for (const text of [
    'Please note that we’re closed today.',
    'Really important tests failed.',
    'Basically, ångström is a unit.',
  ]) {
    const [{ start, end, replacement }] = wordyEdits(text, 'en');
    expect([text.slice(0, start), text.slice(end)].join('|')).toMatch(/^(?:|.*\P{L})\|\P{L}/u);
    expect(text.slice(start, end).endsWith(replacement.slice(1))).toBe(true);
  }
});

describe('leaves alone', () => {
  it.each([
    ['degrees that a negation turns', 'It is not very good.'],
    ['what somebody said', 'She wrote “in order to win” on it.'],
    ['code', 'Run `in order to` now.'],
    ['what is meant as it stands', 'At the end of the day we close.'],
    ['able in a negation', 'He is not able to come.'],
    ['hedges and attributions', 'I think that Anna may be right, according to Tom.'],
  ])('%s', (_, text) => expect(shortened(text)).toBe(text));
});

describe('clauses', () => {
  const of = (text: string) => cuttableClauses(text, 'en').map(({ start, end }) => text.slice(start, end));

  it('may go where nothing is lost with them', () => {
    expect(of('The house (a lovely old place with green shutters) was sold to a family.')).toEqual([
      ' (a lovely old place with green shutters)',
    ]);
  });

  it.each([
    ['a name', 'The house (once the home of Ada Byron) was sold to a young family.'],
    ['a number', 'The house, which cost 300 pounds, was sold to a young family.'],
    ['a link', 'The house (see https://example.org/house) was sold to a young family.'],
    ['a negation', 'The house, which was never finished, was sold to a young family.'],
    ['a condition', 'The house, which is sold if the bank agrees, belongs to a young family.'],
  ])('stay where they have %s', (_, text) => expect(of(text)).toEqual([]));
});

it('says which languages it knows', () => {
  expect(['en', 'en-GB', 'de', 'fr', 'es', 'pt-BR'].every(canShorten)).toBe(true);
  expect(['ja', 'fi', ''].some(canShorten)).toBe(false);
});
