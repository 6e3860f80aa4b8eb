// Other words for what the reader is writing, as hunks to take or leave: by rule where rules know how, else by a model that composes.
import { AppError, throwIfAborted } from '../../errors.ts';
import type { Hunk, RewriteTask, TaskEvent } from '../../protocol.ts';
import { detectLanguage } from '../language.ts';
import type { Models } from '../models.ts';
import { primarySubtag } from '../stop-words.ts';
import { bulletEdits } from './bullets.ts';
import { compose } from './compose.ts';
import type { Edit } from './diff.ts';
import { paragraphsOf } from './paragraphs.ts';
import { canShorten, consentedClauses, cuttableClauses, wordyEdits } from './shorten.ts';

/**
 * Yields `hunks` (disjoint, in the order of the text) and, where a model writes, `delta`s; `done` last. Throws `needs-model` where
 * the action needs a model that composes and the chosen one does not, `aborted`, and what the models throw.
 */
export async function* rewrite(task: RewriteTask, models: Models, signal: AbortSignal): AsyncGenerator<TaskEvent> {
  throwIfAborted(signal);
  const language = task.language || detectLanguage(task.text);
  if (task.action === 'bullet-list') {
    yield* hunks(bulletEdits(task.text, language));
    yield { kind: 'done', finishReason: 'stop', metrics: null };
  } else if (models.entry.methods.rewrite === 'composes') {
    yield* compose({ ...task, language }, await models.model(), signal);
  } else if (task.action === 'shorten' && canShorten(language)) {
    yield* shorten(task.text, language, models, signal);
  } else {
    throw new AppError('needs-model', task.action);
  }
}

/** Loads the model only where there is a clause that it may let go. */
async function* shorten(
  text: string,
  language: string,
  models: Models,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent> {
  const { languages, cannotScore } = models.entry;
  const mayJudge = languages.includes(primarySubtag(language)) && !cannotScore;
  const paragraphs = paragraphsOf(text);
  for (const [i, { start, text: paragraph }] of paragraphs.entries()) {
    throwIfAborted(signal);
    yield { kind: 'progress', phase: 'checking', fraction: i / paragraphs.length };
    const edits = wordyEdits(paragraph, language);
    const clauses = mayJudge ? cuttableClauses(paragraph, language) : [];
    if (clauses.length > 0) {
      edits.push(...(await consentedClauses(paragraph, clauses, language, await models.model(), signal)));
    }
    edits.sort((a, b) => a.start - b.start);
    yield* hunks(edits.map((edit) => ({ ...edit, start: edit.start + start, end: edit.end + start })));
  }
  yield { kind: 'done', finishReason: 'stop', metrics: null };
}

function* hunks(edits: readonly Edit[]): Generator<TaskEvent> {
  if (edits.length > 0) yield { kind: 'hunks', hunks: edits.map(byRule) };
}

function byRule(edit: Edit): Hunk {
  return { ...edit, by: 'rules', doubts: [], reason: '' };
}
