// Any number of sentences through one model: long ones cut, short ones in batches of like lengths, in order again.
import { throwIfAborted } from '../../errors.ts';
import { macrotask } from '../runtime/macrotask.ts';
import type { SentenceTranslation } from '../translator.ts';
import { cutSentence } from './long-sentence.ts';
import { MAX_SOURCE_TOKENS, type MarianModel, type Way } from './marian-model.ts';
import type { Token } from './vocabulary.ts';

/** Beyond eight, the shortlist of all grows as fast as the work is shared; int8 also loses quality. */
const MAX_BATCH = 8;
/** Sentences padded to more than this many times their own length are better off in the next batch. */
const MAX_STRETCH = 1.5;
/** Up to here, writing is faster in fp32: the int8 matrices would be repacked at every step for few rows. */
const FP32_BATCH = 2;

const CAREFUL: Way = { precisions: { encoder: 'fp32', decoder: 'fp32' }, choices: 'all' };
const FEW: Way = { precisions: { encoder: 'int8', decoder: 'fp32' }, choices: 'shortlist' };
const MANY: Way = { precisions: { encoder: 'int8', decoder: 'int8' }, choices: 'shortlist' };

/** A sentence, or a part of one. */
interface Part {
  sentence: number;
  /** In the sentence. */
  start: number;
  tokens: readonly Token[];
  translation?: SentenceTranslation;
}

/** Throws as `MarianModel.translate`, between two batches `aborted`. */
export async function translateAll(
  model: MarianModel,
  sentences: readonly string[],
  careful: boolean,
  signal: AbortSignal,
): Promise<SentenceTranslation[]> {
  const parts = sentences.flatMap((text, sentence): Part[] =>
    cutSentence(text, (part) => model.vocabulary.encode(part), MAX_SOURCE_TOKENS).map((part) => ({
      sentence,
      ...part,
    })),
  );
  for (const [i, batch] of batches(parts, careful ? 1 : MAX_BATCH).entries()) {
    if (i > 0) await macrotask();
    throwIfAborted(signal);
    const way = careful ? CAREFUL : batch.length <= FP32_BATCH ? wayOfFew(model) : MANY;
    const translations = await model.translate(
      batch.map(({ tokens }) => tokens),
      way,
      signal,
    );
    batch.forEach((part, i) => (part.translation = translations[i]));
  }
  const result = sentences.map((): SentenceTranslation => ({ text: '', alignment: [] }));
  for (const part of parts) append(result[part.sentence], part);
  return result;
}

/** To build a graph takes longer than it saves: where there is the one for many, it takes a few, too. */
function wayOfFew(model: MarianModel): Way {
  return model.isOpen(FEW) || !model.isOpen(MANY) ? FEW : MANY;
}

/** Neighbours by length, longest first. */
function batches(parts: readonly Part[], maxBatch: number): Part[][] {
  const sorted = parts.toSorted((a, b) => b.tokens.length - a.tokens.length);
  const result: Part[][] = [];
  for (const part of sorted) {
    const current = result.at(-1);
    const fits =
      current && current.length < maxBatch && current[0].tokens.length <= MAX_STRETCH * (part.tokens.length + 1);
    if (fits) current.push(part);
    else result.push([part]);
  }
  return result;
}

/** Puts the translation of a part behind those of the parts before it. */
function append(whole: SentenceTranslation, { start, translation }: Part): void {
  if (!translation) return;
  if (whole.text !== '' && translation.text !== '') whole.text += ' ';
  const offset = whole.text.length;
  whole.text += translation.text;
  for (const piece of translation.alignment) {
    whole.alignment.push({
      start: piece.start + offset,
      end: piece.end + offset,
      sourceStart: piece.sourceStart + start,
      sourceEnd: piece.sourceEnd + start,
    });
  }
}
