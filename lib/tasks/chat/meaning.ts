// Orders the sentences that may answer by what they mean, by their embeddings, and decides whether the best of them answers at all.
// The default model's judgement (how likely it finds the question, given the sentence) was tried on top: it put the right sentence
// first for 83.3 % of 186 questions instead of 82.8, told nothing about the unanswerable ones, and cost a second.
import { EMBEDDER } from '../../model/catalog.ts';
import type { Embedder } from '../../model/language-model.ts';
import type { ChatTask } from '../../protocol.ts';
import { primarySubtag } from '../stop-words.ts';
import { cosines } from './embeddings.ts';
import type { Candidate, Retrieval } from './retrieve.ts';
import { searchIndexOf } from './search-index.ts';

/** A candidate with the cosine of its embedding and the question's; null where no embedder knows the language. */
export interface Compared extends Candidate {
  cosine: number | null;
}

/** Sentences that are embedded, the best by words: four times as many find one more passage in 200, and no more first sentences. */
const EMBEDDED = 32;
/** Weight beside the lexical score (retrieve.ts). */
const COSINE = 8.7;
/**
 * Weights and bar of the decision whether the page answers, fitted on half of the documents: the share of the question's words
 * that the passage has, the cosine, and whether the sentence holds the kind of answer that is asked for. And the bar for that
 * share alone, in languages that no embedder knows.
 */
const ANSWERING = { coverage: 3, cosine: 9, kind: 1, bar: 7 };
const COVERAGE_ALONE = 0.4;

export function isEmbedded(language: string): boolean {
  return (EMBEDDER.languages as readonly string[]).includes(primarySubtag(language));
}

/** The best candidates by words, ordered by meaning as well; those behind them are left out. */
export async function embedCandidates(
  { candidates, query }: Retrieval,
  embedder: Embedder,
  signal: AbortSignal,
): Promise<Compared[]> {
  const best = candidates.slice(0, EMBEDDED);
  const texts = best.map(({ sentence }) => sentence.text);
  const found = await cosines(embedder, query.text, texts, signal);
  return ordered(
    best.map((candidate, i) => ({
      ...candidate,
      score: candidate.score + COSINE * found[i],
      cosine: found[i],
    })),
  );
}

/** The same where no embedder knows the language. */
export function unembedded({ candidates }: Retrieval): Compared[] {
  return candidates.filter(({ isMatch }) => isMatch).map((candidate) => ({ ...candidate, cosine: null }));
}

/** True where the best candidate is likely enough to answer the question. */
export function answers(best: Compared, { query }: Retrieval, articles: ChatTask['articles']): boolean {
  const coverage = searchIndexOf(articles[best.article]).coverage(query.terms, best.passage);
  if (best.cosine === null) return coverage >= COVERAGE_ALONE;
  const { cosine, kind, bar, ...weights } = ANSWERING;
  return weights.coverage * coverage + cosine * best.cosine + (best.holdsKind ? kind : 0) >= bar;
}

function ordered(candidates: Compared[]): Compared[] {
  return candidates.toSorted((a, b) => b.score - a.score);
}
