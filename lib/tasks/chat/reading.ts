// What of the articles a model that composes is given to read: an opening that is the same for every question about them, so that it
// is read once, and after it the passages that were found for the one question.
import type { LanguageModel } from '../../model/language-model.ts';
import type { Article } from '../../article.ts';
import type { ChatTask, Passage } from '../../protocol.ts';
import { condense, type Condensed } from './condense.ts';
import { passagesOf, type BlockRange } from './passages.ts';
import { answerPrompt } from './prompts.ts';

export const ANSWER_TOKENS = 200;
/** Of the window, less the answer, at most this share is for the conversation so far. */
const HISTORY = 0.25;
/** What the chat template adds to a prompt, and to each of its messages. */
const TEMPLATE_TOKENS = 48;
const MESSAGE_TOKENS = 12;
/** Left for the question where the opening is all that is read. */
const QUESTION_TOKENS = 100;
/** Of the window: where not all of the text fits, its first passage opens if it is no larger. */
const LEAD = 0.1;
/** No tokenizer makes a token of more: what is longer need not be counted to be known not to fit. */
const MOST_CHARACTERS_PER_TOKEN = 10;

type Range = BlockRange & { article: number };

/** What every question of a conversation begins with. */
export interface Opening extends Condensed {
  texts: string[];
  ranges: Range[];
  /** Nothing is left to be found. */
  isWhole: boolean;
}

export interface Reading {
  texts: string[];
  /** All that is read, the opening too, as an article of its own, and where each of its blocks comes from. */
  article: Article;
  places: { article: number; block: number }[];
}

/** The whole text where it leaves room for a conversation, else how it begins: of neither more than the window holds. */
export function openingOf(
  { articles, history, question }: Pick<ChatTask, 'articles' | 'history' | 'question'>,
  model: LanguageModel,
): Opening {
  const room = model.contextWindow - ANSWER_TOKENS;
  const forHistory = Math.floor(room * HISTORY);
  const condensed = condense(history, forHistory, (text) => model.countTokens(text));
  const opening = (ranges: Range[], isWhole: boolean): Opening => {
    return { ...condensed, texts: ranges.map((range) => titled(range, articles)), ranges, isWhole };
  };
  const fits = ({ texts }: Opening, most: number) =>
    texts.join('').length <= most * MOST_CHARACTERS_PER_TOKEN &&
    promptTokens({ ...NOTHING, opening: texts }, model) <= most;
  const all = opening(articles.flatMap(wholeRange), true);
  // The same whatever is asked, as long as that is no longer than questions are.
  const forQuestion = Math.max(QUESTION_TOKENS, model.countTokens(question));
  if (fits(all, room - forHistory - forQuestion)) return all;
  const lead = opening(articles.slice(0, 1).flatMap(firstRange), false);
  return fits(lead, model.contextWindow * LEAD + promptTokens(NOTHING, model)) ? lead : opening([], false);
}

/** The best passages that fit beside the opening, whole; what does not fit, or has been read already, is left out. */
export function readingOf(
  opening: Opening,
  { articles, question }: Pick<ChatTask, 'articles' | 'question'>,
  passages: readonly Passage[],
  model: LanguageModel,
): Reading {
  const { turns, earlier, ranges, isWhole } = opening;
  const used = promptTokens({ opening: opening.texts, passages: [], question, turns, earlier }, model);
  let left = model.contextWindow - ANSWER_TOKENS - used;
  const texts: string[] = [];
  const read = [...ranges];
  for (const passage of isWhole ? [] : passages) {
    if (ranges.some((range) => overlap(range, passage))) continue;
    const text = textOf(passage, articles);
    const tokens = model.countTokens(text) + 2;
    if (tokens > left) continue;
    left -= tokens;
    texts.push(text);
    read.push(passage);
  }
  const places = read.flatMap(({ article, firstBlock, lastBlock }) =>
    Array.from({ length: lastBlock - firstBlock + 1 }, (_, i) => ({ article, block: firstBlock + i })),
  );
  const blocks = places.map(({ article, block }) => articles[article].blocks[block]);
  return { texts, places, article: { ...articles[0], blocks } };
}

const NOTHING = { opening: [], passages: [], question: '', turns: [], earlier: [] };

function promptTokens(asked: Parameters<typeof answerPrompt>[0], model: LanguageModel): number {
  const messages = answerPrompt(asked);
  return messages.reduce((sum, { content }) => sum + model.countTokens(content) + MESSAGE_TOKENS, TEMPLATE_TOKENS);
}

function textOf({ article, firstBlock, lastBlock }: Range, articles: readonly Article[]): string {
  const blocks = articles[article].blocks.slice(firstBlock, lastBlock + 1);
  return blocks.map(({ text }) => text).join('\n');
}

/** What begins with its article's title already does not need it. */
function titled(range: Range, articles: readonly Article[]): string {
  const text = textOf(range, articles);
  const { title } = articles[range.article];
  return title && !text.startsWith(title) ? `${title}\n${text}` : text;
}

function wholeRange({ blocks }: Article, article: number): Range[] {
  return blocks.length > 0 ? [{ article, firstBlock: 0, lastBlock: blocks.length - 1 }] : [];
}

function firstRange(read: Article, article: number): Range[] {
  return passagesOf(read)
    .slice(0, 1)
    .map((range) => ({ article, ...range }));
}

function overlap(a: Range, b: Range): boolean {
  return a.article === b.article && a.firstBlock <= b.lastBlock && b.firstBlock <= a.lastBlock;
}
