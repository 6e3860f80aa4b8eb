// Whether a decoder computes what its weights say: a run whose outcome is known, before anything that it writes is shown.
import { AppError } from '../errors.ts';
import type { KnownAnswer } from './catalog.ts';
import { MAX_ROWS } from './ort/step-inputs.ts';
import type { CachedDecoder } from './runtime/cached-decoder.ts';
import { argmax } from './runtime/sampler.ts';
import { logSumExp } from './runtime/score.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Nats per token. Between the precisions in use the figure differs by a tenth of this; one activation scale for a whole run, which ruins the default model, costs twice as much. */
const TOLERANCE = 0.25;
/** Words that may come next in an answer that was measured: precisions may disagree about those that are about as likely. */
const MEASURED_NEXT = 5;

interface Outcome {
  meanLogProb: number;
  /** Logits behind the last token, from the run of many tokens. */
  last: Float32Array;
  /** First choices behind the last token: of the run of many tokens, and of a single step. */
  many: number;
  single: number;
}

/** Leaves the cache empty. What a tokenizer of short tokens makes of a text may be more than one run takes: its beginning will do. */
async function run(decoder: CachedDecoder, tokenizer: Tokenizer, text: string): Promise<Outcome> {
  const ids = tokenizer.encode(text).slice(0, decoder.session.maxTokens);
  const first = Math.max(0, ids.length - MAX_ROWS);
  const rows = Array.from({ length: ids.length - first }, (_, i) => first + i);
  decoder.truncate(0);
  const logits = await decoder.run(ids, rows);
  const size = logits.length / rows.length;
  const rowAt = (position: number) => logits.subarray((position - first) * size, (position - first + 1) * size);
  const logProbs = rows.slice(0, -1).map((at) => rowAt(at)[ids[at + 1]] - logSumExp(rowAt(at)));
  const meanLogProb = logProbs.reduce((sum, logProb) => sum + logProb, 0) / logProbs.length;
  const last = rowAt(ids.length - 1).slice();

  decoder.truncate(ids.length - 1);
  const single = argmax(await decoder.run(ids.slice(-1), [0]));
  decoder.truncate(0);
  return { meanLogProb, last, many: argmax(last), single };
}

/**
 * Throws `wrong-numbers` when numbers are not finite, the known text is not as likely as it should be, another token than one of those
 * allowed comes next, or a single step disagrees with the run of many tokens. Leaves the cache empty.
 */
export async function checkKnownAnswer(
  decoder: CachedDecoder,
  tokenizer: Tokenizer,
  { text, meanLogProb, next }: KnownAnswer,
): Promise<void> {
  const { meanLogProb: mean, many, single } = await run(decoder, tokenizer, text);
  // Written so that NaN fails.
  if (!(Math.abs(mean - meanLogProb) <= TOLERANCE)) {
    throw new AppError('wrong-numbers', `self-test: ${mean.toFixed(3)} nats per token, ${meanLogProb} expected`);
  }
  const word = wordsOf(tokenizer);
  if (!next.includes(word(many)) || !next.includes(word(single))) {
    throw new AppError('wrong-numbers', `self-test: went on with ${word(many)} and ${word(single)}`);
  }
}

/** What this decoder makes of a text: for others to be held to, once it is known to compute rightly. Leaves the cache empty. */
export async function measureAnswer(decoder: CachedDecoder, tokenizer: Tokenizer, text: string): Promise<KnownAnswer> {
  const { meanLogProb, last } = await run(decoder, tokenizer, text);
  const best = [...last.keys()].sort((a, b) => last[b] - last[a]).slice(0, MEASURED_NEXT);
  return { text, meanLogProb, next: best.map(wordsOf(tokenizer)) };
}

function wordsOf(tokenizer: Tokenizer): (id: number) => string {
  return (id) => new TextDecoder().decode(tokenizer.bytesOf(id));
}
