// The LanguageModel on a server of the reader's choice. What it sends are the messages of the task; what it says has come from there.
import { AppError, throwIfAborted } from '../../errors.ts';
import type { FinishReason } from '../../protocol.ts';
import type { Generated, GenerateOptions, LanguageModel, Message, Score } from '../language-model.ts';
import { StopStrings } from '../runtime/stop-strings.ts';
import { readCompletion } from './completion-stream.ts';
import { Deadline } from './deadline.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { listModels } from './list-models.ts';
import { EchoFilter } from './echo-filter.ts';
import { ask } from './request.ts';
import type { ServerEntry } from './server.ts';
import { Stopwatch } from './stopwatch.ts';
import { ThinkFilter } from './think-filter.ts';

/** A server that has to load the model first says nothing while it does. */
const FIRST_CHUNK_MS = 120_000;
/** One that has answered so recently is not asked anew whether it is there. */
const FRESH_MS = 30_000;
/** Room for a model that thinks first; of its answer no more is taken than was asked for. */
const THINKING_TOKENS = 2048;
/** Of each message: its role and what parts it from the next. */
const MESSAGE_TOKENS = 8;
/** The protocol takes no more; the rest are found here only. */
const MAX_STOPS = 4;

export class ServerLanguageModel implements LanguageModel {
  readonly contextWindow: number;
  private answeredMs = -Infinity;
  /** The model refuses sampling, and calls the budget otherwise, as OpenAI's own that think do. */
  private isBare = false;

  constructor(readonly entry: ServerEntry) {
    this.contextWindow = entry.contextWindow;
  }

  countTokens(text: string): number {
    return estimateTokens(text);
  }

  /** Throws `aborted`, `input-too-long`, or a code of a server (lib/errors.ts). */
  async *generate(messages: Message[], options: GenerateOptions, signal: AbortSignal): AsyncGenerator<Generated> {
    throwIfAborted(signal);
    const prompt = options.replyPrefix
      ? [...messages, { role: 'assistant' as const, content: options.replyPrefix }]
      : messages;
    const promptTokens = prompt.reduce((sum, { content }) => sum + estimateTokens(content) + MESSAGE_TOKENS, 0);
    const room = this.contextWindow - promptTokens - options.maxNewTokens;
    if (room < 0) throw new AppError('input-too-long', `about ${promptTokens} tokens of ${this.contextWindow}`);
    await this.makeSure(signal);

    yield { kind: 'prefill', done: 0, total: promptTokens };
    const watch = new Stopwatch();
    const deadline = new Deadline(signal);
    deadline.expectWithin(FIRST_CHUNK_MS);
    try {
      const response = await this.post(
        prompt,
        options,
        options.maxNewTokens + Math.min(THINKING_TOKENS, room),
        deadline,
      );
      const finishReason = yield* this.read(response, options, { watch, deadline, promptTokens });
      this.answeredMs = performance.now();
      yield { kind: 'end', finishReason, metrics: watch.metrics(promptTokens) };
    } finally {
      deadline.end();
    }
  }

  score(): Promise<Score> {
    return Promise.reject(new AppError('unsupported', 'a server does not say how likely a text is'));
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  /** Asks for something small first: a server that is down is told from one that takes its time. */
  private async makeSure(signal: AbortSignal): Promise<void> {
    if (performance.now() - this.answeredMs < FRESH_MS) return;
    await listModels(this.entry.server, signal).catch((error: unknown) => {
      // One without a list may still answer.
      const { code } = error as AppError;
      if (code !== 'server-failed' && code !== 'server-garbled') throw error;
    });
    this.answeredMs = performance.now();
  }

  private async post(
    messages: Message[],
    options: GenerateOptions,
    maxTokens: number,
    deadline: Deadline,
  ): Promise<Response> {
    const common = { model: this.entry.server.model, messages, stream: true, stream_options: { include_usage: true } };
    const post = (own: object) =>
      ask(this.entry.server, { path: '/chat/completions', body: { ...common, ...own }, deadline });
    if (!this.isBare) {
      try {
        return await post({ max_tokens: maxTokens, ...choosing(options) });
      } catch (error) {
        if (!(error instanceof AppError) || !/\bunsupported_(parameter|value)\b/.test(error.detail)) throw error;
        this.isBare = true;
      }
    }
    return post({ max_completion_tokens: maxTokens });
  }

  /** The reply without what was thought, until its end, a stop string, or the number of tokens that was asked for. */
  private async *read(
    response: Response,
    { maxNewTokens, stop, replyPrefix = '' }: GenerateOptions,
    { watch, deadline, promptTokens }: { watch: Stopwatch; deadline: Deadline; promptTokens: number },
  ): AsyncGenerator<Generated, FinishReason> {
    const think = new ThinkFilter();
    const stops = new StopStrings(stop);
    // A server that does not go on from the prefix begins with it.
    const echo = new EchoFilter(replyPrefix);
    let reason: FinishReason = 'stop';
    let taken = 0;
    for await (const chunk of readCompletion(this.entry.server, response, deadline)) {
      if (chunk.kind === 'usage') watch.usage = chunk.usage;
      if (chunk.kind === 'finish') reason = chunk.reason;
      if (chunk.kind === 'thinking' || chunk.kind === 'text') watch.chunk();
      if (chunk.kind !== 'text') {
        if (chunk.kind === 'thinking') yield { kind: 'prefill', done: promptTokens, total: promptTokens };
        continue;
      }
      const visible = think.push(chunk.text);
      if (visible !== '' && taken++ === maxNewTokens) return 'length';
      const { text, stopped } = stops.push(echo.push(visible));
      if (text) {
        watch.shown();
        yield { kind: 'delta', text };
      } else {
        yield { kind: 'prefill', done: promptTokens, total: promptTokens };
      }
      if (stopped) return 'stop';
    }
    const rest = stops.push(echo.push(think.flush()) + echo.flush());
    const last = rest.stopped ? rest.text : rest.text + stops.flush();
    if (last) yield { kind: 'delta', text: last };
    return reason;
  }
}

function choosing({ sampling = {}, stop = [] }: GenerateOptions): object {
  const { temperature = 0, topP, seed } = sampling;
  return {
    temperature,
    ...(topP !== undefined && { top_p: topP }),
    ...(seed !== undefined && { seed }),
    ...(stop.length > 0 && { stop: stop.slice(0, MAX_STOPS) }),
  };
}
