// An engine that says what it is told to, one event per turn of the event loop, and obeys the laws of lib/engine/engine.ts.
import type { Engine } from '../../lib/engine/engine.ts';
import { throwIfAborted } from '../../lib/errors.ts';
import type { Coverage, Statement, Task, TaskEvent } from '../../lib/protocol.ts';

const COVERAGE: Coverage = { words: 38, wordsRead: 38, part: 1, parts: 1 };

export function statement(text: string): Statement {
  return { text, support: 'supported', origin: 'model', sources: [{ block: 1, start: 0, end: 10 }], doubts: [] };
}

/** A whole run: every kind of event. */
export const SCRIPT: TaskEvent[] = [
  { kind: 'progress', phase: 'reading', fraction: 0, coverage: COVERAGE },
  {
    kind: 'quotes',
    quotes: [{ ...statement('The Moon pulls the sea.'), support: 'quoted', origin: 'page' }],
    coverage: COVERAGE,
  },
  { kind: 'progress', phase: 'reading', fraction: 1 },
  ...'Tides 月 rise and 👩‍👩‍👧 fall. '.split(/(?<= )/).map((text): TaskEvent => ({ kind: 'delta', text })),
  { kind: 'statement', statement: statement('Tides rise and fall.') },
  { kind: 'progress', phase: 'writing', fraction: 0.5, remainingMs: 100 },
  ...'Twice a month they are high.'.split(/(?<= )/).map((text): TaskEvent => ({ kind: 'delta', text })),
  { kind: 'statement', statement: statement('Twice a month they are high.') },
  { kind: 'progress', phase: 'checking', fraction: 1 },
  { kind: 'done', finishReason: 'stop', metrics: null },
];

export const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

export class FakeEngine implements Engine {
  /** Runs begun and not ended. */
  running = 0;
  mostRunning = 0;
  /** Runs begun, in order. */
  readonly tasks: Task[] = [];
  /** Awaited before each event: makes a run wait where a test wants it. */
  beforeEvent: (event: TaskEvent, signal: AbortSignal) => Promise<unknown> = nextTurn;

  /** `script` may hold an error, which is thrown in its place. */
  /** Of the runs begun, in order. */
  get titles(): string[] {
    return this.tasks.map((task) => (task.kind === 'summarize' ? task.article.title : task.kind));
  }

  constructor(private readonly script: readonly (TaskEvent | Error)[] = SCRIPT) {}

  async *run(task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    throwIfAborted(signal);
    this.tasks.push(task);
    this.mostRunning = Math.max(this.mostRunning, ++this.running);
    try {
      for (const event of this.script) {
        if (event instanceof Error) throw event;
        await this.beforeEvent(event, signal);
        throwIfAborted(signal);
        yield event;
      }
    } finally {
      this.running--;
    }
  }
}

/** What waits for `passed` goes on when the test calls `open`. */
export function gate(): { passed: Promise<void>; open: () => void } {
  let open: (() => void) | undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: open! };
}

/** Resolves in the first turn in which the condition holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn();
}

/** Resolves when the signal fires. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
