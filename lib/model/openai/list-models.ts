// The models that a server offers, by its own list.
import { AppError } from '../../errors.ts';
import { Deadline } from './deadline.ts';
import { ask, failure, type ServerAccess } from './request.ts';

export interface OfferedModel {
  id: string;
  /** Where the server says how much it gives the model. */
  contextWindow?: number;
}

/** A list is short and at hand: a server that does not give it soon is down. */
export const LIST_MS = 5_000;

/** Throws `aborted`, or a code of a server (lib/errors.ts). */
export async function listModels(server: ServerAccess, asked: AbortSignal): Promise<OfferedModel[]> {
  const deadline = new Deadline(asked);
  deadline.expectWithin(LIST_MS);
  try {
    const response = await ask(server, { path: '/models', deadline });
    const answer = (await response.json()) as { data?: unknown };
    if (!Array.isArray(answer.data)) throw new TypeError('no list');
    return answer.data.flatMap((each: unknown) => offered(each) ?? []);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (asked.aborted) throw new AppError('aborted');
    throw failure(
      server,
      deadline.passedMs > 0 ? 'server-unreachable' : 'server-garbled',
      'not a list of models',
      error,
    );
  } finally {
    deadline.end();
  }
}

/** Each server has its own word for the window: vLLM, OpenRouter, llama.cpp. */
function offered(value: unknown): OfferedModel | null {
  const { id, max_model_len, context_length, meta } = Object(value) as Record<string, unknown>;
  if (typeof id !== 'string' || id === '') return null;
  const stated = [max_model_len, context_length, (Object(meta) as Record<string, unknown>).n_ctx];
  const contextWindow = stated.find((tokens): tokens is number => Number.isSafeInteger(tokens) && Number(tokens) > 0);
  return { id, ...(contextWindow !== undefined && { contextWindow }) };
}
