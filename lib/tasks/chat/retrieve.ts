// Finds the passages and sentences that may answer a question, by their words: at once, in every language, without a model.
import type { ChatTask, Passage } from '../../protocol.ts';
import type { Sentence } from '../sentences.ts';
import { queryOf, type Query } from './follow-up.ts';
import { searchIndexOf } from './search-index.ts';

/** A sentence that may answer. */
export interface Candidate {
  article: number;
  /** Which of its article's passages it stands in. */
  passage: number;
  sentence: Sentence;
  /** BM25 of the sentence and, for a part, of its passage. */
  score: number;
}

export interface Retrieval {
  /** Of the article that has the best candidate, or the first. */
  language: string;
  query: Query;
  /** Best first: the sentences of all passages that have a word of the question. */
  candidates: Candidate[];
}

/** Passages shown, and given to a model that composes. */
export const MAX_PASSAGES = 8;
/** Weight of the passage's score beside the sentence's. */
const PASSAGE = 0.5;

/** What the articles have on the question. Pure; after the indices are built, 50,000 words take a few milliseconds. */
export function retrieve({ question, articles, history }: ChatTask): Retrieval {
  const candidates: Candidate[] = [];
  const found = articles.map((article, number) => {
    const index = searchIndexOf(article);
    const query = queryOf(question, history, index.language);
    const passages = index.scorePassages(query.terms);
    const sentences = index.scoreSentences(query.terms);
    index.sentences.forEach((sentence, i) => {
      const passage = index.passageOf[i];
      const around = passages.get(passage);
      if (around === undefined || sentence.kind === 'heading') return;
      const score = (sentences.get(i) ?? 0) + PASSAGE * around;
      candidates.push({ article: number, passage, sentence, score });
    });
    return { language: index.language, query };
  });
  candidates.sort((a, b) => b.score - a.score);
  const { language, query } = found.at(candidates[0]?.article ?? 0) ?? {
    language: '',
    query: { terms: [], text: question },
  };
  return { language, query, candidates };
}

/** The passages of these candidates, in their order, each with its first. */
export function passagesAmong(candidates: readonly Candidate[], articles: ChatTask['articles']): Passage[] {
  const passages = new Map<string, Passage>();
  for (const { article, passage, sentence } of candidates) {
    const key = `${article} ${passage}`;
    if (passages.has(key)) continue;
    const { block, start, end } = sentence;
    const range = searchIndexOf(articles[article]).passages[passage];
    passages.set(key, { article, ...range, best: { article, block, start, end } });
    if (passages.size === MAX_PASSAGES) break;
  }
  return [...passages.values()];
}
