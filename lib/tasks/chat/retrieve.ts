// Finds the passages and sentences that may answer a question, by their words: at once, in every language, without a model.
import type { ChatTask, Passage } from '../../protocol.ts';
import type { Sentence } from '../sentences.ts';
import { answerKindOf, holderOf } from './answer-kind.ts';
import { queryOf, type Query } from './follow-up.ts';
import { searchIndexOf, type SearchIndex } from './search-index.ts';

/** A sentence that may answer. */
export interface Candidate {
  article: number;
  /** Which of its article's passages it stands in. */
  passage: number;
  /** Which of its article's sentences it is. */
  number: number;
  sentence: Sentence;
  /** BM25 of its passage; 0 where that has no word of the question. */
  passageScore: number;
  /** True where it holds the kind of answer that is asked for, as far as words tell. */
  holdsKind: boolean;
  /** How well it fits the question, comparable between the sentences of one question only. */
  score: number;
}

export interface Retrieval {
  /** Of the article that has the best candidate, or the first. */
  language: string;
  question: string;
  query: Query;
  /** Best first, no headings among them: of each article all sentences, or those that come before all others, and some more. */
  candidates: Candidate[];
}

/** Passages shown, and given to a model that composes. */
export const MAX_PASSAGES = 8;
/** Candidates that are found for certain, where there are as many: more than are ever embedded, or than eight passages have as a rule. */
const CERTAIN = 128;

/**
 * Weights of a sentence's BM25, of its passage's, of the share of the question's words that it has together with the sentence before
 * it, of its holding the kind of answer that is asked for, and of its being none. Rounded from a logistic regression over the
 * questions of `npm run evaluate:chat`; with documents left out in turn it puts as many right.
 */
const SENTENCE = 0.4;
const PASSAGE = 0.35;
const WITH_PREVIOUS = 5;
const KIND = 3.8;
const NO_ANSWER = 1.1;

/** A question, what announces others, a note on a source, an aside of the site. */
const UNTOLD = /[?？:：]["'”’）)]*$|^\^|^[[(【（][^]*[\])】）]$/u;

/** What the articles have on the question. Pure; once the indices are built, 50,000 words take a few milliseconds. */
export function retrieve({ question, articles, history }: ChatTask): Retrieval {
  const read = articles.map((each, article) => {
    const index = searchIndexOf(each);
    const { language } = index;
    const query = queryOf(question, history, language);
    return { language, query, candidates: candidatesIn(index, article, question, query) };
  });
  const candidates = read.flatMap((each) => each.candidates).sort(byScore);
  const best = read.at(candidates.at(0)?.article ?? 0);
  const { language, query } = best ?? { language: '', query: { terms: [], text: question, earlier: '' } };
  return { language, question, query, candidates };
}

/**
 * Of one article, best first. By far the most time would go into what kind of answer each sentence holds: it is looked for in the order
 * of the score without it, until no other sentence can come before the first CERTAIN.
 */
function candidatesIn(index: SearchIndex, article: number, question: string, query: Query): Candidate[] {
  const { language } = index;
  const holds = holderOf(answerKindOf(question, language), question, language);
  const passages = index.scorePassages(query.terms);
  const sentences = index.scoreSentences(query.terms);
  const byWords = index.sentences.flatMap((sentence, i) => {
    if (sentence.kind === 'heading') return [];
    const passageScore = passages.get(index.passageOf[i]) ?? 0;
    const score =
      SENTENCE * (sentences.get(i) ?? 0) +
      PASSAGE * passageScore +
      WITH_PREVIOUS * index.sharedWithPrevious(query.terms, i);
    return [{ number: i, sentence, passageScore, score }];
  });
  byWords.sort(byScore);
  const candidates: Candidate[] = [];
  for (const [at, { score, ...found }] of byWords.entries()) {
    // Looked at now and then: each look sorts.
    if (at >= CERTAIN && at % CERTAIN === 0) {
      candidates.sort(byScore);
      if (candidates[CERTAIN - 1].score > score + KIND) break;
    }
    const { number, sentence } = found;
    const holdsKind = holds(sentence.text, index.wordsOf[number]);
    const told = score + (holdsKind ? KIND : 0) - (UNTOLD.test(sentence.text) ? NO_ANSWER : 0);
    candidates.push({ ...found, article, passage: index.passageOf[number], holdsKind, score: told });
  }
  return candidates.sort(byScore);
}

function byScore(a: { score: number }, b: { score: number }): number {
  return b.score - a.score;
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

/** Those that have a word of the question: what can be shown before anything has been judged by its meaning. */
export function matching({ candidates }: Retrieval): Candidate[] {
  return candidates.filter(({ passageScore }) => passageScore > 0);
}
