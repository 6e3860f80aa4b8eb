import { describe, expect, it } from 'vitest';
import { linkUnits, placeOf } from '../../../lib/tasks/translation/linked-units.ts';
import { graphemeCut, unitsOf } from '../../../lib/tasks/translation/units.ts';

describe('units', () => {
  it.each([
    ['The well-known dog’s 3.5 km', ['the', 'well-known', 'dog’s', '3.5', 'km']],
    ['“Yes,” (no)', ['“', 'yes', ',', '”', '(', 'no', ')']],
    ['👩‍👩‍👧 🇧🇷👋🏽 1️⃣', ['👩‍👩‍👧', '🇧🇷👋🏽', '1️⃣']],
    ['क्षि ന്‍ दिल्ली', ['क्षि', 'ന്‍', 'दिल्ली']],
    [' \u0301a', ['a']],
  ])('%s', (text, expected) => {
    expect(unitsOf(text).map((unit) => unit.text)).toEqual(expected);
  });

  it('of unspaced scripts are words, even of 50,000 characters', () => {
    expect(unitsOf('我喜欢东京').length).toBeGreaterThan(1);
    const units = unitsOf('漢字'.repeat(25_000));
    expect(units.map(({ text }) => text).join('')).toBe('漢字'.repeat(25_000));
  });

  it('are cut between graphemes', () => {
    expect(graphemeCut('ab👩‍👩‍👧cd', 0, 4)).toBe(2);
    expect(graphemeCut('👩‍👩‍👧cd', 0, 2)).toBe(8);
    expect(graphemeCut('abc', 1, 5)).toBe(3);
  });
});

/** Words of both sides by number: "0-1 1-0". */
function pieces(source: string, target: string, pairs: [target: string, source: string][]) {
  return pairs.map(([to, from]) => ({
    start: target.indexOf(to),
    end: target.indexOf(to) + to.length,
    sourceStart: source.indexOf(from),
    sourceEnd: source.indexOf(from) + from.length,
  }));
}

describe('links', () => {
  const linked = (source: string, target: string, pairs: [string, string][]) => {
    const { source: from, target: to, links } = linkUnits(source, target, pieces(source, target, pairs));
    return links.map((shares, index) => `${to[index].text}: ${shares.map(({ unit }) => from[unit].text).join(' ')}`);
  };

  it('lead from words to words, through the tokens that they are made of', () => {
    expect(
      linked('unhappy dog', 'cão infeliz', [
        ['cão', 'dog'],
        ['in', 'un'],
        ['feliz', 'happy'],
      ]),
    ).toEqual(['cão: dog', 'infeliz: unhappy']);
  });

  it('trust a name that stands on both sides more than the alignment', () => {
    expect(
      linked('Paris and Rome', 'Rome e Paris', [
        ['Rome', 'Paris'],
        [' e ', 'and'],
        ['Paris', 'Rome'],
      ]),
    ).toEqual(['rome: rome', 'e: and', 'paris: paris']);
  });

  it('go by proportion where nothing is aligned', () => {
    expect(linked('one two three', 'um dois três', [])).toEqual(['um: one', 'dois: two', 'três: three']);
  });

  it('lead places to places', () => {
    const [source, target] = ['the red house here', 'a casa vermelha aqui'];
    const links = linkUnits(
      source,
      target,
      pieces(source, target, [
        ['a ', 'the'],
        ['casa', 'house'],
        ['vermelha', 'red'],
        ['aqui', 'here'],
      ]),
    );
    const after = (word: string) => target.indexOf(word) + word.length;
    expect(placeOf(links, source.indexOf('red') + 3, 'after')).toBe(after('vermelha'));
    expect(placeOf(links, source.indexOf('house') + 5, 'after')).toBe(after('casa'));
    expect(placeOf(links, source.indexOf('here'), 'before')).toBe(target.indexOf('aqui'));
    expect(placeOf(links, 0, 'after')).toBe(0);
    expect(placeOf(linkUnits('', '', []), 0, 'after')).toBe(0);
  });
});
