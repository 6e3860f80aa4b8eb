// A server that speaks OpenAI's protocol, as llama.cpp's and Ollama's do: a list of models, chat completions streamed as server-sent
// events in the same order of chunks, errors in the same form. What it says is told beforehand; what it was asked is written down.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  path: string;
  authorization: string | undefined;
  origin: string | undefined;
  body: CompletionRequest | null;
  /** Resolves when the connection of the answer is closed: true where the server had said all. */
  closed: Promise<boolean>;
}

export interface CompletionRequest {
  model: string;
  messages: { role: string; content: string }[];
  stream: boolean;
  stream_options?: { include_usage: boolean };
  max_tokens?: number;
  max_completion_tokens?: number;
  temperature?: number;
  top_p?: number;
  stop?: string[];
}

export interface Reply {
  /** A chunk each. */
  pieces: string[];
  /** As a model that thinks first is served where the server parts its thoughts from its answer. */
  reasoning?: string[];
  finishReason?: 'stop' | 'length';
  /** Awaited before each piece. */
  beforePiece?: (index: number) => Promise<unknown>;
  /** Ends the connection in place of this piece. */
  cutAt?: number;
}

/** Instead of an answer: whole, as the server would send it. */
export interface Refusal {
  status: number;
  contentType: string;
  body: string;
  headers?: Record<string, string>;
}

type Answer = Reply | Refusal;

export interface OpenAiServer {
  /** 'http://127.0.0.1:port/v1' */
  address: string;
  host: string;
  asked: Asked[];
  /** What was asked of chat completions. */
  completions(): Asked[];
  close(): Promise<void>;
}

export interface ServerOptions {
  models?: object[];
  key?: string;
  answer?: (request: CompletionRequest) => Answer;
  /** In place of the list of models. */
  list?: () => Refusal | 'silence';
  /** Whether pages may ask without a permission of the browser's. llama.cpp's server lets all, LM Studio none unless told. */
  isOpen?: boolean;
  port?: number;
}

/** A text as a model streams it: words with the space before them. */
export function pieces(text: string): string[] {
  return text.match(/\s*\S+|\s+/gu) ?? [];
}

export function errorBody(status: number, message: string, code: string, type = 'invalid_request_error'): Refusal {
  return { status, contentType: 'application/json', body: JSON.stringify({ error: { message, type, code } }) };
}

export async function startOpenAiServer({
  models = [{ id: 'test-model', object: 'model' }],
  key,
  answer = () => ({ pieces: ['Hello'] }),
  list,
  isOpen = true,
  port = 0,
}: ServerOptions = {}): Promise<OpenAiServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    if (isOpen) allow(request, response);
    if (request.method === 'OPTIONS') {
      response.writeHead(isOpen ? 204 : 405).end();
      return;
    }
    void (async () => {
      const path = request.url ?? '';
      const body = request.method === 'POST' ? (JSON.parse(await textOf(request)) as CompletionRequest) : null;
      const closed = new Promise<boolean>((resolve) => response.on('close', () => resolve(response.writableFinished)));
      const { authorization, origin } = request.headers;
      asked.push({ path, authorization, origin, body, closed });
      if (key && authorization !== `Bearer ${key}`) {
        refuse(response, errorBody(401, 'Incorrect API key provided', 'invalid_api_key'));
      } else if (path === '/v1/models') {
        const instead = list?.();
        if (instead === 'silence') return;
        if (instead) refuse(response, instead);
        else json(response, { object: 'list', data: models });
      } else if (path === '/v1/chat/completions' && body) {
        const given = answer(body);
        if ('status' in given) refuse(response, given);
        else await stream(response, body, given);
      } else {
        refuse(response, errorBody(404, 'Not found', 'not_found'));
      }
    })();
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address: `http://${host}/v1`,
    host,
    asked,
    completions: () => asked.filter(({ path }) => path === '/v1/chat/completions'),
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

async function stream(response: ServerResponse, request: CompletionRequest, reply: Reply): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const send = (fields: object) => {
    const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: request.model, ...fields };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  const say = (delta: object, finish_reason: string | null = null) =>
    send({ choices: [{ index: 0, delta, finish_reason }] });
  say({ role: 'assistant', content: '' });
  for (const reasoning_content of reply.reasoning ?? []) say({ reasoning_content });
  const budget = request.max_completion_tokens ?? request.max_tokens ?? Infinity;
  const said = reply.pieces.slice(0, budget);
  for (const [index, content] of said.entries()) {
    await reply.beforePiece?.(index);
    if (response.destroyed) return;
    if (reply.cutAt === index) {
      response.socket?.end();
      return;
    }
    say({ content });
  }
  say({}, reply.finishReason ?? (said.length < reply.pieces.length ? 'length' : 'stop'));
  if (request.stream_options?.include_usage) {
    const prompt_tokens = request.messages.reduce((sum, { content }) => sum + pieces(content).length, 0);
    const completion_tokens = said.length + (reply.reasoning?.length ?? 0);
    const usage = { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
    send({ choices: [], usage });
  }
  response.end('data: [DONE]\n\n');
}

function refuse(response: ServerResponse, { status, contentType, body, headers }: Refusal): void {
  response.writeHead(status, { 'content-type': contentType, ...headers }).end(body);
}

function json(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}

function allow({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', headers.origin ?? '*');
  response.setHeader('access-control-allow-headers', 'authorization, content-type');
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
