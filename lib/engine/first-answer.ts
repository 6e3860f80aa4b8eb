// What needs no model, at once, while the host starts and the model loads: for pages, around an engine over a port.
import { throwIfAborted } from '../errors.ts';
import type { JobTask, TaskEvent } from '../protocol.ts';
import { firstPassages } from '../tasks/chat/gist.ts';
import { selectSentences } from '../tasks/select.ts';
import type { JobEngine } from './engine.ts';

/** Sentences with what the rules look for: names, numbers, quotations, pronouns, connectives. */
const SAMPLE =
  'The tide came in at 6:40 on Monday, said Anna Berg, who has kept the harbour of Varden since 1987. “We lose four seconds a week,” ' +
  'she told the council (its members were all there). However, the old clock, which Dr. Holm built, shows only hours. Why does it? ' +
  'Nobody in the town was in such a hurry, the maker thought, and in 41 years there has been no complaint.';

/** The same engine, whose runs begin with the key sentences, or the passages that have the question's words. */
export function answerFirst(engine: JobEngine): JobEngine {
  return {
    async *run(task, signal) {
      throwIfAborted(signal);
      // Begun before, so that a panel which is closed at the sight of them has handed its task over.
      const events = engine.run(task, signal)[Symbol.asyncIterator]();
      const begun = events.next();
      begun.catch(() => undefined); // awaited below, unless nobody wants it any more
      try {
        yield firstAnswer(task);
        for (let next = await begun; !next.done; next = await events.next()) yield next.value;
      } finally {
        await events.return?.();
      }
    },
    attach: (kind, signal) => engine.attach(kind, signal),
  };
}

/**
 * Has the browser compile what the first summary needs, which on a small page is most of its time (Firefox: 100 of 120 ms).
 * Call it when nothing else is to do.
 */
export function warmUp(): void {
  const paragraph = { kind: 'paragraph', text: SAMPLE } as const;
  const article = {
    url: '',
    title: 'Tides',
    language: 'en',
    description: '',
    scope: 'page',
    hiddenCharacters: 0,
  } as const;
  selectSentences(
    { ...article, blocks: Array.from({ length: 8 }, () => paragraph) },
    { type: 'key-points', length: 'short' },
  );
}

function firstAnswer(task: JobTask): TaskEvent {
  if (task.kind === 'summarize') return { kind: 'quotes', ...selectSentences(task.article, task) };
  return { kind: 'passages', passages: firstPassages(task) };
}
