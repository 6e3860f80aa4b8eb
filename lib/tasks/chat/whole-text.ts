// What needs no search: the reader's own instruction, which only a model that writes can follow, or what the text or a part of it is
// about, which the sentences of a summary tell where no model writes.
import { AppError, throwIfAborted } from '../../errors.ts';
import type { ChatTask, Passage, TaskEvent } from '../../protocol.ts';
import type { Models } from '../models.ts';
import { primarySubtag } from '../stop-words.ts';
import { composeAnswer } from './compose-answer.ts';
import { coverageOf } from './coverage.ts';
import { gistOf, gistPassages, sectionsOf } from './gist.ts';
import { searchIndexOf } from './search-index.ts';

/** Throws `needs-model` for an instruction where the chosen model does not write; else as `chat`. */
export async function* answerFromAll(task: ChatTask, models: Models, signal: AbortSignal): AsyncGenerator<TaskEvent> {
  const { articles, instruct } = task;
  const { entry } = models;
  const language = articles.length > 0 ? searchIndexOf(articles[0]).language : '';
  const writes = entry.methods.chat === 'composes';
  if (instruct && !writes) throw new AppError('needs-model', 'instruct');
  yield { kind: 'passages', passages: gistPassages(task) };
  if (writes && (instruct || entry.languages.includes(primarySubtag(language)))) {
    yield* composeAnswer({ task, language, passages: allPassages(task), models }, signal);
    return;
  }
  const gist = gistOf(task);
  yield { kind: 'progress', phase: 'reading', fraction: 1, coverage: coverageOf(articles) };
  for (const statement of gist) yield { kind: 'statement', statement };
  if (gist.length === 0) yield { kind: 'unanswered' };
  throwIfAborted(signal);
  yield { kind: 'done', finishReason: 'stop', metrics: null };
}

/** In the order of the text, so that what does not fit is its end. */
function allPassages(task: ChatTask): Passage[] {
  return sectionsOf(task).flatMap(({ article, firstBlock: first, lastBlock: last }) =>
    searchIndexOf(task.articles[article])
      .passages.filter(({ firstBlock, lastBlock }) => lastBlock >= first && firstBlock <= last)
      .map((range): Passage => {
        const { text } = task.articles[article].blocks[range.firstBlock];
        return { article, ...range, best: { article, block: range.firstBlock, start: 0, end: text.length } };
      }),
  );
}
