// The messages of a task's port, on both hops, and their checks. Plain JSON; the receiving end checks every one.
import { AppError } from '../errors.ts';
import type { WireError } from '../errors.ts';
import type { Source } from '../article.ts';
import type {
  BackendEvent,
  Coverage,
  Doubt,
  FinishReason,
  Hunk,
  JobTask,
  Metrics,
  Passage,
  ProgressEvent,
  RewriteDoubt,
  Statement,
  Task,
  TaskEvent,
  Translation,
  TranslationDoubt,
} from '../protocol.ts';
import { array, fraction, literal, natural, nothing, number, object, optional, string, union } from './schema.ts';
import type { Check } from './schema.ts';
import { isJobTask, mark, isTask, textLength } from './task-checks.ts';

/** First on a port, once. `job` is the id of the tab that the task is about: a host that keeps jobs keeps it under that key. */
export type Opening =
  | { kind: 'run'; task: Task }
  | { kind: 'run-job'; task: JobTask; job: number }
  | { kind: 'attach'; job: number; to: JobTask['kind'] };

export type ToEngine = Opening | { kind: 'abort' };

/** After `done` or `error` the serving end closes the port. */
export type FromEngine =
  /** First, in answer to `attach`. */
  { kind: 'job'; task: JobTask | null } | { kind: 'events'; events: TaskEvent[] } | { kind: 'error'; error: WireError };

/** UTF-16 units of a task's text: a novel. Above it a message could hit the browser's limit of 64 MiB. */
const MAX_TEXT_LENGTH = 4_000_000;

const source: Check<Source> = object<Source>({
  article: optional(natural),
  block: natural,
  start: natural,
  end: natural,
});

const statement: Check<Statement> = object<Statement>({
  text: string,
  support: literal('quoted', 'supported', 'unsupported'),
  origin: literal('page', 'description', 'model'),
  sources: array(source),
  doubts: array(literal<Doubt>('number', 'name', 'similarity', 'likelihood')),
});

const coverage: Check<Coverage> = object<Coverage>({ words: number, wordsRead: number, part: number, parts: number });

const translation: Check<Translation> = object<Translation>({
  text: string,
  marks: array(mark),
  kept: array(
    object<Translation['kept'][number]>({
      start: natural,
      end: natural,
      doubts: array(literal<TranslationDoubt>('empty', 'copy', 'language', 'repetition', 'addition', 'number', 'link')),
    }),
  ),
});

const hunk: Check<Hunk> = object<Hunk>({
  start: natural,
  end: natural,
  replacement: string,
  by: literal('checker', 'rules', 'model'),
  doubts: array(
    literal<RewriteDoubt>('number', 'name', 'link', 'code', 'placeholder', 'negation', 'language', 'length', 'answer'),
  ),
  reason: string,
});

const passage: Check<Passage> = object<Passage>({
  article: natural,
  firstBlock: natural,
  lastBlock: natural,
  best: source,
});

const metrics: Check<Metrics> = object<Metrics>({
  timeToFirstTokenMs: number,
  promptTokens: number,
  cachedTokens: number,
  completionTokens: number,
  prefillTokensPerSecond: number,
  decodeTokensPerSecond: number,
  loadMs: number,
  totalMs: number,
  peakBytes: number,
});

type EventOf<K extends TaskEvent['kind']> = Extract<TaskEvent, { kind: K }>;

/** One check per kind, so that none can be forgotten. */
const events: { [K in TaskEvent['kind']]: Check<EventOf<K>> } = {
  progress: object<ProgressEvent>({
    kind: literal('progress'),
    phase: literal('loading', 'reading', 'writing', 'checking'),
    fraction,
    coverage: optional(coverage),
    remainingMs: optional(number),
    loadedBytes: optional(number),
    totalBytes: optional(number),
  }),
  backend: object<BackendEvent>({
    kind: literal('backend'),
    model: string,
    device: literal('cpu', 'gpu', 'browser', 'remote'),
    host: optional(string),
    threads: natural,
    reason: optional(string),
    madeMs: optional(natural),
    passedOver: optional(string),
  }),
  quotes: object<EventOf<'quotes'>>({ kind: literal('quotes'), quotes: array(statement), coverage }),
  delta: object<EventOf<'delta'>>({ kind: literal('delta'), text: string }),
  statement: object<EventOf<'statement'>>({ kind: literal('statement'), statement }),
  hunks: object<EventOf<'hunks'>>({ kind: literal('hunks'), hunks: array(hunk) }),
  passages: object<EventOf<'passages'>>({ kind: literal('passages'), passages: array(passage) }),
  unanswered: object<EventOf<'unanswered'>>({ kind: literal('unanswered') }),
  condensed: object<EventOf<'condensed'>>({ kind: literal('condensed'), turns: natural }),
  translation: object<EventOf<'translation'>>({ kind: literal('translation'), index: natural, translation }),
  done: object<EventOf<'done'>>({
    kind: literal('done'),
    finishReason: literal<FinishReason>('stop', 'length'),
    metrics: union(metrics, nothing),
  }),
};

export const isEvent: Check<TaskEvent> = union<TaskEvent[]>(...Object.values(events));

export const isWireError: Check<WireError> = object<WireError>({
  code: string as Check<WireError['code']>,
  detail: string,
});

type Message<U extends { kind: string }, K extends U['kind']> = Extract<U, { kind: K }>;

const isOpening: Check<Opening> = union<
  [Message<Opening, 'run'>, Message<Opening, 'run-job'>, Message<Opening, 'attach'>]
>(
  object<Message<Opening, 'run'>>({ kind: literal('run'), task: isTask }),
  object<Message<Opening, 'run-job'>>({ kind: literal('run-job'), task: isJobTask, job: natural }),
  object<Message<Opening, 'attach'>>({
    kind: literal('attach'),
    job: natural,
    to: literal<JobTask['kind']>('summarize', 'chat'),
  }),
);

export const isAbort: Check<{ kind: 'abort' }> = object<{ kind: 'abort' }>({ kind: literal('abort') });

export const isFromEngine: Check<FromEngine> = union<
  [Message<FromEngine, 'job'>, Message<FromEngine, 'events'>, Message<FromEngine, 'error'>]
>(
  object<Message<FromEngine, 'job'>>({ kind: literal('job'), task: union(isJobTask, nothing) }),
  object<Message<FromEngine, 'events'>>({ kind: literal('events'), events: array(isEvent) }),
  object<Message<FromEngine, 'error'>>({ kind: literal('error'), error: isWireError }),
);

/** The message as an opening. Throws `internal` where it is none, `input-too-long`. */
export function toOpening(message: unknown): Opening {
  if (!isOpening(message)) throw new AppError('internal', 'message not understood');
  if ('task' in message && textLength(message.task) > MAX_TEXT_LENGTH) {
    throw new AppError('input-too-long', `over ${MAX_TEXT_LENGTH} characters`);
  }
  return message;
}
