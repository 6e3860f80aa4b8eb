// What the panel shows for one tab: a union by `kind`, and the one pure function that moves it on.
// Knows tasks and their events; knows neither the screen nor the browser.
import type { WireError } from '../lib/errors.ts';
import type { Article } from '../lib/article.ts';
import type {
  BackendEvent,
  Coverage,
  FinishReason,
  Metrics,
  ProgressEvent,
  Statement,
  SummarizeTask,
  TaskEvent,
} from '../lib/protocol.ts';

/** What the reader pointed at: enough to ask for it again. */
export type Subject =
  | { scope: 'page' }
  /** `captured`: as it was at the gesture, for when the frame can no longer say. */
  | { scope: 'selection'; frameId: number; captured?: Article }
  /** Also what was read from a file that is no longer at hand. */
  | { scope: 'pasted'; article: Article };

/** One task and all that has come of it so far. */
export interface Run {
  subject: Subject;
  task: SummarizeTask;
  quotes: Statement[];
  statements: Statement[];
  /** What the model has written since the last statement: not checked yet. */
  draft: string;
  progress: ProgressEvent | null;
  coverage: Coverage | null;
  backend: BackendEvent | null;
}

export type View =
  | { kind: 'empty' }
  | { kind: 'reading'; subject: Subject }
  | { kind: 'running'; run: Run }
  | { kind: 'done'; run: Run; finishReason: FinishReason; metrics: Metrics | null }
  | { kind: 'stopped'; run: Run }
  /** `run` holds what there was before the failure; null where the page could not be read. */
  | { kind: 'failed'; error: WireError; subject: Subject; run: Run | null };

export type Action =
  | { kind: 'read'; subject: Subject }
  | { kind: 'begin'; subject: Subject; task: SummarizeTask }
  | { kind: 'event'; event: TaskEvent }
  | { kind: 'end'; error: WireError }
  | { kind: 'clear' };

export const EMPTY: View = { kind: 'empty' };

/** The next view. An event or end that reaches a view without a task in progress changes nothing. */
export function next(view: View, action: Action): View {
  switch (action.kind) {
    case 'read':
      return { kind: 'reading', subject: action.subject };
    case 'begin':
      return { kind: 'running', run: newRun(action.subject, action.task, runOf(view)) };
    case 'event':
      return view.kind === 'running' ? afterEvent(view.run, action.event) : view;
    case 'end':
      return afterEnd(view, action.error);
    case 'clear':
      return EMPTY;
  }
}

/** What a task is about, for one whose gesture is no longer known. */
export function subjectOf(article: Article): Subject {
  switch (article.scope) {
    case 'page':
      return { scope: 'page' };
    case 'selection':
      return { scope: 'selection', frameId: 0, captured: article };
    case 'pasted':
    case 'file':
      return { scope: 'pasted', article };
  }
}

/** The run that a view shows, null where it shows none. */
export function runOf(view: View): Run | null {
  return 'run' in view ? view.run : null;
}

/** A second run over the same text keeps the quotes of the first until it has its own: nothing blinks. */
function newRun(subject: Subject, task: SummarizeTask, earlier: Run | null): Run {
  const sameText = earlier?.task.article === task.article && earlier.task.type === task.type;
  return {
    subject,
    task,
    quotes: sameText ? earlier.quotes : [],
    statements: [],
    draft: '',
    progress: null,
    coverage: null,
    backend: null,
  };
}

function afterEvent(run: Run, event: TaskEvent): View {
  switch (event.kind) {
    case 'progress':
      return running({ ...run, progress: event, coverage: event.coverage ?? run.coverage });
    case 'backend':
      return running({ ...run, backend: event });
    case 'quotes':
      return running({ ...run, quotes: event.quotes, coverage: event.coverage });
    case 'delta':
      return running({ ...run, draft: run.draft + event.text });
    case 'statement':
      return running({ ...run, statements: [...run.statements, event.statement], draft: '' });
    case 'done':
      return { kind: 'done', run: settled(run), finishReason: event.finishReason, metrics: event.metrics };
    default:
      return running(run); // of no summary
  }
}

function afterEnd(view: View, error: WireError): View {
  if (view.kind !== 'reading' && view.kind !== 'running') return view;
  const run = view.kind === 'running' ? settled(view.run) : null;
  if (error.code === 'aborted') return run ? { kind: 'stopped', run } : EMPTY;
  const subject = view.kind === 'running' ? view.run.subject : view.subject;
  return { kind: 'failed', error, subject, run };
}

function running(run: Run): View {
  return { kind: 'running', run };
}

/** A half-written sentence was never checked, so it does not stay. */
function settled(run: Run): Run {
  return { ...run, draft: '' };
}
