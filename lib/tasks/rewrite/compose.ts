// A text in a model's words, paragraph by paragraph: each checked against its original, written once more where it does not hold,
// and then proposed as hunks that bear what is still wrong with it.
import { throwIfAborted } from '../../errors.ts';
import type { Generated, LanguageModel } from '../../model/language-model.ts';
import type {
  Coverage,
  FinishReason,
  Hunk,
  RewriteAction,
  RewriteDoubt,
  RewriteTask,
  TaskEvent,
} from '../../protocol.ts';
import { Progress } from '../progress.ts';
import type { Work } from '../progress.ts';
import { segment } from '../sentences.ts';
import { countWords } from '../words.ts';
import { doubtedHunks } from './doubted-hunks.ts';
import { lossesOf } from './keeps.ts';
import type { LengthRange } from './keeps.ts';
import { paragraphsOf } from './paragraphs.ts';
import { REWRITE_STOPS, repeatsInstruction, rewritePrompt } from './rewrite-prompt.ts';

/** What a rewrite has of its original's words. An instruction of the reader's may ask for any length, and any language. */
const LENGTHS: Partial<Record<RewriteAction, LengthRange>> = {
  'fix-grammar': { min: 0.75, max: 1.3 },
  shorten: { min: 0.2, max: 1 },
  improve: { min: 0.5, max: 1.7 },
  expand: { min: 1, max: 5 },
  simplify: { min: 0.4, max: 2 },
  formal: { min: 0.5, max: 2 },
  friendly: { min: 0.5, max: 2 },
};
/** Room for a version, in tokens of its original and beyond. */
const MOST_TOKENS = 2;
const MOST_TOKENS_EXPANDED = 5;
const MORE_TOKENS = 48;
/** A small model loses the thread in more than this at once. */
const MAX_PIECE_TOKENS = 400;

interface Version {
  text: string;
  doubts: RewriteDoubt[];
}

interface Piece {
  start: number;
  text: string;
}

/** Yields `delta`s of what is written, `hunks` per piece, `done` last. Throws what the model throws. */
export async function* compose(
  task: RewriteTask,
  model: LanguageModel,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent> {
  const composition = new Composition(task, model, signal);
  yield* composition.run();
}

class Composition {
  private readonly pieces: Piece[];
  private readonly progress: Progress;
  private readonly coverage: Coverage;
  private finishReason: FinishReason = 'stop';

  constructor(
    private readonly task: RewriteTask,
    private readonly model: LanguageModel,
    private readonly signal: AbortSignal,
  ) {
    const overhead = this.promptTokens('');
    const most = task.action === 'expand' ? MOST_TOKENS_EXPANDED : MOST_TOKENS;
    const room = Math.floor((model.contextWindow - overhead - 2 * MORE_TOKENS) / (1 + most));
    this.pieces = piecesOf(task, Math.min(MAX_PIECE_TOKENS, room), model);
    const words = this.pieces.reduce((sum, { text }) => sum + countWords(text), 0);
    this.coverage = { words, wordsRead: 0, part: 0, parts: this.pieces.length };
    const planned = this.pieces.map((piece) => this.workOf(piece.text));
    this.progress = new Progress({
      promptTokens: planned.reduce((sum, { promptTokens }) => sum + promptTokens, 0),
      newTokens: planned.reduce((sum, { newTokens }) => sum + newTokens, 0),
    });
  }

  async *run(): AsyncGenerator<TaskEvent> {
    let from = 0;
    for (const piece of this.pieces) {
      throwIfAborted(this.signal);
      const between = this.task.text.slice(from, piece.start);
      if (between) yield { kind: 'delta', text: between };
      from = piece.start + piece.text.length;
      this.coverage.part++;
      this.coverage.wordsRead += countWords(piece.text);
      const { text, doubts } = yield* this.settle(piece.text);
      const hunks = doubtedHunks(piece.text, text, doubts, this.task.language).map((hunk) =>
        shifted(hunk, piece.start),
      );
      if (hunks.length > 0) yield { kind: 'hunks', hunks };
    }
    yield { kind: 'done', finishReason: this.finishReason, metrics: this.progress.measured };
  }

  /** A version that holds, or of two that do not the one with less wrong. */
  private async *settle(text: string): AsyncGenerator<TaskEvent, Version> {
    const first = yield* this.write(text, [], true);
    if (first.doubts.length === 0) return first;
    const second = yield* this.write(text, first.doubts, false);
    return second.doubts.length < first.doubts.length ? second : first;
  }

  /** Lets the model write one version, streamed where it is for the reader. */
  private async *write(text: string, repairs: RewriteDoubt[], shown: boolean): AsyncGenerator<TaskEvent, Version> {
    const prompt = rewritePrompt(text, this.task, repairs);
    const planned = this.workOf(text);
    const options = { maxNewTokens: this.mostTokens(text), stop: REWRITE_STOPS };
    let written = '';
    let finishReason: FinishReason = 'stop';
    yield this.progress.at('writing', { ...this.coverage });
    for await (const event of this.model.generate(prompt, options, this.signal)) {
      if (event.kind === 'delta') {
        const before = written.trimStart().length;
        written += event.text;
        const delta = written.trimStart().slice(before);
        if (shown && delta) yield { kind: 'delta', text: delta };
      }
      if (event.kind === 'end') {
        finishReason = event.finishReason;
        this.progress.finish(event, planned);
      }
      yield this.progress.at('writing', { ...this.coverage }, done(event, written, this.model));
    }
    const version = this.check(text, written.trim());
    if (finishReason === 'length') {
      this.finishReason = 'length';
      if (!version.doubts.includes('length')) version.doubts.push('length');
    }
    return version;
  }

  private check(before: string, after: string): Version {
    const { action, language } = this.task;
    const doubts = lossesOf(before, after, language, LENGTHS[action]);
    if (repeatsInstruction(after, before, this.task) && !doubts.includes('answer')) doubts.push('answer');
    const isFree = action === 'instruct';
    return { text: after, doubts: doubts.filter((doubt) => !isFree || doubt !== 'language') };
  }

  private workOf(text: string): Work {
    return { promptTokens: this.promptTokens(text), newTokens: this.model.countTokens(text) };
  }

  private promptTokens(text: string): number {
    return rewritePrompt(text, this.task).reduce((sum, { content }) => sum + this.model.countTokens(content) + 8, 0);
  }

  private mostTokens(text: string): number {
    const most = this.task.action === 'expand' ? MOST_TOKENS_EXPANDED : MOST_TOKENS;
    return most * this.model.countTokens(text) + MORE_TOKENS;
  }
}

/** Paragraphs, the long ones in groups of sentences of at most `budget` tokens. */
function piecesOf({ text, language }: RewriteTask, budget: number, model: LanguageModel): Piece[] {
  return paragraphsOf(text).flatMap((paragraph): Piece[] => {
    if (model.countTokens(paragraph.text) <= budget) return [paragraph];
    const pieces: Piece[] = [];
    let from = 0;
    let to = 0;
    for (const { start, end } of segment(paragraph.text, language)) {
      if (to > from && model.countTokens(paragraph.text.slice(from, end)) > budget) {
        pieces.push({ start: paragraph.start + from, text: paragraph.text.slice(from, to) });
        from = start;
      }
      to = end;
    }
    return [...pieces, { start: paragraph.start + from, text: paragraph.text.slice(from, to) }];
  });
}

function done(event: Generated, written: string, model: LanguageModel): Work {
  if (event.kind === 'prefill') return { promptTokens: event.done, newTokens: 0 };
  return { promptTokens: 0, newTokens: event.kind === 'end' ? 0 : model.countTokens(written) };
}

function shifted(hunk: Hunk, by: number): Hunk {
  return { ...hunk, start: hunk.start + by, end: hunk.end + by };
}
