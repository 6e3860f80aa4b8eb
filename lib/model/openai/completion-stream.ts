// A streamed chat completion as it comes over the wire: server-sent events, each a chunk of JSON. Knows the protocol, no task.
import { createParser } from 'eventsource-parser';
import { AppError } from '../../errors.ts';
import type { FinishReason } from '../../protocol.ts';
import type { Deadline } from './deadline.ts';
import { codeOfError, failure, silence, type ServerAccess } from './request.ts';

export interface Usage {
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
}

export type Chunk =
  | { kind: 'text'; text: string }
  /** A sign of life: the model thinks, and what it thinks is not for the reader. */
  | { kind: 'thinking' }
  | { kind: 'finish'; reason: FinishReason }
  | { kind: 'usage'; usage: Usage };

/** Between two chunks, once there is a first. */
const CHUNK_MS = 60_000;
const DONE = '[DONE]';

/** Throws `aborted`, `server-garbled` (no such stream, or one that was cut), `server-unreachable` (silent), `server-failed`. */
export async function* readCompletion(
  server: ServerAccess,
  response: Response,
  deadline: Deadline,
): AsyncGenerator<Chunk, void, void> {
  const type = response.headers.get('content-type') ?? '';
  if (!/^text\/event-stream\b/i.test(type) || !response.body) {
    throw failure(server, 'server-garbled', `${/^[\w/+.-]+/.exec(type)?.[0] ?? 'nothing'} instead of a stream`);
  }
  let finished = false;
  for await (const data of readEvents(server, response.body, deadline)) {
    if (data === DONE) return;
    for (const chunk of chunksOf(server, data)) {
      finished ||= chunk.kind === 'finish';
      yield chunk;
    }
  }
  if (!finished) throw failure(server, 'server-garbled', 'cut');
}

async function* readEvents(
  server: ServerAccess,
  body: ReadableStream<Uint8Array>,
  deadline: Deadline,
): AsyncGenerator<string, void, void> {
  const events: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => events.push(data) });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      deadline.expectWithin(CHUNK_MS);
      parser.feed(done ? decoder.decode() : decoder.decode(value, { stream: true }));
      yield* events.splice(0);
      if (done) return;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw silence(server, deadline) ?? failure(server, 'server-garbled', 'cut', error);
  }
}

type Fields = Record<string, unknown>;

function* chunksOf(server: ServerAccess, data: string): Generator<Chunk, void, void> {
  const chunk = parse(server, data);
  if (chunk.error) {
    const { code, words } = codeOfError(chunk.error);
    throw failure(server, code, words);
  }
  const choice = fields(Array.isArray(chunk.choices) ? chunk.choices[0] : null);
  const { content, reasoning_content, reasoning } = fields(choice.delta);
  if (typeof content === 'string' && content !== '') yield { kind: 'text', text: content };
  else if (reasoning_content || reasoning) yield { kind: 'thinking' };
  if (typeof choice.finish_reason === 'string') {
    yield { kind: 'finish', reason: choice.finish_reason === 'length' ? 'length' : 'stop' };
  }
  if (chunk.usage) yield { kind: 'usage', usage: usageOf(fields(chunk.usage)) };
}

function parse(server: ServerAccess, data: string): Fields {
  try {
    return fields(JSON.parse(data));
  } catch (cause) {
    throw failure(server, 'server-garbled', 'not JSON', cause);
  }
}

function usageOf(usage: Fields): Usage {
  return {
    promptTokens: count(usage.prompt_tokens),
    cachedTokens: count(fields(usage.prompt_tokens_details).cached_tokens),
    completionTokens: count(usage.completion_tokens),
  };
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function count(value: unknown): number {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : 0;
}
