// Lets the model write a summary part by part (map, collapse, reduce), one sentence at a time, each checked before it stands.
import type { Generated, LanguageModel, Message, Sampling } from '../model/language-model.ts';
import type { Coverage, Doubt, Statement, SummarizeTask, SummaryType, TaskEvent } from '../protocol.ts';
import type { Checker } from './check.ts';
import { chunkSentences, chunkText, cutText, groupChunks, type Chunk, type Part } from './chunk.ts';
import { Progress, type Work } from './progress.ts';
import { REPLY_STOPS, summaryPrompt, type Wording } from './prompts.ts';
import { MAX_FLAWS, type Ranking } from './rank.ts';
import { quoteSentence, statementCount } from './select.ts';
import { segment, type Sentence } from './sentences.ts';
import { sameWords } from './terms.ts';

/** Room for one sentence, and for one headline. */
const SENTENCE_TOKENS = 80;
const HEADLINE_TOKENS = 32;
/** A small model loses the thread in more than this, whatever its window. */
const MAX_CHUNK_TOKENS = 500;
/** A sentence that did not hold is written once more, less greedily. */
const AGAIN: Sampling = { temperature: 0.6, topP: 0.9, seed: 1 };
/** Two statements with this share of words in common say the same. */
const SAME = 0.7;

export interface Composition {
  task: SummarizeTask;
  ranking: Ranking;
  model: LanguageModel;
  checker: Checker;
  /** What does not hold is shown, marked as such, instead of a sentence of the page. */
  keepUnsupported: boolean;
  wording: Wording;
}

/** Yields progress, deltas and one statement per part; ends with `done`. Reads all of the article. */
export async function* compose(composition: Composition, signal: AbortSignal): AsyncGenerator<TaskEvent> {
  const { task, ranking, model, wording } = composition;
  const overhead =
    model.countTokens(
      summaryPrompt('', task.type, wording)
        .map(({ content }) => content)
        .join('\n'),
    ) + 32;
  const budget = Math.min(MAX_CHUNK_TOKENS, model.contextWindow - SENTENCE_TOKENS - overhead);
  const chunks = chunkSentences(readable(ranking), budget, (text) => model.countTokens(text));
  const parts = groupChunks(chunks, task.type === 'headline' ? 1 : statementCount(task));
  const run = new Run(composition, budget, overhead, parts, signal);
  for (const part of inOrder(parts, ranking)) yield* run.writePart(part);
  yield { kind: 'done', finishReason: run.finishReason, metrics: run.progress.measured };
}

/** One composition under way: what has been read, written and used. */
class Run {
  readonly progress: Progress;
  finishReason: 'stop' | 'length' = 'stop';
  private readonly written: Statement[] = [];
  private readonly coverage: Coverage;

  constructor(
    private readonly composition: Composition,
    private readonly budget: number,
    private readonly overhead: number,
    parts: Part[],
    private readonly signal: AbortSignal,
  ) {
    const chunks = parts.flatMap((part) => part.chunks);
    this.coverage = {
      words: chunks.reduce((sum, { words }) => sum + words, 0),
      wordsRead: 0,
      part: 0,
      parts: chunks.length,
    };
    const reductions = parts.filter((part) => part.chunks.length > 1).length;
    this.progress = new Progress({
      promptTokens:
        chunks.reduce((sum, { tokens }) => sum + tokens + overhead, 0) + reductions * (overhead + budget / 2),
      newTokens: (chunks.length + reductions) * (SENTENCE_TOKENS / 2),
    });
  }

  /** One statement from one part: straight from its chunk, or from notes on each of its chunks. */
  async *writePart({ chunks }: Part): AsyncGenerator<TaskEvent> {
    const blocks = [chunks[0].sentences[0].block, chunks[chunks.length - 1].sentences.at(-1)?.block ?? 0] as const;
    let text = chunkText(chunks[0]);
    if (chunks.length === 1) this.read(chunks[0]);
    else text = yield* this.takeNotes(chunks, blocks);
    const { type } = this.composition.task;
    const sentence = yield* this.write(this.prompt(text, type), true);
    const statement = yield* this.settle(sentence, blocks, this.composition.keepUnsupported);
    this.written.push(statement);
    yield { kind: 'statement', statement };
  }

  /** Map: a checked sentence for each chunk. Collapse: the same again over the notes, until they fit in one prompt. */
  private async *takeNotes(chunks: Chunk[], blocks: readonly [number, number]): AsyncGenerator<TaskEvent, string> {
    const { model } = this.composition;
    let texts: string[] = [];
    for (const chunk of chunks) {
      this.read(chunk);
      texts.push(yield* this.note(chunkText(chunk), [chunk.sentences[0].block, chunk.sentences.at(-1)?.block ?? 0]));
    }
    while (texts.length > 1 && model.countTokens(texts.join('\n')) > this.budget) {
      const collapsed: string[] = [];
      let group: string[] = [];
      for (const [i, text] of texts.entries()) {
        group.push(text);
        const next = texts.at(i + 1);
        if (next !== undefined && model.countTokens([...group, next].join('\n')) <= this.budget) continue;
        collapsed.push(group.length === 1 ? group[0] : yield* this.note(group.join('\n'), blocks));
        group = [];
      }
      // Notes that no two of fit together cannot be collapsed: the first of them stand for all.
      texts = collapsed.length < texts.length ? collapsed : texts.slice(0, 1);
    }
    return texts.join('\n');
  }

  private async *note(text: string, blocks: readonly [number, number]): AsyncGenerator<TaskEvent, string> {
    const sentence = yield* this.write(this.prompt(text, 'tldr'), false);
    const { text: noted } = yield* this.settle(sentence, blocks, false);
    // A page's own sentence in the model's place may have thousands of words.
    return cutText(noted, this.budget, (part) => this.composition.model.countTokens(part))[0];
  }

  private prompt(text: string, type: SummaryType): Message[] {
    return summaryPrompt(text, type, this.composition.wording);
  }

  private read(chunk: Chunk): void {
    this.coverage.part++;
    this.coverage.wordsRead += chunk.words;
  }

  /** Lets the model write one sentence: streamed as it comes where it is for the reader. Returns it, '' where there is none. */
  private async *write(prompt: Message[], shown: boolean, sampling?: Sampling): AsyncGenerator<TaskEvent, string> {
    const { model, task, ranking } = this.composition;
    const maxNewTokens = task.type === 'headline' ? HEADLINE_TOKENS : SENTENCE_TOKENS;
    const planned: Work = { promptTokens: this.overhead + this.tokensOf(prompt), newTokens: SENTENCE_TOKENS / 2 };
    const phase = shown || this.written.length > 0 ? 'writing' : 'reading';
    const options = { maxNewTokens, stop: REPLY_STOPS, sampling };
    let text = '';
    let sent = '';
    let newTokens = 0;
    yield this.progress.at(phase, { ...this.coverage });
    for await (const event of model.generate(prompt, options, this.signal)) {
      if (event.kind === 'prefill')
        yield this.progress.at(phase, { ...this.coverage }, { promptTokens: event.done, newTokens: 0 });
      if (event.kind === 'end') this.end(event, planned, text);
      if (event.kind !== 'delta') continue;
      text += event.text;
      newTokens++;
      const sentence = firstSentence(text, ranking.language);
      const delta = sentence.slice(sent.length);
      if (shown && delta && sentence.startsWith(sent)) {
        sent = sentence;
        yield { kind: 'delta', text: delta };
      } else {
        // What nobody sees being written, also behind a first sentence, must not look like a worker that hangs.
        yield this.progress.at(phase, { ...this.coverage }, { promptTokens: 0, newTokens });
      }
    }
    return firstSentence(text, ranking.language).trim();
  }

  private end(event: Extract<Generated, { kind: 'end' }>, planned: Work, text: string): void {
    this.progress.finish(event, planned);
    const isWhole = segment(text, this.composition.ranking.language).length > 1;
    if (event.finishReason === 'length' && !isWhole) this.finishReason = 'length';
  }

  private tokensOf(prompt: Message[]): number {
    return prompt.reduce((sum, { content }) => sum + this.composition.model.countTokens(content), 0);
  }

  /** The sentence as it may stand: checked, written once more where it does not hold, else the page's own, or marked. */
  private async *settle(
    sentence: string,
    blocks: readonly [number, number],
    keep: boolean,
  ): AsyncGenerator<TaskEvent, Statement> {
    const { checker, task, model } = this.composition;
    const isNew = (text: string) => text !== '' && !this.written.some((other) => sameWords(text, other.text) > SAME);
    if (!isNew(sentence)) return this.quoted(blocks, []);
    yield this.stillThere();
    const first = await checker.check(sentence, ...blocks);
    if (first.doubts.length === 0) return this.held(sentence, first.sources);
    const evidence = first.sources.map(({ text }) => text).join(' ');
    if (evidence && model.countTokens(evidence) < this.budget) {
      const again = yield* this.write(this.prompt(evidence, task.type), false, AGAIN);
      yield this.stillThere();
      const second = isNew(again) ? await checker.check(again, ...blocks) : null;
      if (second?.doubts.length === 0) return this.held(again, second.sources);
    }
    return keep ? composed(sentence, first.sources, first.doubts) : this.quoted(blocks, first.sources);
  }

  /** What passed its checks: the page's own words where the model has only repeated them. */
  private held(text: string, sources: Sentence[]): Statement {
    const copied = sources.find((source) => source.text === text);
    return copied ? quoteSentence(copied, this.composition.ranking.language) : composed(text, sources, []);
  }

  /** Where the run stands, said before what may take long. */
  private stillThere(): TaskEvent {
    return this.progress.at('reading', { ...this.coverage });
  }

  /** The page's own sentence in the model's place: the nearest to what it wrote, else the part's best that is not used yet. */
  private quoted([from, to]: readonly [number, number], near: Sentence[]): Statement {
    const { ranking } = this.composition;
    const { candidates, flaws, scores, language } = ranking;
    const isUsed = ({ block, start }: Sentence) =>
      this.written.some(({ sources }) => sources[0]?.block === block && sources[0].start === start);
    const within = [...candidates.keys()]
      .filter((i) => candidates[i].block >= from && candidates[i].block <= to && flaws[i] < MAX_FLAWS)
      .sort((a, b) => scores[b] - scores[a])
      .map((i) => candidates[i]);
    const sound = near.filter((sentence) => within.includes(sentence));
    const fitting = [...sound, ...within, ...near];
    // A page so short that all of it stands already repeats itself.
    return quoteSentence(fitting.find((sentence) => !isUsed(sentence)) ?? fitting.at(0) ?? candidates[0], language);
  }
}

/** Page order where each part is read in one go; else the parts with the most telling sentences first. */
function inOrder(parts: Part[], { candidates, scores }: Ranking): Part[] {
  if (parts.every(({ chunks }) => chunks.length === 1)) return parts;
  const worth = new Map(
    parts.map((part) => {
      const first = part.chunks[0].sentences[0].block;
      const last = part.chunks.at(-1)?.sentences.at(-1)?.block ?? first;
      const own = [...scores].filter((_, i) => candidates[i].block >= first && candidates[i].block <= last);
      const best = own.sort((a, b) => b - a).slice(0, 3);
      return [part, best.reduce((sum, score) => sum + score, 0)];
    }),
  );
  return parts.toSorted((a, b) => (worth.get(b) ?? 0) - (worth.get(a) ?? 0));
}

/** What the model is given to read: everything but code and tables, or everything where there is nothing else. */
function readable({ sentences, candidates }: Ranking): Sentence[] {
  const text = sentences.filter(({ kind }) => kind !== 'code' && kind !== 'table');
  return text.length > 0 && candidates.length > 0 ? text : sentences;
}

function firstSentence(text: string, language: string): string {
  const start = text.length - text.trimStart().length;
  const first = segment(text, language).at(0);
  return first ? text.slice(start, first.end) : '';
}

function composed(text: string, sources: Sentence[], doubts: Doubt[]): Statement {
  return {
    text,
    support: doubts.length > 0 ? 'unsupported' : 'supported',
    origin: 'model',
    sources: sources.map(({ block, start, end }) => ({ block, start, end })),
    doubts,
  };
}
