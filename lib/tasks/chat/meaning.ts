// Orders the sentences that may answer by what they mean, by the embeddings of their tokens, and decides whether the best of them
// answers at all. The default model's judgement (how likely it finds the question, given the sentence) was tried on top of whole
// sentences' embeddings: it put the right sentence first for 83.3 % of 186 questions instead of 82.8, told nothing about the
// unanswerable ones, and cost a second.
import { EMBEDDER } from '../../model/catalog.ts';
import type { Embedder } from '../../model/language-model.ts';
import type { ChatTask } from '../../protocol.ts';
import { leans } from '../leaning.ts';
import { primarySubtag } from '../stop-words.ts';
import { shapeOf } from './answer-shape.ts';
import type { Candidate, Retrieval } from './retrieve.ts';
import { searchIndexOf } from './search-index.ts';
import { tokenMatches } from './token-matches.ts';

/** Which share of the question is met, 0 to 1, in ever wider surroundings: what a sentence leaves unsaid often stands around it. */
interface Met {
  own: number;
  /** Together with the sentences right before and after it. */
  near: number;
  /** In all of its passage that was embedded. */
  passage: number;
}

/** A candidate and how it meets the question; null where no embedder knows the language. */
export interface Compared extends Candidate {
  met: Met | null;
}

/**
 * Sentences that are embedded, the best by words: those that score so much less than the first were never better by meaning. The best of
 * all is among the `soon` first of them for all but 2 in 100 questions.
 */
const EMBEDDED = { soon: 16, most: 48, least: 8, belowFirst: 10 };
/**
 * Weights of the score by meaning. Rounded from a logistic regression over the English questions of `npm run evaluate:chat`. `leans`: what
 * a sentence that begins with "It" leaves unsaid, it cannot meet.
 */
const MEETING = { own: 15, near: 7.5, passage: 9, passageScore: 0.16, kind: 3.15, shape: 3, leans: 0.3 };
/**
 * Weights of the decision whether the best candidate answers, beside its score, and its bar: the share of the question's words that its
 * passage has, and how far it stands before the next.
 */
const BY_MEANING = { coverage: 5, lead: 0.3, bar: 23.55 };
/**
 * The same by words alone, where a score counts by the logarithm of the number of sentences, with which a word's rarity grows. Both are
 * rounded from a logistic regression over all documents, of these languages each; the bars are set on the same, where more than 8
 * in 10 unanswerable questions are said to be so.
 */
const BY_WORDS = { coverage: 1, score: 1.2, kind: 3, bar: 7.53 };

export function isEmbedded(language: string): boolean {
  return (EMBEDDER.languages as readonly string[]).includes(primarySubtag(language));
}

/** The best candidates by words, ordered by meaning; those behind them are left out. Yields them before with only the first so ordered. */
export async function* embedCandidates(
  retrieval: Retrieval,
  embedder: Embedder,
  signal: AbortSignal,
): AsyncGenerator<Compared[]> {
  const { candidates } = retrieval;
  const bar = (candidates.at(0)?.score ?? 0) - EMBEDDED.belowFirst;
  const best = candidates.slice(0, EMBEDDED.most).filter(({ score }, i) => i < EMBEDDED.least || score >= bar);
  if (best.length > EMBEDDED.soon) {
    const soon = await compare(best.slice(0, EMBEDDED.soon), retrieval, embedder, signal);
    yield [...soon, ...best.slice(EMBEDDED.soon).map((candidate) => ({ ...candidate, met: null }))];
  }
  yield await compare(best, retrieval, embedder, signal);
}

async function compare(
  best: readonly Candidate[],
  { question, query, language }: Retrieval,
  embedder: Embedder,
  signal: AbortSignal,
): Promise<Compared[]> {
  const texts = best.map(({ sentence }) => sentence.text);
  const { weights, matches } = await tokenMatches(embedder, query, texts, signal);
  const holdsShape = shapeOf(question, language);
  const share = (of: number[][]) =>
    weights.reduce((sum, weight, token) => sum + weight * Math.max(...of.map((each) => each[token])), 0);
  const bySentence = new Map<string, number[]>();
  const byPassage = new Map<string, number[][]>();
  best.forEach(({ article, number, passage }, i) => {
    bySentence.set(`${article} ${number}`, matches[i]);
    const together = byPassage.get(`${article} ${passage}`) ?? [];
    byPassage.set(`${article} ${passage}`, [...together, matches[i]]);
  });
  return best
    .map((candidate, i): Compared => {
      const { article, number, passage, passageScore, holdsKind, sentence } = candidate;
      const around = [number - 1, number + 1].flatMap((at) => {
        const next = bySentence.get(`${article} ${at}`);
        return next ? [next] : [];
      });
      const met: Met = {
        own: share([matches[i]]),
        near: share([matches[i], ...around]),
        passage: share(byPassage.get(`${article} ${passage}`) ?? []),
      };
      const score =
        MEETING.own * met.own +
        MEETING.near * met.near +
        MEETING.passage * met.passage +
        MEETING.passageScore * passageScore +
        (holdsKind ? MEETING.kind : 0) +
        (holdsShape(sentence.text) ? MEETING.shape : 0) +
        (leans(sentence.text, language) ? MEETING.leans : 0);
      return { ...candidate, met, score };
    })
    .sort((a, b) => b.score - a.score);
}

/** The same where no embedder knows the language. */
export function unembedded({ candidates }: Retrieval): Compared[] {
  return candidates.filter(({ passageScore }) => passageScore > 0).map((candidate) => ({ ...candidate, met: null }));
}

/** True where the best of the candidates, which stand in their order, is likely enough to answer the question. */
export function answers(
  candidates: readonly Compared[],
  { query }: Retrieval,
  articles: ChatTask['articles'],
): boolean {
  const best = candidates.at(0);
  if (!best) return false;
  const index = searchIndexOf(articles[best.article]);
  const coverage = index.coverage(query.terms, best.passage);
  if (best.met === null) {
    const score = best.score / Math.log(1 + index.sentences.length);
    const kind = best.holdsKind ? BY_WORDS.kind : 0;
    return BY_WORDS.coverage * coverage + BY_WORDS.score * score + kind >= BY_WORDS.bar;
  }
  const lead = best.score - (candidates.at(1)?.score ?? 0);
  return best.score + BY_MEANING.coverage * coverage + BY_MEANING.lead * lead >= BY_MEANING.bar;
}
