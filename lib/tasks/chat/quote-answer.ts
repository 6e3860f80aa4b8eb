// The answer of a model that does not write: the page's own sentence, whole, with what it leans on.
import type { ChatTask, Statement } from '../../protocol.ts';
import { leans } from '../leaning.ts';
import type { Candidate } from './retrieve.ts';
import { searchIndexOf } from './search-index.ts';

/** The sentence as a statement; begun one sentence earlier where it points back there ("He", "This") within its paragraph. */
export function quoteAnswer({ article, number, sentence }: Candidate, articles: ChatTask['articles']): Statement {
  const { sentences, language } = searchIndexOf(articles[article]);
  const before = leans(sentence.text, language) ? sentences.at(number - 1) : undefined;
  const { block, end } = sentence;
  const start = before?.block === block && before.start < sentence.start ? before.start : sentence.start;
  const text = articles[article].blocks[block].text.slice(start, end);
  return { text, support: 'quoted', origin: 'page', sources: [{ article, block, start, end }], doubts: [] };
}
