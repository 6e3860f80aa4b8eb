// What the rewrite card shows: a union by `kind`, and the one pure function that moves it on. Knows neither the screen nor the page.
import type { WireError } from '../lib/errors.ts';
import type { Hunk, ProgressEvent, RewriteOrder, TaskEvent } from '../lib/protocol.ts';
import { modelName } from './labels.ts';

/** One order and all that has come of it so far. */
export interface Proposal {
  order: RewriteOrder;
  /** In the order of the text. */
  hunks: readonly Hunk[];
  /** Which hunks the reader takes; those that are doubted only once the reader says so. */
  taken: readonly boolean[];
  /** What a model has written so far, not compared with the text yet. */
  draft: string;
  progress: ProgressEvent | null;
  /** Name of the model, '' while or where none has a part in it. */
  model: string;
  /** Where the text has gone; absent: nowhere, the model runs on this machine. */
  host?: string | undefined;
  /** Of a proposal that the model made earlier and that is given again: when, in Unix time. */
  madeMs?: number | undefined;
}

export type RewriteView =
  | { kind: 'choosing' }
  /** The reader says in words what to do. */
  | { kind: 'instructing' }
  | { kind: 'working'; proposal: Proposal }
  | { kind: 'proposed'; proposal: Proposal }
  /** Another model could do it. */
  | { kind: 'needs-model'; order: RewriteOrder }
  | { kind: 'failed'; order: RewriteOrder; error: WireError };

export type RewriteStep =
  | { kind: 'choose' }
  | { kind: 'instruct' }
  | { kind: 'begin'; order: RewriteOrder }
  | { kind: 'event'; event: TaskEvent }
  | { kind: 'end'; error: WireError }
  | { kind: 'take'; index: number; taken: boolean };

/** The next view. What comes when nothing is being worked on changes nothing. */
export function nextRewrite(view: RewriteView, step: RewriteStep): RewriteView {
  switch (step.kind) {
    case 'choose':
      return { kind: 'choosing' };
    case 'instruct':
      return { kind: 'instructing' };
    case 'begin':
      return { kind: 'working', proposal: begun(step.order) };
    case 'event':
      return view.kind === 'working' ? afterEvent(view.proposal, step.event) : view;
    case 'end':
      return view.kind === 'working' ? afterEnd(view.proposal.order, step.error) : view;
    case 'take':
      return view.kind === 'proposed' ? { ...view, proposal: taking(view.proposal, step.index, step.taken) } : view;
  }
}

/** The hunks that the reader takes. */
export function takenHunks({ hunks, taken }: Proposal): Hunk[] {
  return hunks.filter((_, index) => taken[index]);
}

/** A part of the text: as it is, or one of the hunks. */
export type Segment = { kind: 'same'; text: string } | { kind: 'hunk'; index: number; before: string; after: string };

/** The whole text, in order: what stays and what would change. */
export function segmentsOf(text: string, hunks: readonly Hunk[]): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  hunks.forEach(({ start, end, replacement }, index) => {
    if (start > at) segments.push({ kind: 'same', text: text.slice(at, start) });
    segments.push({ kind: 'hunk', index, before: text.slice(start, end), after: replacement });
    at = end;
  });
  if (at < text.length) segments.push({ kind: 'same', text: text.slice(at) });
  return segments;
}

function begun(order: RewriteOrder): Proposal {
  return { order, hunks: [], taken: [], draft: '', progress: null, model: '' };
}

function afterEvent(proposal: Proposal, event: TaskEvent): RewriteView {
  switch (event.kind) {
    case 'progress':
      return working({ ...proposal, progress: event });
    case 'backend':
      return working({ ...proposal, model: modelName(event), host: event.host, madeMs: event.madeMs });
    case 'delta':
      return working({ ...proposal, draft: proposal.draft + event.text });
    case 'hunks':
      return working(withHunks(proposal, event.hunks));
    case 'done':
      return { kind: 'proposed', proposal };
    default:
      return working(proposal); // of no rewriting
  }
}

function afterEnd(order: RewriteOrder, error: WireError): RewriteView {
  if (error.code === 'aborted') return { kind: 'choosing' };
  return error.code === 'needs-model' ? { kind: 'needs-model', order } : { kind: 'failed', order, error };
}

function working(proposal: Proposal): RewriteView {
  return { kind: 'working', proposal };
}

function withHunks(proposal: Proposal, more: readonly Hunk[]): Proposal {
  const hunks = [...proposal.hunks, ...more].sort((a, b) => a.start - b.start || a.end - b.end);
  return { ...proposal, hunks, taken: hunks.map(({ doubts }) => doubts.length === 0) };
}

function taking(proposal: Proposal, index: number, taken: boolean): Proposal {
  return { ...proposal, taken: proposal.taken.map((before, at) => (at === index ? taken : before)) };
}
