import { describe, expect, it } from 'vitest';
import type { Article } from '../../../lib/article.ts';
import { rankSentences } from '../../../lib/tasks/rank.ts';
import { leadOf, textRankOf } from '../../../scripts/evaluation/baselines.ts';
import { copiedShare, rouge, tokensOf } from '../../../scripts/evaluation/rouge.ts';
import { evaluateTldr } from '../../../scripts/evaluation/tldr.ts';

describe('rouge', () => {
  it('agrees with counts by hand', () => {
    // 3 of 3 and 4 words, 1 pair of 2 and 3, a common subsequence of 2.
    const { rouge1, rouge2, rougeL } = rouge('cat the sat', 'The cat sat down.');
    expect(rouge1).toBeCloseTo(6 / 7);
    expect(rouge2).toBe(0);
    expect(rougeL).toBeCloseTo(4 / 7);
    expect(rouge('a b c', 'a b d').rouge2).toBeCloseTo(1 / 2);
    expect(rouge('', 'a')).toEqual({ rouge1: 0, rouge2: 0, rougeL: 0 });
    expect(rouge('The cat sat.', 'the cat sat')).toEqual({ rouge1: 1, rouge2: 1, rougeL: 1 });
  });

  it('takes characters of unspaced scripts for words', () => {
    expect(tokensOf('DeepMind开发AI')).toEqual(['deepmind', '开', '发', 'ai']);
  });

  it('knows a copy', () => {
    expect(copiedShare('one two three four five', 'two three four five')).toBe(1);
    expect(copiedShare('one two three four five', 'five four three two')).toBe(0);
  });
});

describe('evaluateTldr', () => {
  const page = (text: string, description: string): Article => ({
    url: 'https://x.example/',
    title: 'The bridge',
    language: 'en',
    description,
    scope: 'page',
    hiddenCharacters: 0,
    blocks: text.split('\n').map((line) => ({ kind: 'paragraph', text: line })),
  });
  const story = Array.from(
    { length: 20 },
    (_, i) =>
      `The council of Elmton heard in meeting ${i} that the old bridge over the river needs repairs to its beams.`,
  ).join('\n');

  it('uses real descriptions as references, and no copies of the lead', async () => {
    const described = page(
      story,
      'Repairs to the beams of the old bridge over the river are discussed by Elmton council members.',
    );
    const copied = page(
      story,
      'The council of Elmton heard in meeting 0 that the old bridge over the river needs repairs to its beams.',
    );
    const { references, tldr, baselines } = await evaluateTldr(
      [
        { name: 'described', article: described },
        { name: 'copied', article: copied },
        { name: 'bare', article: page(story, '') },
      ],
      null,
    );
    expect(references).toEqual(['described']);
    expect(tldr.rouge1).toBeGreaterThan(0.4);
    expect(baselines.lead.rouge1).toBeGreaterThan(0.4);
    expect(baselines.model).toBeUndefined();
    expect(tldr.unsupported).toBe(0);
  });

  it('counts the numbers and names that a page does not have', async () => {
    const invented = page(
      story,
      'Old bridge repairs over the river beams will cost 77 million, says Elmton council of Ohio.',
    );
    // 77, million and Ohio out of those and Elmton in the description, and the page's own in the quotes.
    expect((await evaluateTldr([{ name: 'invented', article: invented }], null)).tldr.unsupported).toBeGreaterThan(0.3);
  });

  it('has baselines that are sentences of the page', () => {
    const ranking = rankSentences(page(story, ''));
    for (const text of [leadOf(ranking), textRankOf(ranking)]) {
      for (const sentence of text.split(/(?<=\.) /)) expect(story).toContain(sentence);
      expect(text.split(' ').length).toBeLessThanOrEqual(50);
    }
    expect(leadOf(ranking)).toContain('meeting 0');
  });
});
