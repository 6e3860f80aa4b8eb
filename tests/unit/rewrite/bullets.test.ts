// A list by structure: whole sentences, nothing lost, nothing that reads as something else.
import { describe, expect, it } from 'vitest';
import { readSamples } from '../../../scripts/evaluation/rewriting.ts';
import { bulletEdits } from '../../../lib/tasks/rewrite/bullets.ts';
import { applyHunks } from '../../../lib/tasks/rewrite/diff.ts';
import { wordsOf } from '../../../lib/tasks/words.ts';

const listed = (text: string, language = 'en') => applyHunks(text, bulletEdits(text, language));

describe('sentences', () => {
  it('stand on lines of their own', () => {
    expect(listed('Mr. Smith came at 3.30. He left soon. Why?')).toBe(
      '- Mr. Smith came at 3.30.\n- He left soon.\n- Why?',
    );
    expect(listed('会议改了。请不要发草稿！', 'zh')).toBe('- 会议改了。\n- 请不要发草稿！');
  });

  it('leave salutations, signatures and headings where they are', () => {
    const text = 'Hi Anna,\n\nThe door is open. Nobody came.\n\nBest regards\nTom';
    expect(listed(text)).toBe('Hi Anna,\n\n- The door is open.\n- Nobody came.\n\nBest regards\nTom');
  });

  it.each([
    ['one sentence has nothing to list', 'Just one sentence.'],
    ['a list is one already', '- one thing here.\n- another thing there.'],
    ['code is no text', '```\nfirst. Second thing. Third.\n```'],
    ['nothing', ''],
  ])('are not made: %s', (_, text) => expect(bulletEdits(text, 'en')).toEqual([]));
});

describe('an enumeration', () => {
  it('stands behind what introduces it', () => {
    expect(listed('We need: eggs, milk and 1,000 g of flour.')).toBe('We need:\n- eggs\n- milk\n- 1,000 g of flour');
    expect(listed('我们需要：苹果、梨和香蕉。', 'zh')).toBe('我们需要：\n- 苹果\n- 梨\n- 香蕉');
  });

  it('is a list within the list where other sentences stand beside it', () => {
    expect(listed('It rains. Bring: a coat, a hat, and boots. Then come.')).toBe(
      '- It rains.\n- Bring:\n  - a coat\n  - a hat\n  - boots\n- Then come.',
    );
  });

  it.each([
    ['a choice', 'Choose one: red, blue or green.'],
    ['an exception', 'Bring all: cups, plates, but no knives.'],
    ['an address', 'See https://example.org/a:b, and then c, and d.'],
    ['a language without known conjunctions', 'Tuo: maitoa, leipää ja voita.', 'fi'],
  ])('is not taken apart: %s', (_, text, language = 'en') => expect(bulletEdits(text, language)).toEqual([]));
});

it('no word is lost but the one before the last member', async () => {
  for (const { text, language } of await readSamples()) {
    const [before, after] = [wordsOf(text), wordsOf(listed(text, language))];
    const lost = before.filter((word) => {
      const at = after.indexOf(word);
      if (at >= 0) after.splice(at, 1);
      return at < 0;
    });
    expect(lost.filter((word) => !['and', 'und', 'et', 'y', 'e', '和'].includes(word))).toEqual([]);
    expect(after).toEqual([]);
  }
});
