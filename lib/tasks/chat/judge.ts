// Orders the sentences that may answer by what they mean: their embeddings, then the model's own judgement of the best of them;
// and decides whether the best of them answers at all.
import { EMBEDDER } from '../../model/catalog.ts';
import type { Embedder, LanguageModel } from '../../model/language-model.ts';
import type { ChatTask, ProgressEvent } from '../../protocol.ts';
import { primarySubtag } from '../stop-words.ts';
import { cosines } from './embeddings.ts';
import { askingPrompt } from './prompts.ts';
import type { Candidate, Retrieval } from './retrieve.ts';
import { searchIndexOf } from './search-index.ts';

/** A candidate with what models say of it; null where none was asked. */
export interface Judged extends Candidate {
  /** Cosine of its embedding with the question's. */
  cosine: number | null;
  /** Mean log P of a token of the question, where this sentence is what is to be asked about. */
  likelihood: number | null;
}

/** Sentences that are embedded, the best by words: four times as many find one more passage in 200, and no more first sentences. */
const EMBEDDED = 32;
/** Sentences that the model judges. */
const JUDGED = 4;
/** Weights beside the lexical score (retrieve.ts). */
const COSINE = 8.7;
/**
 * Of the mean log P, measured on 186 questions of 275: paraphrased ones gain 3 points by it, literal ones lose 2. A heavier one lost as
 * much on the half of the documents that it was not fitted on as it won on the other.
 */
const LIKELIHOOD = 5;
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
): Promise<Judged[]> {
  const best = candidates.slice(0, EMBEDDED);
  const texts = best.map(({ sentence }) => sentence.text);
  const found = await cosines(embedder, query.text, texts, signal);
  return ordered(
    best.map((candidate, i) => ({
      ...candidate,
      score: candidate.score + COSINE * found[i],
      cosine: found[i],
      likelihood: null,
    })),
  );
}

/** The same where no embedder knows the language. */
export function unembedded({ candidates }: Retrieval): Judged[] {
  return candidates
    .filter(({ isMatch }) => isMatch)
    .map((candidate) => ({ ...candidate, cosine: null, likelihood: null }));
}

/** Lets the model judge the first of them, which stay before the others. Throws `aborted`, and what the model throws. */
export async function* judgeCandidates(
  candidates: Judged[],
  question: string,
  model: LanguageModel,
  signal: AbortSignal,
): AsyncGenerator<ProgressEvent, Judged[]> {
  const judged: Judged[] = [];
  // A sentence that is longer than the window is a table or a listing: the model cannot say anything of it.
  const room = model.contextWindow - 64 - model.countTokens(question);
  const first = candidates.filter(({ sentence }) => sentence.text.length < room).slice(0, JUDGED);
  for (const [i, candidate] of first.entries()) {
    yield { kind: 'progress', phase: 'checking', fraction: i / first.length };
    const { tokens } = await model.score(askingPrompt(candidate.sentence.text), question, signal);
    const likelihood = tokens.reduce((sum, { logProb }) => sum + logProb, 0) / Math.max(1, tokens.length);
    judged.push({ ...candidate, likelihood, score: candidate.score + LIKELIHOOD * likelihood });
  }
  yield { kind: 'progress', phase: 'checking', fraction: 1 };
  return [...ordered(judged), ...candidates.filter((candidate) => !first.includes(candidate))];
}

/** True where the best candidate is likely enough to answer the question. Asked before the model judges: its word adds nothing here. */
export function answers(best: Judged, { query }: Retrieval, articles: ChatTask['articles']): boolean {
  const coverage = searchIndexOf(articles[best.article]).coverage(query.terms, best.passage);
  if (best.cosine === null) return coverage >= COVERAGE_ALONE;
  const { cosine, kind, bar, ...weights } = ANSWERING;
  return weights.coverage * coverage + cosine * best.cosine + (best.holdsKind ? kind : 0) >= bar;
}

function ordered(candidates: Judged[]): Judged[] {
  return candidates.toSorted((a, b) => b.score - a.score);
}
