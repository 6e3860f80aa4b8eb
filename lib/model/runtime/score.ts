// How likely the model finds a given reply: one run over prompt and reply, a log-softmax of the rows that predict the reply.
import { AppError, throwIfAborted } from '../../errors.ts';
import type { Score, ScoredToken } from '../language-model.ts';
import type { Tokenizer } from '../tokenizer.ts';
import type { CachedDecoder } from './cached-decoder.ts';
import { prefill } from './prefill.ts';

export interface ScoreRequest {
  prompt: readonly number[];
  reply: string;
  alternatives: readonly { offset: number; text: string }[];
  contextWindow: number;
}

/**
 * An alternative is asked about where the token at its offset begins; what lies between the two is put before its text.
 * Throws `input-too-long` or `aborted`.
 */
export async function score(
  decoder: CachedDecoder,
  tokenizer: Tokenizer,
  { prompt, reply, alternatives, contextWindow }: ScoreRequest,
  signal: AbortSignal,
): Promise<Score> {
  throwIfAborted(signal);
  const replyIds = tokenizer.encode(reply);
  const ids = [...prompt, ...replyIds];
  if (ids.length > contextWindow) {
    throw new AppError('input-too-long', `${ids.length} tokens to score, ${contextWindow} fit`);
  }
  const starts = tokenStarts(tokenizer, replyIds, reply);

  // What each row of logits is asked for: the reply's next token, and the first tokens of alternatives.
  const asked = alternatives.map(({ offset, text }) => {
    const index = starts.findLastIndex((start) => start <= offset);
    return { index, id: tokenizer.encode(reply.slice(starts[index], offset) + text)[0] ?? -1 };
  });
  const tokens: ScoredToken[] = [];
  const logProbs = new Array<number>(alternatives.length).fill(-Infinity);
  const size = decoder.session.config.vocabularySize;
  for await (const { first, rows, logits } of prefill(decoder, ids, prompt.length - 1, signal)) {
    for (let i = 0; i < rows; i++) {
      const index = first + i - (prompt.length - 1);
      const row = logits.subarray(i * size, (i + 1) * size);
      const normalizer = logSumExp(row);
      if (index < replyIds.length) {
        tokens.push({ start: starts[index], end: starts[index + 1], logProb: row[replyIds[index]] - normalizer });
      }
      asked.forEach(({ index: at, id }, k) => {
        if (at === index && id >= 0) logProbs[k] = row[id] - normalizer;
      });
    }
  }
  return { tokens, alternatives: logProbs };
}

/** UTF-16 offsets at which the tokens of `text` begin, and its end: a token inside a character begins where that does. */
export function tokenStarts(tokenizer: Tokenizer, ids: readonly number[], text: string): number[] {
  const offsets: number[] = []; // for each UTF-8 byte, the offset of its character
  let offset = 0;
  for (const character of text) {
    const bytes = utf8Length(character);
    for (let i = 0; i < bytes; i++) offsets.push(offset);
    offset += character.length;
  }
  const ends = ids.map((id) => tokenizer.bytesOf(id).length);
  // Some tokenizers put a space before the text.
  let byte = offsets.length - ends.reduce((sum, length) => sum + length, 0);
  const starts = [0];
  for (const length of ends) {
    byte += length;
    starts.push(offsets[Math.max(0, byte)] ?? text.length);
  }
  return starts;
}

function utf8Length(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

/** log of the sum of exponentials, safe from overflow. */
export function logSumExp(values: Float32Array): number {
  let largest = -Infinity;
  let sum = 0;
  // By index: a hundred thousand values per token, and for-of takes three times as long over typed arrays.
  /* eslint-disable @typescript-eslint/prefer-for-of */
  for (let i = 0; i < values.length; i++) if (values[i] > largest) largest = values[i];
  for (let i = 0; i < values.length; i++) sum += Math.exp(values[i] - largest);
  /* eslint-enable @typescript-eslint/prefer-for-of */
  return largest + Math.log(sum);
}
