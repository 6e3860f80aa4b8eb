// How well each token of a question is met in texts: its nearest token there, by embeddings in context ("late interaction", ColBERT,
// Khattab and Zaharia 2020). The tokens of texts are kept: the next question on the same page asks for the same sentences.
import type { EmbeddedTokens, Embedder } from '../../model/language-model.ts';
import { EARLIER_WEIGHT, type Query } from './follow-up.ts';

/** Some four pages; 1.5 KB each. */
const MAX_KEPT_TOKENS = 10_000;
/** Of them, ahead of a question: what that asks for besides must not push these out. */
const MAX_AHEAD_TOKENS = 8_000;
/** Texts after which embedding ahead can be aborted: some 20 ms, for which what a reader asks for may have to wait. */
const AHEAD_AT_ONCE = 2;

interface Kept {
  texts: Map<string, EmbeddedTokens>;
  tokens: number;
}

const kept = new WeakMap<Embedder, Kept>();

export interface TokenMatches {
  /** How much each token of the question counts, by how few of the texts have it; together 1. */
  weights: number[];
  /** For each text, by token of the question: the highest cosine with one of its tokens. */
  matches: number[][];
}

/** Throws `aborted`, and what the embedder throws. */
export async function tokenMatches(
  embedder: Embedder,
  { text, earlier }: Query,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<TokenMatches> {
  const [asked, before] = await embeddedTexts(embedder, earlier ? [text, earlier] : [text], signal);
  const earlierTokens = earlier ? before.ids.length : 0;
  const embedded = await embeddedTexts(embedder, texts, signal);
  const sets = embedded.map(({ ids }) => new Set(ids));
  const rarities = asked.ids.map((id, i) => {
    const rarity = Math.log(1 + (sets.length + 1) / (sets.filter((set) => set.has(id)).length + 0.5));
    return i < earlierTokens ? EARLIER_WEIGHT * rarity : rarity;
  });
  const sum = rarities.reduce((total, rarity) => total + rarity, 0) || 1;
  return {
    weights: rarities.map((rarity) => rarity / sum),
    matches: embedded.map(({ vectors }) =>
      asked.vectors.map((token) => vectors.reduce((best, vector) => Math.max(best, dot(token, vector)), 0)),
    ),
  };
}

/** Embeds texts of which some will be asked for, from the first on, as far as there is room. Yields the share done. Throws as `tokenMatches`. */
export async function* embedAhead(
  embedder: Embedder,
  texts: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<number> {
  let tokens = 0;
  for (let i = 0; i < texts.length && tokens < MAX_AHEAD_TOKENS; i += AHEAD_AT_ONCE) {
    const embedded = await embeddedTexts(embedder, texts.slice(i, i + AHEAD_AT_ONCE), signal);
    tokens += embedded.reduce((sum, { ids }) => sum + ids.length, 0);
    yield Math.min(1, Math.max((i + AHEAD_AT_ONCE) / texts.length, tokens / MAX_AHEAD_TOKENS));
  }
}

async function embeddedTexts(
  embedder: Embedder,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<EmbeddedTokens[]> {
  let store = kept.get(embedder);
  if (!store) kept.set(embedder, (store = { texts: new Map(), tokens: 0 }));
  const known = store.texts;
  const missing = [...new Set(texts.filter((text) => !known.has(text)))];
  const found = await embedder.embedTokens(missing, signal);
  const fresh = new Map(missing.map((text, i) => [text, found[i]]));
  const result = texts.flatMap((text) => fresh.get(text) ?? known.get(text) ?? []);
  for (const [i, text] of texts.entries()) {
    if (!known.delete(text)) store.tokens += result[i].ids.length;
    known.set(text, result[i]);
  }
  // Those go first that were asked for longest ago.
  for (const [text, { ids }] of known) {
    if (store.tokens <= MAX_KEPT_TOKENS) break;
    known.delete(text);
    store.tokens -= ids.length;
  }
  return result;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
