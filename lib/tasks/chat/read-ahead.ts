// What a question about the articles will need is made ready before one is asked: the sentences are embedded, and a model that
// composes reads what every question begins with, so that the first waits for its own words only.
import { throwIfAborted } from '../../errors.ts';
import type { ReadAheadTask, TaskEvent } from '../../protocol.ts';
import type { Models } from '../models.ts';
import { primarySubtag } from '../stop-words.ts';
import { isEmbedded } from './meaning.ts';
import { answerPrompt } from './prompts.ts';
import { openingOf } from './reading.ts';
import { searchIndexOf } from './search-index.ts';
import { embedAhead } from './token-matches.ts';

/**
 * A language model that only chooses is not loaded: its answers need none. Says how far it is, and `done`. What has been read stays in
 * the model's cache, also after an abort. Throws `aborted`, and what the models throw.
 */
export async function* readAhead(task: ReadAheadTask, models: Models, signal: AbortSignal): AsyncGenerator<TaskEvent> {
  throwIfAborted(signal);
  const { articles, history } = task;
  const index = articles.length > 0 ? searchIndexOf(articles[0]) : null;
  const language = index?.language ?? '';
  if (index && isEmbedded(language)) {
    const told = index.sentences.filter(({ kind }) => kind !== 'heading').map(({ text }) => text);
    for await (const fraction of embedAhead(await models.embedder(), told, signal))
      yield { kind: 'progress', phase: 'loading', fraction };
  }
  if (models.entry.methods.chat === 'composes' && models.entry.languages.includes(primarySubtag(language))) {
    const model = await models.model();
    const { texts, turns, earlier } = openingOf({ articles, history, question: '' }, model);
    const prompt = answerPrompt({ opening: texts, passages: [], question: '', turns, earlier });
    for await (const event of model.generate(prompt, { maxNewTokens: 0 }, signal)) {
      if (event.kind === 'prefill')
        yield { kind: 'progress', phase: 'reading', fraction: event.done / Math.max(1, event.total) };
    }
  }
  throwIfAborted(signal);
  yield { kind: 'done', finishReason: 'stop', metrics: null };
}
