// A LanguageModel over the one that some browsers carry (https://webmachinelearning.github.io/prompt-api/), in documents only. It says
// neither how likely a text is nor how it cuts one into tokens. What would have to be downloaded first counts as not there.
import { AppError, throwIfAborted } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { FinishReason } from '../protocol.ts';
import type { ModelEntry } from './catalog.ts';
import type { Generated, GenerateOptions, LanguageModel, Message, Sampling, Score } from './language-model.ts';
import { EchoFilter } from './openai/echo-filter.ts';
import { estimateTokens } from './openai/estimate-tokens.ts';
import { Stopwatch } from './openai/stopwatch.ts';
import { StopStrings } from './runtime/stop-strings.ts';

export type BrowserModelState = 'unavailable' | 'downloadable' | 'downloading' | 'available';

interface Expectations {
  expectedInputs: { type: 'text'; languages: string[] }[];
  expectedOutputs: { type: 'text'; languages: string[] }[];
}

/** `prefix`: of the last message, an answer's beginning that is to be gone on with. */
type NativeMessage = Message & { prefix?: true };

interface CreateOptions extends Expectations {
  initialPrompts?: NativeMessage[];
  /** Both or neither; extensions may choose them. */
  temperature?: number;
  topK?: number;
  signal?: AbortSignal;
  monitor?(monitor: {
    addEventListener(type: 'downloadprogress', listener: (event: { loaded: number }) => void): void;
  }): void;
}

/** As much of the browser's `LanguageModel` as is used. */
export interface NativeLanguageModels {
  availability(options: Expectations): Promise<BrowserModelState>;
  create(options: CreateOptions): Promise<NativeSession>;
}

export interface NativeSession {
  readonly contextWindow: number;
  readonly contextUsage: number;
  measureContextUsage(input: NativeMessage[], options: { signal: AbortSignal }): Promise<number>;
  promptStreaming(input: NativeMessage[], options: { signal: AbortSignal }): AsyncIterable<string>;
  destroy(): void;
}

/** Its id among those of models and servers. */
export const BROWSER_MODEL = 'browser';
/** Of those that browsers are known to state; which of them it knows is asked. */
const LANGUAGES = ['en', 'de', 'es', 'fr', 'it', 'ja', 'ko', 'pt', 'zh'];
/** At most so many tokens are used, whatever it has. */
const MAX_CONTEXT_TOKENS = 32_768;
/** Where a temperature is chosen and nothing else: Chrome's own default. */
const USUAL_TOP_K = 3;

/** The browser's, undefined where it has none. */
export function nativeLanguageModels(): NativeLanguageModels | undefined {
  return (globalThis as { LanguageModel?: NativeLanguageModels }).LanguageModel;
}

export async function browserModelState(native = nativeLanguageModels()): Promise<BrowserModelState> {
  return native ? stateFor(native, 'en') : 'unavailable';
}

/** What tasks have to know of it, null where it is not there now. */
export async function browserEntry(native = nativeLanguageModels()): Promise<ModelEntry | null> {
  if (!native || (await browserModelState(native)) !== 'available') return null;
  const states = await Promise.all(LANGUAGES.map((language) => stateFor(native, language)));
  return {
    id: BROWSER_MODEL,
    name: 'the browser’s model',
    languages: LANGUAGES.filter((_, index) => states[index] === 'available'),
    contextWindow: MAX_CONTEXT_TOKENS,
    methods: { summarize: 'composes', rewrite: 'composes', chat: 'composes', translate: 'composes' },
    cannotScore: true,
  };
}

/** Has the browser download it. Call it in the click, before any await: browsers refuse otherwise. Throws `download-failed`, `aborted`. */
export async function downloadBrowserModel(
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
  native = nativeLanguageModels(),
): Promise<void> {
  try {
    const session = await native?.create({
      ...expecting(['en']),
      signal,
      monitor: (monitor) => monitor.addEventListener('downloadprogress', ({ loaded }) => onProgress(loaded)),
    });
    if (!session) throw new AppError('download-failed', 'not in this browser');
    session.destroy();
  } catch (cause) {
    throw failure(cause, signal, 'download-failed');
  }
}

/** Loads it; one session is kept, so that the browser does not let it go between two replies. Throws `model-missing`, `browser-model-failed`, `aborted`. */
export async function openBrowserModel(
  entry: ModelEntry,
  signal: AbortSignal,
  native = nativeLanguageModels(),
): Promise<LanguageModel> {
  if (!native || (await browserModelState(native)) !== 'available') throw new AppError('model-missing', entry.id);
  try {
    return new BrowserLanguageModel(entry, native, await native.create({ ...expecting(entry.languages), signal }));
  } catch (cause) {
    throw failure(cause, signal, 'browser-model-failed');
  }
}

class BrowserLanguageModel implements LanguageModel {
  readonly contextWindow: number;

  constructor(
    readonly entry: ModelEntry,
    private readonly native: NativeLanguageModels,
    private readonly kept: NativeSession,
  ) {
    this.contextWindow = Math.min(entry.contextWindow, kept.contextWindow);
  }

  countTokens(text: string): number {
    return estimateTokens(text);
  }

  /** Throws `aborted`, `input-too-long`, `browser-model-failed`. */
  async *generate(messages: Message[], options: GenerateOptions, asked: AbortSignal): AsyncGenerator<Generated> {
    throwIfAborted(asked);
    const left = new AbortController();
    const signal = AbortSignal.any([asked, left.signal]);
    let session: NativeSession | undefined;
    try {
      const watch = new Stopwatch();
      session = await this.native.create({
        ...expecting(this.entry.languages),
        ...choosing(options.sampling),
        initialPrompts: messages.slice(0, -1),
        signal,
      });
      const input = inputOf(messages.slice(-1), options);
      const promptTokens = session.contextUsage + (await session.measureContextUsage(input, { signal }));
      if (promptTokens + options.maxNewTokens > this.contextWindow) {
        throw new AppError('input-too-long', `${promptTokens} tokens of ${this.contextWindow}`);
      }
      yield { kind: 'prefill', done: 0, total: promptTokens };
      const finishReason = yield* read(session.promptStreaming(input, { signal }), options, watch, signal);
      yield { kind: 'end', finishReason, metrics: watch.metrics(promptTokens) };
    } catch (cause) {
      throw failure(cause, asked, 'browser-model-failed');
    } finally {
      left.abort();
      session?.destroy();
    }
  }

  score(): Promise<Score> {
    return Promise.reject(new AppError('unsupported', 'the browser does not say how likely a text is'));
  }

  dispose(): Promise<void> {
    this.kept.destroy();
    return Promise.resolve();
  }
}

/** The reply until its end, a stop string, or the number of tokens that was asked for, counted by its pieces, which mostly hold one. */
async function* read(
  pieces: AsyncIterable<string>,
  { maxNewTokens, stop, replyPrefix = '' }: GenerateOptions,
  watch: Stopwatch,
  signal: AbortSignal,
): AsyncGenerator<Generated, FinishReason> {
  const stops = new StopStrings(stop);
  // One that does not go on from the prefix begins with it.
  const echo = new EchoFilter(replyPrefix);
  let taken = 0;
  for await (const piece of pieces) {
    throwIfAborted(signal);
    watch.chunk();
    if (taken++ === maxNewTokens) return 'length';
    const { text, stopped } = stops.push(echo.push(piece));
    if (text) {
      watch.shown();
      yield { kind: 'delta', text };
    }
    if (stopped) return 'stop';
  }
  throwIfAborted(signal);
  const rest = stops.push(echo.flush());
  const last = rest.stopped ? rest.text : rest.text + stops.flush();
  if (last) yield { kind: 'delta', text: last };
  return 'stop';
}

function inputOf(last: NativeMessage[], { replyPrefix }: GenerateOptions): NativeMessage[] {
  return replyPrefix ? [...last, { role: 'assistant', content: replyPrefix, prefix: true }] : last;
}

/** Greedy where nothing is chosen. */
function choosing({ temperature = 0, topK }: Sampling = {}): Pick<CreateOptions, 'temperature' | 'topK'> {
  return { temperature, topK: temperature === 0 ? 1 : (topK ?? USUAL_TOP_K) };
}

function expecting(languages: string[]): Expectations {
  const text = [{ type: 'text' as const, languages }];
  return { expectedInputs: text, expectedOutputs: text };
}

/** It refuses tags that it does not understand. */
function stateFor(native: NativeLanguageModels, language: string): Promise<BrowserModelState> {
  return native.availability(expecting([language])).catch(() => 'unavailable');
}

/** What it throws, without its words: they may hold some of the text. */
function failure(cause: unknown, { aborted }: AbortSignal, code: ErrorCode): AppError {
  if (aborted) return new AppError('aborted');
  if (cause instanceof AppError) return cause;
  const { name } = cause as Partial<Error>;
  return new AppError(name === 'QuotaExceededError' ? 'input-too-long' : code, name, { cause });
}
