// Translating: texts are cut into sentences, each is translated once, checked and put back into its text, with the text's marks on
// the right words. Knows no page and no model.
import { throwIfAborted } from '../errors.ts';
import type { TaskEvent, TranslateTask } from '../protocol.ts';
import type { TranslationModels } from './translation/models.ts';
import { SentenceTranslator } from './translation/sentence-translator.ts';
import { assemble, planText, type TextPlan } from './translation/text-plan.ts';

/** For one call of the translator: small enough that stop and progress are quick, large enough for two of its batches. */
const BATCH_SENTENCES = 16;
const BATCH_CHARACTERS = 2400;
/** Sentences that the cache is asked for at once. */
const WINDOW_SENTENCES = 64;

/**
 * Yields a `translation` for each text in the order of the task, as soon as its last sentence is there, `progress` after each call
 * of the translator, and `done`. Throws `internal` for marks that are out of bounds or cross, `aborted`, and what the translator throws.
 */
export async function* translate(
  { pair, texts, remember }: TranslateTask,
  { translator, cache, batchSentences = BATCH_SENTENCES }: TranslationModels,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent> {
  throwIfAborted(signal);
  const plans = texts.map((text) => planText(text, pair.from));
  const sentences = new SentenceTranslator(pair, translator, remember ? cache : null, signal);
  const progress = new TranslationProgress(plans);
  let answered = 0;
  for (const window of windowsOf(plans)) {
    const wanted = [...new Set(window.flatMap((plan) => plan.sentences))];
    await sentences.recall(wanted);
    const missing = wanted.filter((sentence) => !sentences.get(sentence));
    progress.skip(wanted.filter((sentence) => sentences.get(sentence)));
    for (const batch of [[], ...batchesOf(missing, batchSentences)]) {
      if (batch.length > 0) {
        const startMs = performance.now();
        await sentences.translate(batch);
        progress.finish(batch, performance.now() - startMs);
      }
      for (; answered < plans.length; answered++) {
        const plan = plans[answered];
        const translations = plan.sentences.map((sentence) => sentences.get(sentence));
        if (!translations.every((translation) => translation !== undefined)) break;
        yield { kind: 'translation', index: answered, translation: assemble(plan, translations, pair) };
        throwIfAborted(signal);
      }
      if (batch.length > 0) yield progress.event();
      throwIfAborted(signal);
    }
  }
  yield { kind: 'done', finishReason: 'stop', metrics: null };
}

/** Plans in order, in groups of about as many sentences as the cache is asked for at once. */
function* windowsOf(plans: readonly TextPlan[]): Generator<TextPlan[]> {
  let window: TextPlan[] = [];
  let size = 0;
  for (const plan of plans) {
    window.push(plan);
    size += plan.sentences.length;
    if (size < WINDOW_SENTENCES) continue;
    yield window;
    [window, size] = [[], 0];
  }
  if (window.length > 0) yield window;
}

function* batchesOf(sentences: readonly string[], most: number): Generator<string[]> {
  let batch: string[] = [];
  let characters = 0;
  for (const sentence of sentences) {
    if (batch.length >= most || (batch.length > 0 && characters + sentence.length > BATCH_CHARACTERS)) {
      yield batch;
      [batch, characters] = [[], 0];
    }
    batch.push(sentence);
    characters += sentence.length;
  }
  if (batch.length > 0) yield batch;
}

/** In characters of different sentences; speed is of those that the translator was asked for. */
class TranslationProgress {
  private readonly total: number;
  private readonly counted = new Set<string>();
  private done = 0;
  private translated = 0;
  private spentMs = 0;

  constructor(plans: readonly TextPlan[]) {
    this.total = length([...new Set(plans.flatMap((plan) => plan.sentences))]);
  }

  skip(sentences: readonly string[]): void {
    for (const sentence of sentences) {
      if (this.counted.has(sentence)) continue;
      this.counted.add(sentence);
      this.done += sentence.length;
    }
  }

  finish(sentences: readonly string[], tookMs: number): void {
    this.skip(sentences);
    this.translated += length(sentences);
    this.spentMs += tookMs;
  }

  event(): TaskEvent {
    const remainingMs = Math.round(((this.total - this.done) * this.spentMs) / this.translated);
    return { kind: 'progress', phase: 'writing', fraction: this.done / this.total, remainingMs };
  }
}

function length(sentences: readonly string[]): number {
  return sentences.reduce((sum, sentence) => sum + sentence.length, 0);
}
