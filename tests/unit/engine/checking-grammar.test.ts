// Who fixes grammar: the checker for English, then the chosen model where that composes; the model alone for the rest.
import { describe, expect, it } from 'vitest';
import { CheckerEngine } from '../../../lib/engine/checker-engine.ts';
import { checkingGrammar } from '../../../lib/engine/checking-grammar.ts';
import type { Engine } from '../../../lib/engine/engine.ts';
import type { Hunk, RewriteTask, Task, TaskEvent } from '../../../lib/protocol.ts';
import { applyHunks, diffWords } from '../../../lib/tasks/rewrite/diff.ts';

/** Finds each "teh". */
const checker = new CheckerEngine({
  check: (text) =>
    Promise.resolve(
      [...text.matchAll(/teh/g)].map(({ index }) => ({
        start: index,
        end: index + 3,
        of: 'teh',
        rule: 'Typo',
        message: 'A slip.',
        suggestions: ['the'],
      })),
    ),
});

/** A model that changes words as `corrections` say; it keeps what it was asked. */
class Model implements Engine {
  readonly asked: Task[] = [];

  constructor(private readonly corrections: [string, string][]) {}

  async *run(task: Task): AsyncGenerator<TaskEvent> {
    await Promise.resolve();
    this.asked.push(task);
    const { text } = task as RewriteTask;
    const corrected = this.corrections.reduce((sum, [from, to]) => sum.replaceAll(from, to), text);
    const hunks = diffWords(text, corrected).map((edit): Hunk => ({ ...edit, by: 'model', doubts: [], reason: '' }));
    yield { kind: 'hunks', hunks };
    yield { kind: 'done', finishReason: 'stop', metrics: null };
  }
}

async function run(task: Partial<RewriteTask>, models: Engine, composes: boolean) {
  const engine = checkingGrammar({ checker, models, composes: () => Promise.resolve(composes) });
  const whole: RewriteTask = {
    kind: 'rewrite',
    action: 'fix-grammar',
    text: 'It is teh end of teh day.\nTeh cat sat on teh mat.',
    language: 'en',
    instruction: '',
    ...task,
  };
  const events: TaskEvent[] = [];
  for await (const event of engine.run(whole, new AbortController().signal)) events.push(event);
  const hunks = events.flatMap((event): Hunk[] => (event.kind === 'hunks' ? event.hunks : []));
  return { hunks, result: applyHunks(whole.text, hunks), last: events.at(-1)?.kind };
}

describe('English', () => {
  it('is the checker’s alone where the model does not compose: no model is asked', async () => {
    const model = new Model([]);
    const { hunks, result, last } = await run({}, model, false);
    expect(result).toBe('It is the end of the day.\nTeh cat sat on the mat.');
    expect(new Set(hunks.map(({ by }) => by))).toEqual(new Set(['checker']));
    expect([model.asked.length, last]).toEqual([0, 'done']);
  });

  it('is then the model’s, which reads what the checker has made; its hunks are of the original', async () => {
    const model = new Model([
      ['cat', 'dog'],
      ['Teh', 'The'],
      ['end', 'start'],
      // Touches what the checker has changed: that stays.
      ['the day', 'a day'],
    ]);
    const { hunks, result } = await run({}, model, true);
    expect((model.asked[0] as RewriteTask).text).toBe('It is the end of the day.\nTeh cat sat on the mat.');
    expect(result).toBe('It is the start of the day.\nThe dog sat on the mat.');
    expect(hunks.filter(({ by }) => by === 'model').map(({ start, end }) => [start, end])).toEqual([
      [10, 13],
      [26, 33],
    ]);
  });

  it('is tried where a short text does not tell its language', async () => {
    expect((await run({ text: 'teh end', language: '' }, new Model([]), false)).result).toBe('the end');
  });
});

it('other languages and other actions are the model’s', async () => {
  const model = new Model([['teh', 'tee']]);
  expect((await run({ text: 'der teh ist gut', language: 'de' }, model, false)).result).toBe('der tee ist gut');
  expect((await run({ action: 'shorten' }, model, false)).result).not.toContain('teh');
  expect(model.asked.map((task) => (task as RewriteTask).action)).toEqual(['fix-grammar', 'shorten']);
});
