// How much of what is asked about an answer rests on.
import type { Article, Block } from '../../article.ts';
import type { Coverage } from '../../protocol.ts';
import { countWords } from '../words.ts';
import { searchIndexOf } from './search-index.ts';

/** `read`: the blocks that were given to a model; absent where all of the articles were looked through. */
export function coverageOf(articles: readonly Article[], read?: readonly Block[]): Coverage {
  const words = articles.reduce(
    (sum, article) => searchIndexOf(article).sentences.reduce((all, sentence) => all + sentence.words, sum),
    0,
  );
  const wordsRead = read ? read.reduce((sum, { text }) => sum + countWords(text), 0) : words;
  return { words, wordsRead: Math.min(words, wordsRead), part: 1, parts: 1 };
}
