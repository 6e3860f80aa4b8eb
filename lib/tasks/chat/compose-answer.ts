// The answer of a model that composes: written from the passages alone, each sentence checked against them as soon as it stands.
import type { LanguageModel } from '../../model/language-model.ts';
import type { Article, ChatTask, Metrics, Passage, Source, Statement, TaskEvent } from '../../protocol.ts';
import { Checker, type Check } from '../check.ts';
import type { Models } from '../models.ts';
import { rankSentences } from '../rank.ts';
import { segment } from '../sentences.ts';
import { condense } from './condense.ts';
import { isEmbedded } from './meaning.ts';
import { answerPrompt, UNANSWERED } from './prompts.ts';

const ANSWER_TOKENS = 200;
/** Of the window, less the answer, at most this share is for the conversation so far. */
const HISTORY = 0.25;
/** What the chat template adds. */
const TEMPLATE_TOKENS = 48;

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
  const { turns, earlier, condensed } = condense(
    task.history,
    Math.floor((model.contextWindow - ANSWER_TOKENS) * HISTORY),
    (text) => model.countTokens(text),
  );
  if (condensed > 0) yield { kind: 'condensed', turns: condensed };
  const prompt = (texts: string[]) => answerPrompt(texts, task.question, turns, earlier);
  const used =
    model.contextWindow -
    ANSWER_TOKENS -
    TEMPLATE_TOKENS -
    prompt([]).reduce((sum, { content }) => sum + model.countTokens(content) + 12, 0);
  const read = fitting(passages, task.articles, used, model);
  if (read.places.length === 0) {
    yield { kind: 'unanswered' };
    yield { kind: 'done', finishReason: 'stop', metrics: null };
    return;
  }
  const embedder = isEmbedded(language) ? await models.embedder() : null;
  // Without the model's own judgement: it is busy writing, and its bar is that of the default model.
  const checker = new Checker(rankSentences(read.article), { model: null, embedder }, signal);

  const answer = new Answer(language);
  let metrics: Metrics | null = null;
  let finishReason: 'stop' | 'length' = 'stop';
  for await (const event of model.generate(prompt(read.texts), { maxNewTokens: ANSWER_TOKENS }, signal)) {
    if (event.kind === 'prefill')
      yield { kind: 'progress', phase: 'reading', fraction: event.done / Math.max(1, event.total) };
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

interface Reading {
  texts: string[];
  /** The passages as an article of their own, and where each of its blocks comes from. */
  article: Article;
  places: { article: number; block: number }[];
}

/** The best passages that fit in `maxTokens`, whole; what does not fit is left out. */
function fitting(passages: Passage[], articles: Article[], maxTokens: number, model: LanguageModel): Reading {
  const texts: string[] = [];
  const places: Reading['places'] = [];
  let left = maxTokens;
  for (const { article, firstBlock, lastBlock } of passages) {
    const blocks = articles[article].blocks.slice(firstBlock, lastBlock + 1);
    const text = blocks.map((block) => block.text).join('\n');
    const tokens = model.countTokens(text) + 2;
    if (tokens > left) continue;
    left -= tokens;
    texts.push(text);
    blocks.forEach((_, i) => places.push({ article, block: firstBlock + i }));
  }
  const blocks = places.map(({ article, block }) => articles[article].blocks[block]);
  return { texts, places, article: { ...articles[0], blocks } };
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
