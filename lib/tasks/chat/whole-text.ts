// What is asked of the text as a whole: the reader's own instruction, which only a model that writes can follow, or what the text is
// about, which the sentences of a summary tell where no model writes.
import { AppError, throwIfAborted } from '../../errors.ts';
import type { Article, ChatTask, Passage, TaskEvent } from '../../protocol.ts';
import type { Models } from '../models.ts';
import { primarySubtag } from '../stop-words.ts';
import { composeAnswer } from './compose-answer.ts';
import { coverageOf } from './coverage.ts';
import { gistOf, passagesOfAll } from './gist.ts';
import { searchIndexOf } from './search-index.ts';

/** Throws `needs-model` for an instruction where the chosen model does not write; else as `chat`. */
export async function* answerFromAll(task: ChatTask, models: Models, signal: AbortSignal): AsyncGenerator<TaskEvent> {
  const { articles, instruct } = task;
  const { entry } = models;
  const language = articles.length > 0 ? searchIndexOf(articles[0]).language : '';
  const writes = entry.methods.chat === 'composes';
  if (instruct && !writes) throw new AppError('needs-model', 'instruct');
  yield { kind: 'passages', passages: passagesOfAll(task) };
  if (writes && (instruct || entry.languages.includes(primarySubtag(language)))) {
    yield* composeAnswer({ task, language, passages: allPassages(articles), models }, signal);
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
function allPassages(articles: readonly Article[]): Passage[] {
  return articles.flatMap((read, article) =>
    searchIndexOf(read).passages.map((range): Passage => {
      const { text } = read.blocks[range.firstBlock];
      return { article, ...range, best: { article, block: range.firstBlock, start: 0, end: text.length } };
    }),
  );
}
