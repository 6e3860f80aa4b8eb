// What a translator is given of a sentence in a script without spaces between words, or with characters of full width.
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../lib/tasks/translation/prepared.ts';

const ZH_EN = { from: 'zh', to: 'en' };
const sent = (sentence: string, unknown = '', pair = ZH_EN) => prepare(sentence, pair, new Set(unknown), false).text;

describe('without spaces', () => {
  it.each([
    '今天，天气很好！你呢？',
    '北京（首都）很大：真的。',
    'これは「本」です（笑）！タワー',
    'ＡＢＣは１２３です。',
    'ｶﾀｶﾅです',
  ])('letters, digits and punctuation of every width are read as they are: %s', (sentence) =>
    expect(sent(sentence)).toBe(sentence),
  );

  it('a name stands in for what the vocabulary lacks, not for all around it', () => {
    expect(sent('面积是100m²的房子，王喆买了。', '喆')).toBe('面积是X1的房子，王X2买了。');
    expect(sent('The word 東京タワー means a tower.', '東京タワー', { from: 'en', to: 'pt' })).toBe(
      'The word X1 means a tower.',
    );
  });

  it('an address ends where the sentence goes on', () => {
    expect(sent('请看https://example.com/a的网站，或www.example.com。')).toBe('请看X1的网站，或X2。');
    expect(sent('请看example.com的网站。')).toBe('请看X1的网站。');
    expect(sent('联系me@example.com或看https://zh.wikipedia.org/wiki/北京。')).toBe('联系X1或看X2。');
  });

  it('brackets of full width are brackets: what is in them stays', () => {
    const prepared = prepare('北京（首都）很大。', ZH_EN, new Set(), false);
    expect(prepared.restore({ text: 'Beijing (the capital) is big.', alignment: [] })?.text).toBe(
      'Beijing (the capital) is big.',
    );
  });
});
