// What a rewrite has lost or added: each kind on its own, and nothing where the words alone are others.
import { describe, expect, it } from 'vitest';
import { lossesOf } from '../../../lib/tasks/rewrite/keeps.ts';

const TEXT =
  'Dr. Lang told Maria on 3 May that the 14 keys at https://example.org/k were not sent to {name}; run `ls -a`.';

it.each([
  ['number', TEXT.replace('14', '41')],
  ['number', TEXT.replace('3 May', 'May')],
  ['name', TEXT.replace('Maria', 'Martha')],
  ['link', TEXT.replace('/k', '/key')],
  ['code', TEXT.replace('ls -a', 'ls')],
  ['placeholder', TEXT.replace('{name}', '{Name}')],
  ['placeholder', `${TEXT} {more}`],
  ['negation', TEXT.replace('not ', '')],
  ['negation', TEXT.replace('told', 'never told')],
])('%s: %s', (doubt, after) => expect(lossesOf(TEXT, after, 'en')).toContain(doubt));

it('other words for the same lose nothing', () => {
  const after =
    'On 3 May, Dr. Lang let Maria know that {name} was not sent the 14 keys (https://example.org/k). Run `ls -a`.';
  expect(lossesOf(TEXT, after, 'en', { min: 0.5, max: 2 })).toEqual([]);
});

describe('the whole', () => {
  const text = 'We would like to meet the new owners of the house next week, and we hope that they have time for us.';

  it('is in its language', () => {
    const german =
      'Wir möchten die neuen Besitzer des Hauses in der nächsten Woche treffen und hoffen, dass sie Zeit für uns haben.';
    expect(lossesOf(text, german, 'en')).toContain('language');
  });

  it('is not much shorter or longer than asked for', () => {
    expect(lossesOf(text, 'We hope to meet the owners.', 'en', { min: 0.5, max: 2 })).toEqual(['length']);
    expect(lossesOf(text, `${text} ${text} ${text}`, 'en', { min: 0.5, max: 2 })).toEqual(['length']);
  });

  it.each([
    "I'm sorry, but I cannot meet the new owners of the house next week.",
    'Sure! We would like to meet the new owners of the house next week.',
    'What a lovely idea. When would suit you both best?',
  ])('is no answer: %s', (answer) => expect(lossesOf(text, answer, 'en')).toContain('answer'));
});
