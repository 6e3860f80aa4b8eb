import { describe, expect, it } from 'vitest';
import { doubtsOf, isIn } from '../../../lib/tasks/translation/doubts.ts';
import { asWrittenIn, copiedNumbers, keepsNumbers } from '../../../lib/tasks/translation/numbers.ts';

const EN_PT = { from: 'en', to: 'pt' };
const doubts = (sentence: string, translation: string, pair = EN_PT) => doubtsOf(sentence, translation, pair);

describe('a translation is doubted', () => {
  it.each([
    ['The house is red.', '', ['empty']],
    ['The house is red.', ' ... ', ['empty']],
    [
      'The president said that the new law on the protection of workers would come into force next year.',
      'O presidente.',
      ['empty'],
    ],
    ['This is a house of the dog.', 'This is a house of the dog.', ['copy']],
    ['This is a house of the dog!', 'this is a house of the dog.', ['copy']],
    [
      'Nobody had seen him at the house of his brother since last week.',
      'He was not at the house and they have not been to it for more than a week.',
      ['language'],
    ],
    ['The house is red.', 'Это красный дом на улице.', ['language']],
    ['The house is red.', 'A casa casa casa casa casa casa é vermelha.', ['repetition']],
    ['The house is red.', 'A casa é uma casa é uma casa é uma casa é uma casa.', ['repetition']],
    ['The house is red.', `A casa ${'é muito vermelha e branca '.repeat(10)}`, ['repetition']],
    ['comics', 'quadrinhos quadrinhos', ['repetition']],
    ['Articles with Curlie links', '!Artigos com ligações inactivas', ['addition']],
    ['In 1998 it grew by 35 percent.', 'Em 1998 cresceu 53 por cento.', ['number']],
    ['In 1998 it grew.', 'Cresceu.', ['number']],
    ['The house grew.', 'A casa cresceu em 1984.', ['number']],
    ['See https://example.com/a for more.', 'Veja https://example.com/b para mais.', ['link']],
    ['Write to me@example.com about it.', 'Escreva para me-example.com sobre isso.', ['link']],
  ])('%s / %s', (sentence, translation, expected) => {
    expect(doubts(sentence, translation)).toEqual(expected);
  });
});

describe('a translation is not doubted', () => {
  it.each([
    ['The house is red.', 'A casa é vermelha.'],
    ['New York', 'New York'],
    ['Apple Inc.', 'Apple Inc.'],
    ['Xbox One X', 'Xbox One X'],
    ['Adobe Photoshop Lightroom Classic', 'Adobe Photoshop Lightroom Classic'],
    ['Menu', 'Menu'],
    ['No, no, no!', 'Não, não, não!'],
    ['It was very, very, very, very good.', 'Foi muito, muito, muito, muito bom.'],
    ['It costs $1,234,567.50 a year.', 'Custa US$ 1.234.567,50 por ano.'],
    ['At 5 p.m. on 3 May', 'Às 17h de 3 de maio'],
    ['Two dogs and 3 houses', '2 cachorros e três casas'],
    ['In the 20th century', 'No século XX'],
    ['He left in the nineties.', 'Ele saiu nos anos 1990.'],
    ['About 3,000 people', 'Cerca de 3 mil pessoas'],
    ['A thousand people', '1.000 pessoas'],
    ['See https://example.com/a for more.', 'Veja https://example.com/a para mais.'],
  ])('%s / %s', (sentence, translation) => {
    expect(doubts(sentence, translation)).toEqual([]);
  });

  it('for its length, in a script that needs fewer characters', () => {
    const sentence =
      'The president said that the new law on the protection of workers would come into force next year.';
    expect(doubts(sentence, '总统说，新的劳动者保护法将于明年生效。', { from: 'en', to: 'zh' })).toEqual([]);
  });
});

describe('languages', () => {
  it.each([
    ['A casa da minha avó não é mais a mesma que eu vi quando era criança.', 'pt', 'en', true],
    ['The house of my grandmother is not the one that I saw as a child.', 'pt', 'en', false],
    ['A casa da avó', 'pt', 'en', false],
    ['Macintosh Windows Linux Android Chrome Firefox Safari Opera Edge', 'pt', 'en', false],
    ['A casa da minha avó não é mais a mesma que eu vi quando era criança.', 'es', 'pt', false],
  ])('are told apart only where that is sure: %s', (text, language, other, expected) => {
    expect(isIn(text, language, other)).toBe(expected);
  });
});

describe('numbers', () => {
  it.each([
    ['1,000.5', '1.000,5', true],
    ['1,000.5', '1.000,6', false],
    ['10:30', '10h30', true],
    ['3/4/2020', '03/04/2020', true],
    ['50%', '50 por cento', true],
    ['٢٠١٠', '2010', true],
    ['13 and 14', '13', false],
    ['13', '13 e 2024', false],
    ['the 1980s', 'os anos 80', true],
  ])('%s / %s: %s', (source, translation, expected) => {
    expect(keepsNumbers(source, translation)).toBe(expected);
  });

  it.each([
    ['About 10,000 people', 'Cerca de 10,000 pessoas', 'en', ['10.000']],
    ['About 10,000 people', 'Cerca de 10.000 pessoas', 'en', []],
    ['It costs $9.99', 'Custa $9.99', 'en', ['9,99']],
    ['Version 3.5 of 1.2.3', 'Versão 3.5 de 1.2.3', 'en', []],
    ['Cerca de 10.000 pessoas', 'About 10.000 people', 'pt', ['10,000']],
  ])('copied as they are would be others: %s / %s', (sentence, translation, from, expected) => {
    const edits = copiedNumbers(sentence, translation, from === 'en' ? EN_PT : { from: 'pt', to: 'en' });
    expect(edits.map(({ text }) => text)).toEqual(expected);
  });

  it.each([
    ['1,234.5', 'en', 'pt', '1.234,5'],
    ['1.234,5', 'pt', 'en', '1,234.5'],
    ['1998', 'en', 'pt', '1998'],
    ['1.2.3', 'en', 'pt', '1.2.3'],
    ['12/31/2020', 'en', 'pt', '12/31/2020'],
    ['3.5', 'en', 'pt', '3,5'],
  ])('%s of %s is in %s %s', (number, from, to, expected) => {
    expect(asWrittenIn(number, from, to)).toBe(expected);
  });
});
