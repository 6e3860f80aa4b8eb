import { describe, expect, it } from 'vitest';
import { marked, written } from './marked.ts';
import { EN_PT, translations } from './run.ts';
import { FakeTranslator } from '../../fakes/translator.ts';
import { violations } from './invariants.ts';

const carried = async (text: string, aligns = true) => {
  const source = marked(text);
  const [translation] = await translations([source], { translator: new FakeTranslator({ aligns }), pair: EN_PT });
  expect(violations(source, translation)).toEqual([]);
  return written(translation);
};

describe('marks', () => {
  it.each([
    ['The ⟦red⟧ house stands here.', 'A casa ⟦0 vermelha⟧ fica aqui.'],
    ['The red ⟦house⟧ stands here.', 'A ⟦0 casa⟧ vermelha fica aqui.'],
    ['The ⟦red house⟧ stands here.', 'A ⟦0 casa vermelha⟧ fica aqui.'],
    ['The ⟦⟦red⟧ house⟧ stands here.', 'A ⟦0 casa ⟦1 vermelha⟧⟧ fica aqui.'],
    ['The ⟦red⟧ ⟦house⟧ stands here.', 'A ⟦1 casa⟧ ⟦0 vermelha⟧ fica aqui.'],
    ['⟦The red house stands here.⟧', '⟦0 A casa vermelha fica aqui.⟧'],
    ['⟦⟦The red house stands here.⟧⟧', '⟦0 ⟦1 A casa vermelha fica aqui.⟧⟧'],
    ['⟦The red house stands here⟧.', '⟦0 A casa vermelha fica aqui⟧.'],
    ['The house. ⟦The dog.⟧ The street.', 'A casa. ⟦0 A cachorro.⟧ A rua.'],
    ['The house. The ⟦dog. The street.⟧', 'A casa. A ⟦0 cachorro. A rua.⟧'],
    ['⟦The house. The dog.⟧\nThe street.', '⟦0 A casa. A cachorro.⟧\nA rua.'],
  ])('stand on the words that say the same: %s', async (text, expected) => {
    expect(await carried(text)).toBe(expected);
  });

  it.each([
    ['The dog, ⟦the house⟧, the street.', 'A cachorro, ⟦0 a casa⟧, a rua.'],
    ['The dog (⟦the house⟧) is here.', 'A cachorro (⟦0 a casa⟧) é aqui.'],
    ['“⟦The house⟧” is here.', '“⟦0 A casa⟧” é aqui.'],
    ['⟦“The house”⟧ is here.', '⟦0 “A casa”⟧ é aqui.'],
    ['The ⟦house,⟧ the dog.', 'A ⟦0 casa,⟧ a cachorro.'],
    ['The dog⟦,⟧ the house.', 'A cachorro⟦0 ,⟧ a casa.'],
    ['The ⟦ house ⟧ is here.', 'A  ⟦0 casa⟧  é aqui.'],
  ])('take punctuation only where they had it: %s', async (text, expected) => {
    expect((await carried(text)).replace(/ {2,}/g, ' ')).toBe(expected.replace(/ {2,}/g, ' '));
  });

  it.each([
    ['The d⟦o⟧g is here.', 'A ⟦0 cachorro⟧ é aqui.'],
    ['⟦T⟧he dog is here.', '⟦0 A⟧ cachorro é aqui.'],
  ])('split no word: %s', async (text, expected) => {
    expect(await carried(text)).toBe(expected);
  });

  it.each([
    ['See ⟦\ufffc⟧ of the ⟦red⟧ house.', 'Vemos ⟦0 \ufffc⟧ de a casa ⟦1 vermelha⟧.'],
    ['⟦\ufffc⟧ is the house.', '⟦0 \ufffc⟧ é a casa.'],
    ['The house is ⟦\ufffc⟧, ⟦\ufffc⟧ and ⟦\ufffc⟧', 'A casa é ⟦0 \ufffc⟧, ⟦1 \ufffc⟧ e ⟦2 \ufffc⟧'],
  ])('stay on what stands in the sentence without being text: %s', async (text, expected) => {
    expect(await carried(text)).toBe(expected);
  });

  it('stay within a word that is the same', async () => {
    expect(await carried('12⟦34⟧5')).toBe('12⟦0 34⟧5');
  });

  it.each([
    ['⟦⟧ The house is red.', '⟦0 ⟧ A casa é vermelha.'],
    ['The house is red. ⟦⟧', 'A casa é vermelha. ⟦0 ⟧'],
    ['The house⟦⟧ is red.', 'A casa⟦0 ⟧ é vermelha.'],
    ['See ⟦⟧ the house here.', 'Vemos ⟦0 ⟧a casa aqui.'],
    ['The ⟦⟦⟧ red house⟧ is here.', 'A ⟦0 ⟦1 ⟧casa vermelha⟧ é aqui.'],
    ['The ⟦red house⟦⟧⟧ is here.', 'A ⟦0 casa vermelha⟧⟦1 ⟧ é aqui.'],
    ['The red⟦⟧ house is here.', 'A casa vermelha⟦0 ⟧ é aqui.'],
    ['The house⟦⟧⟦⟧⟦⟧.', 'A casa⟦0 ⟧⟦1 ⟧⟦2 ⟧.'],
    ['The house⟦⟧\nThe dog', 'A casa⟦0 ⟧\nA cachorro'],
    ['⟦⟧', '⟦0 ⟧'],
    ['The house. ⟦⟧ The dog.', 'A casa. ⟦0 ⟧ A cachorro.'],
  ])('without text stay between the same words: %s', async (text, expected) => {
    expect((await carried(text)).replace(/ {2,}/g, ' ')).toBe(expected.replace(/ {2,}/g, ' '));
  });

  it.each([
    ['We see ⟦Dr. Smith⟧ here.', '⟦0 Dr. Smith⟧'],
    ['We see ⟦NASA⟧ in the old white house.', '⟦0 NASA⟧'],
    ['In ⟦1998⟧ it was not here.', '⟦0 1998⟧'],
    ['⟦The house⟧ is here.', '⟦0 A casa⟧'],
    ['⟦The house is here.⟧ The dog.', '⟦0 A casa é aqui.⟧'],
  ])('are placed without an alignment by what is the same and by proportion: %s', async (text, expected) => {
    expect(await carried(text, false)).toContain(expected);
  });

  it('keep a word each where the translation has fewer words than the text has links', async () => {
    const translator = new FakeTranslator({ fault: () => 'Ir para a navegação' });
    const source = marked('⟦Jump to navigation⟧ ⟦Skip navigation⟧');
    const [translation] = await translations([source], { translator });
    expect(violations(source, translation)).toEqual([]);
    expect(translation.marks.every(({ start, end }) => end > start)).toBe(true);
  });

  it('part labels that only the layout keeps apart', async () => {
    expect(await carried('⟦House⟧⟦Street⟧')).toBe('⟦0 Casa⟧⟦1 Rua⟧');
  });
});
