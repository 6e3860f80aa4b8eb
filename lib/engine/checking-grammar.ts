// Grammar and spelling by whom the language asks for: English by the checker, then what it misses by the chosen model, if that
// composes; other languages by the model alone.
import type { Hunk, RewriteTask, TaskEvent } from '../protocol.ts';
import { detectLanguage } from '../tasks/language.ts';
import { primarySubtag } from '../tasks/stop-words.ts';
import { applyHunks } from '../tasks/rewrite/diff.ts';
import { inOriginal } from '../tasks/rewrite/on-top.ts';
import { abortable } from './abortable.ts';
import type { Engine } from './engine.ts';

export interface GrammarParts {
  checker: Engine;
  /** Does every other task, too. */
  models: Engine;
  /** Whether the model that is chosen for rewriting composes. */
  composes: () => Promise<boolean>;
}

export function checkingGrammar(parts: GrammarParts): Engine {
  return {
    run(task, signal) {
      const isChecked = task.kind === 'rewrite' && task.action === 'fix-grammar' && isEnglish(task);
      return isChecked ? checked(task, parts, signal) : parts.models.run(task, signal);
    },
  };
}

/** Short notes tell nothing of their language: what is Latin and not plainly something else is tried. */
function isEnglish({ language, text }: RewriteTask): boolean {
  return ['en', ''].includes(primarySubtag(language || detectLanguage(text)));
}

async function* checked(
  task: RewriteTask,
  { checker, models, composes }: GrammarParts,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent, void, void> {
  const found: Hunk[] = [];
  for await (const event of checker.run(task, signal)) {
    if (event.kind === 'hunks') found.push(...event.hunks);
    if (event.kind !== 'done') yield event;
  }
  if (!(await abortable(composes(), signal))) {
    // The checker's word is all there is.
    yield { kind: 'done', finishReason: 'stop', metrics: null };
    return;
  }
  const corrected = applyHunks(task.text, found);
  for await (const event of models.run({ ...task, text: corrected }, signal)) {
    if (event.kind !== 'hunks') yield event;
    else yield { kind: 'hunks', hunks: inOriginal(event.hunks, found) };
  }
}
