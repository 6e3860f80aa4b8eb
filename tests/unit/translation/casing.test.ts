import { describe, expect, it } from 'vitest';
import { calm } from '../../../lib/tasks/translation/casing.ts';

describe('capitals', () => {
  it.each([
    ['GOVERNMENT ANNOUNCES NEW TAX RULES', 'Government Announces new Tax Rules'],
    ['THE FBI AND NASA ARE IN THE USA', 'The FBI and NASA are in the USA'],
    ['ABOUT US', 'About us'],
    ['MY FEED', 'My Feed'],
    ['I DO NOT KNOW', 'I do not Know'],
    ['DON’T PANIC', 'Don’t Panic'],
    ['SEE HTTPS://EXAMPLE.COM/A', 'See HTTPS://EXAMPLE.COM/A'],
    ['He said THIS IS WRONG and left', 'He said this is wrong and left'],
    ['It is NOT red', 'It is not red'],
  ])('are calmed: %s', (sentence, expected) => {
    expect(calm(sentence, 'en').text).toBe(expected);
  });

  it.each([
    'NASA',
    'BBC',
    'FBI HQ',
    'MP3',
    'A',
    'The US and the UK',
    'IBM PC',
    'A NASA mission',
    '42',
    'iPhone X',
    '東京',
  ])('of acronyms and single letters stay: %s', (sentence) => {
    expect(calm(sentence, 'en')).toEqual({ text: sentence, shouted: [], isAll: false });
  });

  it('keep only the first one outside English', () => {
    expect(calm('GOVERNO ANUNCIA NOVAS REGRAS', 'pt').text).toBe('Governo anuncia novas regras');
  });

  it('never change the length', () => {
    const sentence = 'İSTANBUL ŞEHRİ VE STRASSE ǅ';
    expect(calm(sentence, 'tr').text).toHaveLength(sentence.length);
  });
});
