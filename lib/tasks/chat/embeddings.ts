// Sentence embeddings that are kept: the next question on the same page asks for the same sentences.
import type { Embedder } from '../../model/language-model.ts';

/** Some ten pages; 1.5 KB each. */
const MAX_KEPT = 2_000;

const kept = new WeakMap<Embedder, Map<string, Float32Array>>();

/** The cosine of each text's embedding with the question's. Throws `aborted`, and what the embedder throws. */
export async function cosines(
  embedder: Embedder,
  question: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<number[]> {
  let known = kept.get(embedder);
  if (!known) kept.set(embedder, (known = new Map<string, Float32Array>()));
  const missing = [...new Set(texts.filter((text) => !known.has(text)))];
  const [asked, ...vectors] = await embedder.embed([question, ...missing], signal);
  const found = new Map(missing.map((text, i) => [text, vectors[i]]));
  const result = texts.map((text) => dot(asked, found.get(text) ?? known.get(text)));
  // The oldest go first.
  for (const [text, vector] of found) known.set(text, vector);
  for (const text of known.keys()) {
    if (known.size <= MAX_KEPT) break;
    known.delete(text);
  }
  return result;
}

function dot(a: Float32Array, b: Float32Array | undefined): number {
  if (!b) return 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
