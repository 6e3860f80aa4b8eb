// How telling each sentence of an article is, for a reader who will see little else: centrality, position, the title's words,
// less its blemishes. Lexical, so that it works in every language and before any model has been loaded.
import type { Article } from '../protocol.ts';
import { blemishes } from './blemishes.ts';
import { languageOf } from './language.ts';
import { TermVectors } from './lexrank.ts';
import { sentencesOf, type Sentence } from './sentences.ts';
import { termsOf } from './terms.ts';

/** Weight of one blemish against centrality, position and title, each at most 1 (measured on 16 pages). */
const PENALTY = 0.35;

export interface Ranking {
  language: string;
  /** Every sentence of the article, in page order. */
  sentences: Sentence[];
  /** Words of the whole article. */
  words: number;
  /** Over the sentences of running text only: what can be quoted. Aligned with `scores`, `flaws` and `vectors`. */
  candidates: Sentence[];
  vectors: TermVectors;
  /** Centrality plus title words, without position and blemishes: 0 to 2. */
  centrality: Float64Array;
  position: Float64Array;
  flaws: Float64Array;
  /** The sum by which sentences are chosen for a tl;dr. */
  scores: Float64Array;
}

/** Ranks the article's sentences. Pure; 2,000 words take a few milliseconds. */
export function rankSentences(article: Article): Ranking {
  const language = languageOf(article);
  const sentences = sentencesOf(article, language);
  const candidates = sentences.filter(({ kind }) => kind !== 'heading' && kind !== 'code');
  const vectors = new TermVectors(candidates.map(({ text }) => termsOf(text, language)));
  const rank = vectors.rank();
  const title = titleShares(article.title, candidates, vectors, language);
  const flaws = Float64Array.from(candidates, (sentence) => blemishes(sentence, language));
  const centrality = rank.map((value, i) => value + title[i]);
  const position = positions(candidates, flaws);
  const scores = centrality.map((value, i) => value + position[i] - PENALTY * flaws[i]);
  const words = sentences.reduce((sum, sentence) => sum + sentence.words, 0);
  return { language, sentences, words, candidates, vectors, centrality, position, flaws, scores };
}

/** Share of the title's words, weighted by rarity, that each sentence has. */
function titleShares(title: string, candidates: Sentence[], vectors: TermVectors, language: string): Float64Array {
  const terms = [...new Set(termsOf(title, language))];
  const total = terms.reduce((sum, term) => sum + vectors.idf(term), 0) || 1;
  return Float64Array.from(candidates, ({ text }) => {
    const own = new Set(termsOf(text, language));
    return terms.reduce((sum, term) => (own.has(term) ? sum + vectors.idf(term) : sum), 0) / total;
  });
}

/** 1/sqrt(1+i) over running text: captions, bylines and furniture above the lead do not push it down. */
function positions(candidates: Sentence[], flaws: Float64Array): Float64Array {
  let i = 0;
  return Float64Array.from(candidates, ({ words }, index) => {
    const value = 1 / Math.sqrt(1 + i);
    if (words >= 5 && flaws[index] < 2) i++;
    return value;
  });
}
