// The engine where the grammar checker is: English only. Lives in a worker of its own, so that a check is quick whatever a model does.
import { AppError, throwIfAborted } from '../errors.ts';
import type { Task, TaskEvent } from '../protocol.ts';
import { hunksOf } from '../tasks/rewrite/grammar.ts';
import { paragraphsOf } from '../tasks/rewrite/paragraphs.ts';
import type { Checker } from './checker.ts';
import type { Engine } from './engine.ts';

export class CheckerEngine implements Engine {
  constructor(private readonly checker: Pick<Checker, 'check'>) {}

  /** Yields the hunks paragraph by paragraph: a long text shows its first at once. */
  async *run(task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    if (task.kind !== 'rewrite') throw new AppError('internal', `${task.kind} is not done here`);
    const paragraphs = paragraphsOf(task.text);
    for (const [i, { start, text }] of paragraphs.entries()) {
      throwIfAborted(signal);
      yield { kind: 'progress', phase: 'checking', fraction: i / paragraphs.length };
      const found = hunksOf(text, await this.checker.check(text, task.language));
      const hunks = found.map((hunk) => ({ ...hunk, start: hunk.start + start, end: hunk.end + start }));
      if (hunks.length > 0) yield { kind: 'hunks', hunks };
      // A check is one call that nothing interrupts: an abort is heard between two.
      await new Promise((resolve) => setTimeout(resolve));
    }
    throwIfAborted(signal);
    yield { kind: 'done', finishReason: 'stop', metrics: null };
  }
}
