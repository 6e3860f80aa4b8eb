// Whatever arrives: a check says yes or no, and does not throw.
import { describe, expect, test } from 'vitest';
import { isAbort, isEvent, isFromEngine, toOpening } from '../../../lib/engine/wire.ts';
import { isTask } from '../../../lib/engine/task-checks.ts';
import { AppError } from '../../../lib/errors.ts';
import { summarizeTask } from '../../fakes/article.ts';
import { SCRIPT } from '../../fakes/engine.ts';

const WRONG = [undefined, null, 0, -1, 1.5, NaN, 'constructor', '', [], {}, true, [null], { kind: 'run' }];

/** Every copy of a value in which one part has been replaced by something wrong, or left out. */
function* damaged(value: unknown): Generator {
  for (const wrong of WRONG) yield wrong;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const part = (value as Record<string, unknown>)[key];
    for (const other of damaged(part)) {
      yield Array.isArray(value) ? value.toSpliced(Number(key), 1, other) : { ...value, [key]: other };
    }
    if (!Array.isArray(value)) yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
  }
}

describe('damaged messages', () => {
  test('tasks', () => {
    const all = [...damaged(summarizeTask({ siteName: 'x' }))];
    const passed = all.filter(isTask);
    expect(all.length).toBeGreaterThan(200);
    for (const task of passed) {
      if (task.kind !== 'summarize') throw new Error(`a summary passed as ${task.kind}`);
      for (const { kind, text } of task.article.blocks)
        expect([typeof kind, typeof text]).toEqual(['string', 'string']);
      expect(typeof task.article.title).toBe('string');
      expect(['tldr', 'key-points', 'headline']).toContain(task.type);
      expect(['short', 'medium', 'long']).toContain(task.length);
      expect(['automatic', 'requested']).toContain(task.compose);
    }
  });

  test('events: what passes is of its kind, with numbers that are numbers', () => {
    for (const event of SCRIPT) {
      expect(isEvent(JSON.parse(JSON.stringify(event)))).toBe(true);
      for (const passed of [...damaged(event)].filter(isEvent)) {
        if (passed.kind === 'progress') expect(passed.fraction >= 0 && passed.fraction <= 1).toBe(true);
        if (passed.kind === 'delta') expect(typeof passed.text).toBe('string');
        if (passed.kind === 'statement') expect(passed.statement.sources.every(({ block }) => block >= 0)).toBe(true);
      }
    }
  });

  test('openings: anything else throws internal', () => {
    for (const opening of damaged({ kind: 'run-job', task: summarizeTask(), job: 7 })) {
      try {
        expect(isTask((toOpening(opening) as { task: unknown }).task)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect(error).toMatchObject({ code: 'internal' });
      }
    }
  });

  test('the rest', () => {
    for (const wrong of WRONG) {
      expect(isAbort(wrong)).toBe(false);
      expect(isFromEngine(wrong)).toBe(false);
    }
  });
});
