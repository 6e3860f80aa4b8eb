import { describe, expect, it } from 'vitest';
import { applyCuts, clauseCuts, consented, ruleCuts } from '../../../lib/tasks/trim.ts';
import { FakeLanguageModel } from '../../fakes/language-model.ts';

const byRule = (text: string, language = 'en') => applyCuts(text, ruleCuts(text, language));
const byClause = (text: string) => applyCuts(text, clauseCuts(text));
const signal = new AbortController().signal;

describe('ruleCuts', () => {
  it.each([
    [
      'CAIRO — Gunmen opened fire on visitors at the national museum.',
      'Gunmen opened fire on visitors at the national museum.',
    ],
    [
      'LONDON (Reuters) – Shares fell on Monday after the bank raised rates.',
      'Shares fell on Monday after the bank raised rates.',
    ],
    [
      '12:00 PM PT -- Deputies were at the hotel all of Thursday morning.',
      'Deputies were at the hotel all of Thursday morning.',
    ],
    ['However, the state has promised to pay for a new bridge.', 'The state has promised to pay for a new bridge.'],
    [
      'But the attack could heighten tensions in a divided nation.',
      'The attack could heighten tensions in a divided nation.',
    ],
    [
      'The project began in 1998[4] and grew fast after that year.[note 2]',
      'The project began in 1998 and grew fast after that year.',
    ],
    [
      'Die App kostet knapp fünfzig Euro und läuft auf jedem Mac. (bsc)',
      'Die App kostet knapp fünfzig Euro und läuft auf jedem Mac.',
    ],
  ])('takes what says nothing: %s', (text, expected) => {
    expect(byRule(text)).toBe(expected);
  });

  it.each([
    'But it failed.',
    'However hard they tried, the engineers could not save the old bridge.',
    'NASA engineers — all of them volunteers — found the crack in the beam.',
    'The value x[i] is read before the loop has written the array.',
  ])('leaves alone what needs it: %s', (text) => {
    expect(byRule(text)).toBe(text);
  });
});

describe('clauseCuts', () => {
  it.each([
    [
      'The attack — on a national landmark — could heighten tensions in the region.',
      'The attack could heighten tensions in the region.',
    ],
    [
      'The Muslims, who had been repressed under the regime, won the freedom to preach.',
      'The Muslims won the freedom to preach.',
    ],
    [
      'The committee (a group of engineers) voted to close the bridge to all traffic.',
      'The committee voted to close the bridge to all traffic.',
    ],
  ])('finds clauses: %s', (text, expected) => {
    expect(byClause(text)).toBe(expected);
  });

  it.each([
    ['a negation', 'The bridge, which was not built for trucks, carries nine thousand cars a day.'],
    ['a number', 'The foreigners (17 of the dead) came from Italy, Poland and Spain on a cruise.'],
    ['a condition', 'The plan — if the state agrees — will bring a new bridge to the town.'],
    ['an attribution', 'The bridge, which officials said was safe, carries nine thousand cars a day.'],
    ['a quotation', 'The mayor, who called it “a sad day”, closed the bridge on Tuesday morning.'],
    ['a degree', 'The visitors — most of them foreign tourists — were killed in the museum.'],
  ])('never takes %s', (_, text) => {
    expect(byClause(text)).toBe(text);
  });

  it('never cuts inside a quotation', () => {
    const text = '“The people, who have waited for years, want a bridge,” said the mayor of the town.';
    expect(byClause(text)).toBe(text);
  });
});

describe('consented', () => {
  const text = 'The attack — on a national landmark — could heighten tensions in the region.';
  const judged = (after: number) =>
    new FakeLanguageModel(undefined, undefined, (token) => (token.includes('could') ? after : -1));

  it('keeps the cuts that the model finds natural and drops the others', async () => {
    expect(await consented(text, clauseCuts(text), judged(-3), [], signal)).toHaveLength(1);
    expect(await consented(text, clauseCuts(text), judged(-4.5), [], signal)).toEqual([]);
  });

  it('leaves eight words at least', async () => {
    const short = 'The attack — on a national landmark — could heighten tensions.';
    expect(await consented(short, clauseCuts(short), judged(0), [], signal)).toEqual([]);
  });
});
