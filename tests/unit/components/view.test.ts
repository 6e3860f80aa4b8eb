import { describe, expect, it } from 'vitest';
import { EMPTY, next, subjectOf, type Action, type View } from '../../../components/view.ts';
import type { SummarizeTask, TaskEvent } from '../../../lib/protocol.ts';
import { ARTICLE, COVERAGE, quote, written } from './samples.ts';

const TASK: SummarizeTask = {
  kind: 'summarize',
  article: ARTICLE,
  type: 'key-points',
  length: 'short',
  compose: 'automatic',
};
const subject = { scope: 'page' } as const;
const begin: Action = { kind: 'begin', subject, task: TASK };
const said = (...events: TaskEvent[]): Action[] => events.map((event) => ({ kind: 'event', event }));
const play = (...actions: Action[]): View => actions.reduce(next, EMPTY);
const aborted: Action = { kind: 'end', error: { code: 'aborted', detail: '' } };
const broken: Action = { kind: 'end', error: { code: 'timed-out', detail: 'silent' } };

function running(view: View) {
  if (view.kind !== 'running') throw new Error(`is ${view.kind}`);
  return view.run;
}

describe('a view', () => {
  it('reads, runs and is done', () => {
    expect(play({ kind: 'read', subject })).toEqual({ kind: 'reading', subject });
    expect(play({ kind: 'read', subject }, begin).kind).toBe('running');
    const view = play(begin, ...said({ kind: 'done', finishReason: 'length', metrics: null }));
    expect(view).toMatchObject({ kind: 'done', finishReason: 'length', metrics: null });
  });

  it('replaces quotes, appends statements, and gives up the draft that a statement stands for', () => {
    const view = play(
      begin,
      ...said(
        { kind: 'quotes', quotes: [quote(0)], coverage: COVERAGE },
        { kind: 'quotes', quotes: [quote(1), quote(2)], coverage: COVERAGE },
        { kind: 'delta', text: 'The ti' },
        { kind: 'delta', text: 'de' },
      ),
    );
    expect(running(view)).toMatchObject({ quotes: [quote(1), quote(2)], draft: 'The tide', coverage: COVERAGE });
    const later = play(
      begin,
      ...said(
        { kind: 'delta', text: 'The tide' },
        { kind: 'statement', statement: written('One.') },
        { kind: 'delta', text: 'Tw' },
        { kind: 'statement', statement: written('Two.') },
      ),
    );
    expect(running(later)).toMatchObject({ statements: [written('One.'), written('Two.')], draft: '' });
  });

  it('keeps the coverage that it knows when progress says none', () => {
    const view = play(
      begin,
      ...said(
        { kind: 'progress', phase: 'reading', fraction: 0.5, coverage: COVERAGE },
        { kind: 'progress', phase: 'checking', fraction: 0 },
      ),
    );
    expect(running(view)).toMatchObject({ coverage: COVERAGE, progress: { phase: 'checking' } });
  });

  it('keeps what there is when stopped or failed, but never half a sentence', () => {
    const soFar = [begin, ...said({ kind: 'statement', statement: written('One.') }, { kind: 'delta', text: 'Tw' })];
    const rest = { statements: [written('One.')], draft: '' };
    expect(play(...soFar, aborted)).toMatchObject({ kind: 'stopped', run: rest });
    expect(play(...soFar, broken)).toMatchObject({ kind: 'failed', error: { code: 'timed-out' }, subject, run: rest });
  });

  it('is empty again when the reading is stopped, and fails without a run when it fails', () => {
    expect(play({ kind: 'read', subject }, aborted)).toEqual(EMPTY);
    expect(play({ kind: 'read', subject }, broken)).toMatchObject({ kind: 'failed', subject, run: null });
  });

  it('ignores what comes after its end', () => {
    const done = play(begin, ...said({ kind: 'done', finishReason: 'stop', metrics: null }));
    expect(next(done, said({ kind: 'delta', text: 'late' })[0])).toBe(done);
    expect(next(done, broken)).toBe(done);
    expect(next(EMPTY, aborted)).toBe(EMPTY);
  });

  it('keeps the quotes of the same text through a second run, and drops those of another', () => {
    const first = play(begin, ...said({ kind: 'quotes', quotes: [quote(0)], coverage: COVERAGE }));
    const composed: SummarizeTask = { ...TASK, compose: 'requested' };
    expect(running(next(first, { ...begin, task: composed })).quotes).toEqual([quote(0)]);
    expect(running(next(first, { ...begin, task: { ...TASK, article: { ...ARTICLE } } })).quotes).toEqual([]);
    expect(running(next(first, { ...begin, task: { ...TASK, type: 'headline' } })).quotes).toEqual([]);
  });

  it('knows what a found job was about', () => {
    expect(subjectOf(ARTICLE)).toEqual({ scope: 'page' });
    const selection = { ...ARTICLE, scope: 'selection' } as const;
    expect(subjectOf(selection)).toEqual({ scope: 'selection', frameId: 0, captured: selection });
    const pasted = { ...ARTICLE, scope: 'pasted' } as const;
    expect(subjectOf(pasted)).toEqual({ scope: 'pasted', article: pasted });
  });
});
