// Finds the passages and sentences that may answer a question, by their words: at once, in every language, without a model.
import type { ChatTask, Passage } from '../../protocol.ts';
import type { Sentence } from '../sentences.ts';
import { answerKindOf, holderOf } from './answer-kind.ts';
import { shapeOf } from './answer-shape.ts';
import { queryOf, type Query } from './follow-up.ts';
import { searchIndexOf } from './search-index.ts';

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
  /** True where it holds just what is asked for, as far as words tell. */
  holdsShape: boolean;
  /** How well it fits the question, comparable between the sentences of one question only. */
  score: number;
}

export interface Retrieval {
  /** Of the article that has the best candidate, or the first. */
  language: string;
  query: Query;
  /** Best first: all sentences but headings. */
  candidates: Candidate[];
}

/** Passages shown, and given to a model that composes. */
export const MAX_PASSAGES = 8;

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
  const candidates: Candidate[] = [];
  const read = articles.map((each, article) => {
    const index = searchIndexOf(each);
    const { language } = index;
    const query = queryOf(question, history, language);
    const holds = holderOf(answerKindOf(question, language), question, language);
    const holdsShape = shapeOf(question, language);
    const passages = index.scorePassages(query.terms);
    const sentences = index.scoreSentences(query.terms);
    index.sentences.forEach((sentence, i) => {
      if (sentence.kind === 'heading') return;
      const passage = index.passageOf[i];
      const passageScore = passages.get(passage) ?? 0;
      const holdsKind = holds(sentence.text, index.wordsOf[i]);
      const score =
        SENTENCE * (sentences.get(i) ?? 0) +
        PASSAGE * passageScore +
        WITH_PREVIOUS * index.sharedWithPrevious(query.terms, i) +
        (holdsKind ? KIND : 0) -
        (UNTOLD.test(sentence.text) ? NO_ANSWER : 0);
      candidates.push({
        article,
        passage,
        number: i,
        sentence,
        passageScore,
        holdsKind,
        holdsShape: holdsShape(sentence.text),
        score,
      });
    });
    return { language, query };
  });
  candidates.sort((a, b) => b.score - a.score);
  const best = read.at(candidates.at(0)?.article ?? 0);
  return { ...(best ?? { language: '', query: { terms: [], text: question, earlier: '' } }), candidates };
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
