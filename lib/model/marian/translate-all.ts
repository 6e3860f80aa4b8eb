// Any number of sentences through one model: long ones cut, short ones in batches of like lengths, in order again.
import { throwIfAborted } from '../../errors.ts';
import { macrotask } from '../runtime/macrotask.ts';
import type { SentenceTranslation } from '../translator.ts';
import { cutSentence } from './long-sentence.ts';
import { MAX_SOURCE_TOKENS, type MarianModel } from './marian-model.ts';
import type { Token } from './vocabulary.ts';

/** More gain little: the matrices lie in the caches by then, and a stop waits for a batch's end. */
const MAX_BATCH = 8;

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
  for (const [i, batch] of batches(parts).entries()) {
    if (i > 0) await macrotask();
    throwIfAborted(signal);
    const translations = model.translate(
      batch.map(({ tokens }) => tokens),
      careful ? 'all' : 'shortlist',
    );
    batch.forEach((part, i) => (part.translation = translations[i]));
  }
  const result = sentences.map((): SentenceTranslation => ({ text: '', alignment: [] }));
  for (const part of parts) append(result[part.sentence], part);
  return result;
}

/** Neighbours by length, longest first: those that are written together end together. */
function batches(parts: readonly Part[]): Part[][] {
  const sorted = parts.toSorted((a, b) => b.tokens.length - a.tokens.length);
  return Array.from({ length: Math.ceil(sorted.length / MAX_BATCH) }, (_, i) =>
    sorted.slice(i * MAX_BATCH, (i + 1) * MAX_BATCH),
  );
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
