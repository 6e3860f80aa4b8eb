// @vitest-environment jsdom
// An answer read in another language: the same sentences, translated, still leading back to the page.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { inLanguage } from '../../../components/answer-reading.ts';
import type { Translated } from '../../../components/use-reading.ts';
import { press, root, settle, texts, translation } from '../components/open-panel.tsx';
import { readIn, translated } from '../components/read-in.ts';
import { DONE, quote, written } from '../components/samples.ts';
import { ask, open, PASSAGES, reply, showChat, UNANSWERED } from './ask-panel.ts';

vi.mock('wxt/browser', () => import('../components/catalogue.ts'));

beforeEach(showChat);

const SOLEIRA = 'O atraso vem da soleira.';

describe('an answer', () => {
  it('is read in another language, and still leads to its place', async () => {
    await open();
    await ask('Why is it late?');
    expect(root.querySelector('.read-in')).toBeNull();
    await reply(PASSAGES, { kind: 'statement', statement: quote(3) }, DONE);
    expect(texts('.read-in option')).toEqual(['English, as written', 'German', 'Portuguese']);
    await readIn('pt');
    expect(translation.translations[0]).toMatchObject({ pair: { from: 'en', to: 'pt' }, texts: [quote(3).text] });
    await translated(0, SOLEIRA);
    expect(texts('.answer blockquote')).toEqual([`${SOLEIRA}2`]);
    expect(root.querySelector('.answer blockquote')?.getAttribute('lang')).toBe('pt');
    expect(texts('.answer-by')).toEqual(['The page’s own words · translated from English']);
    expect(texts('.answer .source-mark')).toEqual(['2']);
  });

  it('that a model wrote is read so too: its words, not its signs, and no code', async () => {
    await open();
    await ask('Why?');
    const list = '- The **sill** is shallow.\n- It is 14 metres deep.';
    const code = '```\nconst sill = 14;\n```';
    await reply(
      { kind: 'statement', statement: written(list) },
      { kind: 'statement', statement: written(code) },
      { kind: 'statement', statement: written('It slows the water.') },
      DONE,
    );
    await readIn('pt');
    expect(translation.translations[0].texts).toEqual([
      'The **sill** is shallow.',
      'It is 14 metres deep.',
      'It slows the water.',
    ]);
    await translated(0, 'A **soleira** é rasa.');
    await translated(2, 'It slows the water.', [{ start: 0, end: 19, doubts: ['copy'] }]);
    expect(texts('.answer li')).toEqual(['A soleira é rasa.', 'It is 14 metres deep.']);
    expect(texts('.answer li strong')).toEqual(['soleira']);
    expect(texts('.answer pre')).toEqual([expect.stringContaining('const sill = 14;')]);
    expect(texts('.answer mark.unsure')).toEqual(['It slows the water.']);
  });

  it('stays so when another question is asked, and is copied as it is shown', async () => {
    const copied: string[] = [];
    vi.stubGlobal('navigator', { clipboard: { writeText: (it: string) => Promise.resolve(void copied.push(it)) } });
    await open();
    await ask('Why is it late?');
    await reply(PASSAGES, { kind: 'statement', statement: quote(3) }, DONE);
    await readIn('pt');
    await translated(0, SOLEIRA);
    await press('Copy');
    expect(copied).toEqual([SOLEIRA]);
    await ask('Who won the cup?');
    await reply(UNANSWERED, DONE);
    expect(texts('.answer blockquote')).toEqual([`${SOLEIRA}2`]);
    expect(root.querySelectorAll('.read-in')).toHaveLength(1);
    await readIn('');
    await settle();
    expect(texts('.answer blockquote')).toEqual([`${quote(3).text}2`]);
    expect(root.querySelector('.read-in')).toBeNull();
  });
});

describe('a statement in another language', () => {
  const translated: Translated = {
    pair: { from: 'de', to: 'en' },
    texts: new Map([
      ['eins', { text: 'one', marks: [], kept: [] }],
      ['zwei', { text: 'zwei', marks: [], kept: [{ start: 0, end: 4, doubts: [] }] }],
      ['12. Mai: zu.', { text: '12 May: closed.', marks: [], kept: [] }],
    ]),
  };

  it('counts what was left in the original from its own beginning', () => {
    const { text, kept } = inLanguage({ ...written('1. eins\n2. zwei'), places: [] }, translated)!;
    expect(text).toBe('1. one\n2. zwei');
    expect(kept.map(({ start, end }) => text.slice(start, end))).toEqual(['zwei']);
  });

  it('that the page says itself is one sentence, though it begins as a list does', () => {
    const statement = { ...written('12. Mai: zu.', { support: 'quoted' }), places: [] };
    expect(inLanguage(statement, translated)?.text).toBe('12 May: closed.');
  });
});
