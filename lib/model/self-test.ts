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

/**
 * Throws `unsupported` when numbers are not finite, the known text is not as likely as it should be, another token than one of those
 * allowed comes next, or a single step disagrees with the run of many tokens. Leaves the cache empty.
 */
export async function checkKnownAnswer(
  decoder: CachedDecoder,
  tokenizer: Tokenizer,
  { text, meanLogProb, next }: KnownAnswer,
): Promise<void> {
  const ids = tokenizer.encode(text);
  const first = Math.max(0, ids.length - MAX_ROWS);
  const rows = Array.from({ length: ids.length - first }, (_, i) => first + i);
  decoder.truncate(0);
  const logits = await decoder.run(ids, rows);
  const size = logits.length / rows.length;
  const rowAt = (position: number) => logits.subarray((position - first) * size, (position - first + 1) * size);
  const logProbs = rows.slice(0, -1).map((at) => rowAt(at)[ids[at + 1]] - logSumExp(rowAt(at)));
  const mean = logProbs.reduce((sum, logProb) => sum + logProb, 0) / logProbs.length;
  const many = argmax(rowAt(ids.length - 1));

  decoder.truncate(ids.length - 1);
  const single = argmax(await decoder.run(ids.slice(-1), [0]));
  decoder.truncate(0);

  // Written so that NaN fails.
  if (!(Math.abs(mean - meanLogProb) <= TOLERANCE)) {
    throw new AppError('unsupported', `self-test: ${mean.toFixed(3)} nats per token, ${meanLogProb} expected`);
  }
  const word = (id: number) => new TextDecoder().decode(tokenizer.bytesOf(id));
  if (!next.includes(word(many)) || !next.includes(word(single))) {
    throw new AppError('unsupported', `self-test: went on with ${word(many)} and ${word(single)}`);
  }
}
