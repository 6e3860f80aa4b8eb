// A browser's `LanguageModel` as Chrome has it (https://webmachinelearning.github.io/prompt-api/): what it takes, refuses and says, and
// how it ends. One function without imports, so that a test can carry it into a page.
import type { BrowserModelState } from '../../lib/model/browser-language-model.ts';

export interface FakeNativeOptions {
  state?: BrowserModelState;
  languages?: string[];
  contextWindow?: number;
  /** Of its answer to what it was asked, each sent when it is asked for. */
  pieces?: (prompt: { role: string; content: string }[]) => string[];
  /** Awaited before each piece. */
  beforePiece?: (index: number) => Promise<void>;
}

export interface FakeNativeCall {
  temperature: number | undefined;
  topK: number | undefined;
  messages: { role: string; content: string; prefix?: boolean }[];
}

export function fakeNativeLanguageModels({
  state = 'available',
  languages = ['en', 'es', 'ja'],
  contextWindow = 4096,
  pieces = () => ['The Moon', ' makes', ' the tides.'],
  beforePiece = () => Promise.resolve(),
}: FakeNativeOptions = {}) {
  type Message = FakeNativeCall['messages'][number];
  interface Options {
    expectedInputs?: { languages?: string[] }[];
    expectedOutputs?: { languages?: string[] }[];
    initialPrompts?: Message[];
    temperature?: number;
    topK?: number;
    signal?: AbortSignal;
    monitor?: (monitor: {
      addEventListener(type: string, listener: (event: { loaded: number }) => void): void;
    }) => void;
  }
  const quotaExceeded = () => Object.assign(new Error('The input is too large.'), { name: 'QuotaExceededError' });
  const tokens = (messages: Message[]) => messages.reduce((sum, { content }) => sum + content.split(/\s+/).length, 0);
  const check = (messages: Message[], isLast: boolean) => {
    messages.forEach(({ role, prefix }, index) => {
      if (role === 'system' && (index > 0 || isLast)) throw new TypeError('system prompt not first');
      if (prefix && (role !== 'assistant' || !isLast || index < messages.length - 1)) throw new SyntaxError('prefix');
    });
  };
  const fake = {
    state,
    sessions: 0,
    calls: [] as FakeNativeCall[],
    availability: ({ expectedInputs = [], expectedOutputs = [] }: Options) => {
      const asked = [...expectedInputs, ...expectedOutputs].flatMap((each) => each.languages ?? []);
      return Promise.resolve(asked.every((each) => languages.includes(each)) ? fake.state : 'unavailable');
    },
    async create(options: Options) {
      const { initialPrompts = [], temperature, topK, signal, monitor } = options;
      if ((temperature === undefined) !== (topK === undefined)) {
        throw new DOMException('both or neither', 'NotSupportedError');
      }
      if (topK !== undefined && topK < 1) throw new RangeError('topK');
      check(initialPrompts, false);
      const now = await fake.availability(options);
      signal?.throwIfAborted();
      if (now === 'unavailable') throw new DOMException('no model', 'NotSupportedError');
      if (now !== 'available') {
        const listeners: ((event: { loaded: number }) => void)[] = [];
        monitor?.({ addEventListener: (_, listener) => void listeners.push(listener) });
        for (const loaded of [0, 0.5, 1]) for (const each of listeners) each({ loaded });
        fake.state = 'available';
      }
      if (tokens(initialPrompts) > contextWindow) throw quotaExceeded();
      fake.sessions++;
      const ended = new AbortController();
      return {
        contextWindow,
        contextUsage: tokens(initialPrompts),
        measureContextUsage: (input: Message[]) => Promise.resolve(tokens(input)),
        promptStreaming(input: Message[], own: { signal?: AbortSignal } = {}): AsyncIterable<string> {
          check(input, true);
          const messages = [...initialPrompts, ...input];
          fake.calls.push({ temperature, topK, messages });
          const signals = [ended.signal, ...(own.signal ? [own.signal] : []), ...(signal ? [signal] : [])];
          const stopped = AbortSignal.any(signals);
          const isOver = new Promise<never>((_, reject) => {
            const end = () => reject(new DOMException('aborted', 'AbortError'));
            if (stopped.aborted) end();
            stopped.addEventListener('abort', end);
          });
          isOver.catch(() => undefined);
          return (async function* () {
            if (tokens(messages) > contextWindow) throw quotaExceeded();
            for (const [index, piece] of pieces(messages).entries()) {
              await Promise.race([beforePiece(index), isOver]);
              if (stopped.aborted) await isOver;
              yield piece;
            }
          })();
        },
        destroy() {
          if (!ended.signal.aborted) fake.sessions--;
          ended.abort();
        },
      };
    },
  };
  return fake;
}
