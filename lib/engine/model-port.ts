// A LanguageModel over a MessagePort: it lives in the host's document, its task in a worker. Each call brings a port of its own, which
// carries the answer; closing it ends the call. Both ends are of one build, so messages are taken at their word.
import { AppError, fromWire, throwIfAborted, toWire } from '../errors.ts';
import type { WireError } from '../errors.ts';
import type { ModelEntry } from '../model/catalog.ts';
import { estimateTokens } from '../model/openai/estimate-tokens.ts';
import type { Generated, GenerateOptions, LanguageModel, Message } from '../model/language-model.ts';
import { Channel } from './channel.ts';
import { fromMessagePort } from './message-port.ts';
import type { Port } from './port.ts';

type Call =
  /** Answered with the context window. */
  { kind: 'open' } | { kind: 'generate'; messages: Message[]; options: GenerateOptions };

type Answer<T> = { kind: 'value'; value: T } | { kind: 'end' } | { kind: 'error'; error: WireError };

/** Answers calls with the model that `open` loads at the first of them, until `ended`: then it is disposed of. */
export function serveModel(
  port: MessagePort,
  open: (signal: AbortSignal) => Promise<LanguageModel>,
  ended: AbortSignal,
): void {
  let opened: Promise<LanguageModel> | undefined;
  const model = () =>
    (opened ??= open(ended).catch((error: unknown) => {
      opened = undefined;
      throw error;
    }));
  port.addEventListener('message', ({ data }: MessageEvent<{ call: Call; port: MessagePort }>) => {
    const left = new AbortController();
    const answers = fromMessagePort(data.port);
    answers.onDisconnect.addListener(() => left.abort());
    void send(run(model, data.call, AbortSignal.any([left.signal, ended])), answers);
  });
  port.start();
  ended.addEventListener('abort', () => {
    port.close();
    void opened?.then((each) => each.dispose()).catch(() => undefined); // never opened
  });
}

async function* run(
  model: () => Promise<LanguageModel>,
  call: Call,
  signal: AbortSignal,
): AsyncGenerator<number | Generated> {
  const opened = await model();
  if (call.kind === 'open') yield opened.contextWindow;
  else yield* opened.generate(call.messages, call.options, signal);
}

async function send<T>(values: AsyncIterable<T>, port: Port): Promise<void> {
  const post = (answer: Answer<T>) => port.postMessage(answer);
  try {
    for await (const value of values) post({ kind: 'value', value });
    post({ kind: 'end' });
  } catch (error) {
    post({ kind: 'error', error: toWire(error) });
  }
  port.disconnect();
}

/** The model that is served at the other end, once it is loaded there. It cannot score. Throws what loading it throws. */
export async function connectModel(port: MessagePort, entry: ModelEntry, signal: AbortSignal): Promise<LanguageModel> {
  let contextWindow = entry.contextWindow;
  for await (const its of ask<number>(port, { kind: 'open' }, signal)) contextWindow = its;
  return {
    entry,
    contextWindow,
    countTokens: estimateTokens,
    generate: (messages, options, asked) => ask<Generated>(port, { kind: 'generate', messages, options }, asked),
    score: () => Promise.reject(new AppError('unsupported', 'not over a port')),
    dispose: () => Promise.resolve(),
  };
}

async function* ask<T>(port: MessagePort, call: Call, signal: AbortSignal): AsyncGenerator<T, void, void> {
  throwIfAborted(signal);
  const { port1, port2 } = new MessageChannel();
  const own = fromMessagePort(port1);
  const answers = new Channel<T>();
  const abort = () => answers.abort(new AppError('aborted'));
  signal.addEventListener('abort', abort);
  own.onMessage.addListener((message) => {
    const answer = message as Answer<T>;
    if (answer.kind === 'value') answers.push(answer.value);
    else if (answer.kind === 'error') answers.close(fromWire(answer.error));
    else answers.close();
  });
  own.onDisconnect.addListener(() => answers.close(new AppError('host-gone')));
  try {
    port.postMessage({ call, port: port2 }, [port2]);
    yield* answers;
  } finally {
    signal.removeEventListener('abort', abort);
    own.disconnect();
  }
}
