// The answer of a model that composes: written from what it is given to read alone, each sentence checked against that as soon as it
// stands.
import type { Source } from '../../article.ts';
import type { ChatTask, Metrics, Passage, Statement, TaskEvent } from '../../protocol.ts';
import { Checker, type Check } from '../check.ts';
import type { Models } from '../models.ts';
import { rankSentences } from '../rank.ts';
import { segment } from '../sentences.ts';
import { coverageOf } from './coverage.ts';
import { isEmbedded } from './meaning.ts';
import { answerPrompt, UNANSWERED } from './prompts.ts';
import { ANSWER_TOKENS, openingOf, readingOf, type Reading } from './reading.ts';

export interface Composition {
  task: ChatTask;
  language: string;
  /** Best first. */
  passages: Passage[];
  models: Models;
}

/** Yields deltas and a statement after each sentence, or `unanswered`; ends with `done`. */
export async function* composeAnswer(
  { task, language, passages, models }: Composition,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent> {
  const model = await models.model();
  const opening = openingOf(task, model);
  const { texts, turns, earlier, condensed } = opening;
  if (condensed > 0) yield { kind: 'condensed', turns: condensed };
  const read = readingOf(opening, task, passages, model);
  if (passages.length === 0 || read.places.length === 0) {
    yield { kind: 'unanswered' };
    yield { kind: 'done', finishReason: 'stop', metrics: null };
    return;
  }
  const prompt = answerPrompt({
    opening: texts,
    passages: read.texts,
    question: task.question,
    instruct: task.instruct,
    turns,
    earlier,
  });
  const embedder = isEmbedded(language) ? await models.embedder() : null;
  // Without the model's own judgement: it is busy writing, and its bar is that of the default model.
  const checker = new Checker(rankSentences(read.article), { model: null, embedder }, signal);

  const coverage = coverageOf(task.articles, read.article.blocks);
  const answer = new Answer(language);
  let metrics: Metrics | null = null;
  let finishReason: 'stop' | 'length' = 'stop';
  for await (const event of model.generate(prompt, { maxNewTokens: ANSWER_TOKENS }, signal)) {
    if (event.kind === 'prefill')
      yield { kind: 'progress', phase: 'reading', fraction: event.done / Math.max(1, event.total), coverage };
    else if (event.kind === 'end') ({ metrics, finishReason } = event);
    else {
      for (const piece of answer.push(event.text)) {
        yield { kind: 'delta', text: piece.delta };
        if (piece.sentence)
          yield {
            kind: 'statement',
            statement: checked(piece.sentence, await checker.check(piece.sentence), read.places),
          };
      }
    }
  }
  for (const piece of answer.end()) {
    if (piece.delta) yield { kind: 'delta', text: piece.delta };
    if (piece.sentence)
      yield { kind: 'statement', statement: checked(piece.sentence, await checker.check(piece.sentence), read.places) };
  }
  if (answer.isRefusal) yield { kind: 'unanswered' };
  yield { kind: 'done', finishReason, metrics };
}

interface Piece {
  delta: string;
  /** That ends with this delta. */
  sentence?: string;
}

/** What has been written: held back while it may still become "the page does not say", then cut at its sentences. */
class Answer {
  isRefusal = false;
  private text = '';
  /** Of `text`: told as deltas, and settled as statements. */
  private told = 0;
  private settled = 0;

  constructor(private readonly language: string) {}

  *push(delta: string): Generator<Piece> {
    this.text += delta;
    const start = this.text.trimStart();
    if (UNANSWERED.startsWith(start) || start.startsWith(UNANSWERED.slice(0, -1))) return;
    yield* this.upTo(false);
  }

  *end(): Generator<Piece> {
    const start = this.text.trim();
    this.isRefusal = start === '' || start.startsWith(UNANSWERED.slice(0, -1));
    if (!this.isRefusal) yield* this.upTo(true);
  }

  private *upTo(isEnd: boolean): Generator<Piece> {
    const rest = this.text.slice(this.settled);
    const spans = segment(rest, this.language);
    // The last one may go on.
    for (const { start, end } of isEnd ? spans : spans.slice(0, -1)) {
      const until = this.settledFrom(rest, end);
      yield { delta: this.tell(until), sentence: rest.slice(start, end) };
      this.settled = until;
    }
    const delta = this.tell(this.text.length);
    if (delta) yield { delta };
  }

  private settledFrom(rest: string, end: number): number {
    return this.text.length - rest.length + end;
  }

  private tell(until: number): string {
    const delta = this.text.slice(this.told, Math.max(this.told, until));
    this.told = Math.max(this.told, until);
    return delta;
  }
}

function checked(text: string, { doubts, sources }: Check, places: Reading['places']): Statement {
  const from = ({ block, start, end }: Source): Source => ({ ...places[block], start, end });
  return {
    text,
    support: doubts.length > 0 ? 'unsupported' : 'supported',
    origin: 'model',
    sources: sources.map(from),
    doubts,
  };
}
