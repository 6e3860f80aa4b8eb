// An article long enough to select from, and statements about it.
import type { Article } from '../../../lib/article.ts';
import type { Coverage, Statement, TaskEvent } from '../../../lib/protocol.ts';

const SENTENCES = [
  'The tide in the inner fjord arrives four hours after the tide at its mouth.',
  'Anders Bakke kept a notebook of the tides for thirty-one years, and he missed only nine days of them.',
  'The university compared his notebook with modern gauges, and the mean difference was six minutes.',
  'The delay comes from the sill at the narrows, which is only fourteen metres deep.',
];

export const ARTICLE: Article = {
  url: 'https://example.org/tides',
  title: 'Why the tides run late',
  language: 'en',
  description: '',
  blocks: SENTENCES.map((text) => ({ kind: 'paragraph', text })),
  scope: 'page',
  hiddenCharacters: 0,
};

export const COVERAGE: Coverage = { words: 12400, wordsRead: 4100, part: 4, parts: 9 };

/** The sentence of block `index`, quoted whole. */
export function quote(index: number): Statement {
  const text = SENTENCES[index];
  return {
    text,
    support: 'quoted',
    origin: 'page',
    sources: [{ block: index, start: 0, end: text.length }],
    doubts: [],
  };
}

export function written(text: string, change: Partial<Statement> = {}): Statement {
  return { text, support: 'supported', origin: 'model', sources: quote(0).sources, doubts: [], ...change };
}

export const QUOTES: TaskEvent = { kind: 'quotes', quotes: [quote(0), quote(2)], coverage: COVERAGE };
export const DONE: TaskEvent = { kind: 'done', finishReason: 'stop', metrics: null };
