// Answering a question about what the reader has open: passages first, then the sentence that answers, for which no language model
// is needed, or what a model that composes writes from the passages; or that the page does not say.
import { throwIfAborted } from '../../errors.ts';
import type { ChatTask, TaskEvent } from '../../protocol.ts';
import type { Models } from '../models.ts';
import { primarySubtag } from '../stop-words.ts';
import { composeAnswer } from './compose-answer.ts';
import { coverageOf } from './coverage.ts';
import { needsNoSearch } from './gist.ts';
import { answers, embedCandidates, isEmbedded, unembedded, type Compared } from './meaning.ts';
import { quoteAnswer } from './quote-answer.ts';
import { matching, passagesAmong, retrieve } from './retrieve.ts';
import { answerFromAll } from './whole-text.ts';

/**
 * Yields `passages` before it asks for any model, and again as models order them; `done` last. Throws `aborted`, `needs-model` for an
 * instruction that the chosen model cannot follow, and what the models throw.
 */
export async function* chat(task: ChatTask, models: Models, signal: AbortSignal): AsyncGenerator<TaskEvent> {
  throwIfAborted(signal);
  if (needsNoSearch(task)) {
    yield* answerFromAll(task, models, signal);
    return;
  }
  const { articles } = task;
  const passages = (candidates: Parameters<typeof passagesAmong>[0]): TaskEvent => ({
    kind: 'passages',
    passages: passagesAmong(candidates, articles),
  });
  const retrieval = retrieve(task);
  yield passages(matching(retrieval));

  const { language } = retrieval;
  const { entry } = models;
  const knows = entry.languages.includes(primarySubtag(language));
  let candidates: Compared[] = unembedded(retrieval);
  if (isEmbedded(language) && retrieval.candidates.length > 0) {
    for await (candidates of embedCandidates(retrieval, await models.embedder(), signal)) yield passages(candidates);
  }
  if (knows && entry.methods.chat === 'composes') {
    yield* composeAnswer({ task, language, passages: passagesAmong(candidates, articles), models }, signal);
    return;
  }
  if (articles.length > 0) {
    yield { kind: 'progress', phase: 'reading', fraction: 1, coverage: coverageOf(articles) };
  }
  if (answers(candidates, retrieval, articles))
    yield { kind: 'statement', statement: quoteAnswer(candidates[0], articles) };
  else yield { kind: 'unanswered' };
  throwIfAborted(signal);
  yield { kind: 'done', finishReason: 'stop', metrics: null };
}
