// Summarizing: the page's own sentences at once, then, as far as the model may, its judgement of cuts or a text of its own, checked.
import { throwIfAborted } from '../errors.ts';
import { EMBEDDER } from '../model/catalog.ts';
import type { Statement, SummarizeTask, TaskEvent } from '../protocol.ts';
import { Checker } from './check.ts';
import { compose } from './compose.ts';
import type { Models } from './models.ts';
import { shorteningPrompt } from './prompts.ts';
import { rankSentences } from './rank.ts';
import { selectFrom } from './select.ts';
import { primarySubtag } from './stop-words.ts';
import { applyCuts, clauseCuts, consented, ruleCuts } from './trim.ts';

/**
 * Yields `quotes` before it asks for any model, so that they stand at once. Then either `quotes` again, trimmed where the model
 * consents, or what it composes; `done` last. Throws `aborted`, and what the models throw.
 */
export async function* summarize(task: SummarizeTask, models: Models, signal: AbortSignal): AsyncGenerator<TaskEvent> {
  throwIfAborted(signal);
  const { article } = task;
  const ranking = rankSentences(article);
  const selection = selectFrom(article, ranking, task);
  yield { kind: 'quotes', ...selection };

  const { entry } = models;
  const knows = entry.languages.includes(primarySubtag(ranking.language));
  const composes = entry.methods.summarize === 'composes';
  if (knows && ranking.candidates.length > 0 && (composes || task.compose === 'requested')) {
    const model = await models.model();
    const isEmbedded = (EMBEDDER.languages as readonly string[]).includes(primarySubtag(ranking.language));
    const embedder = isEmbedded ? await models.embedder() : null;
    const checker = new Checker(ranking, { model: entry.cannotScore ? null : model, embedder }, signal);
    // What a model may do that nobody has measured is for the reader to judge: its sentences stay, marked.
    const keepUnsupported = !composes || entry.cannotScore === true;
    const wording = composes ? 'instructed' : 'taught';
    yield* compose({ task, ranking, model, checker, keepUnsupported, wording }, signal);
    return;
  }
  const quotes =
    knows && !entry.cannotScore ? yield* trimmed(task, selection.quotes, ranking.language, models, signal) : null;
  if (quotes) yield { kind: 'quotes', quotes, coverage: selection.coverage };
  yield { kind: 'done', finishReason: 'stop', metrics: null };
}

/** The quotes less the clauses that the model can do without; null where no quote has one, and then no model is loaded. */
async function* trimmed(
  { article }: SummarizeTask,
  quotes: Statement[],
  language: string,
  models: Models,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent, Statement[] | null> {
  const plans = quotes.map((quote) => {
    const source = quote.origin === 'page' ? quote.sources[0] : undefined;
    const text = source ? article.blocks[source.block].text.slice(source.start, source.end) : '';
    const rules = ruleCuts(text, language);
    // A headline or a quote that is shown as it stands has nothing to cut.
    const isSentence = source !== undefined && applyCuts(text, rules) === quote.text;
    const clauses = isSentence
      ? clauseCuts(text).filter((cut) => rules.every((rule) => cut.end <= rule.start || rule.end <= cut.start))
      : [];
    return { quote, text, rules, clauses };
  });
  const total = plans.filter(({ clauses }) => clauses.length > 0).length;
  if (total === 0) return null;
  const model = await models.model();
  const result: Statement[] = [];
  let done = 0;
  for (const { quote, text, rules, clauses } of plans) {
    throwIfAborted(signal);
    if (clauses.length === 0) {
      result.push(quote);
      continue;
    }
    yield { kind: 'progress', phase: 'checking', fraction: done++ / total };
    const cuts = await consented(text, clauses, model, shorteningPrompt(text), signal);
    result.push({ ...quote, text: applyCuts(text, [...rules, ...cuts]) });
  }
  yield { kind: 'progress', phase: 'checking', fraction: 1 };
  return result;
}
