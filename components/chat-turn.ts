// How a turn of a conversation grows by what the engine says of it. Pure: knows neither the screen nor the browser.
import type { WireError } from '../lib/errors.ts';
import type { KeptPassage, KeptStatement, Place, ReadPage, Turn } from '../lib/history/conversation.ts';
import type { Article, Source } from '../lib/article.ts';
import type { ChatTask, Passage, Statement, TaskEvent } from '../lib/protocol.ts';
import { firstPassages } from '../lib/tasks/chat/gist.ts';
import { quoteOf } from '../lib/tasks/quote.ts';
import { modelName } from './labels.ts';

/** `action`: name of the quick action whose instruction the question is. */
export function newTurn(question: string, action?: string): Turn {
  return {
    id: crypto.randomUUID(),
    question,
    ...(action !== undefined && { action }),
    askedMs: Date.now(),
    outcome: 'pending',
    pages: [],
    passages: [],
    statements: [],
    condensed: 0,
    model: '',
    rating: 'none',
  };
}

/** The turn, about what the task reads, with nothing said yet. */
export function begun(turn: Turn, { articles }: ChatTask): Turn {
  const pages = articles.map(({ url, title, language, scope, blocks }): ReadPage => ({
    url,
    title,
    language,
    scope,
    blocks: blocks.length,
  }));
  return { ...turn, outcome: 'pending', pages, passages: [], statements: [], condensed: 0, madeMs: undefined };
}

/** The same, with the passages that are there before any model: of an instruction none. */
export function withPassages(turn: Turn, task: ChatTask): Turn {
  return grown(begun(turn, task), { kind: 'passages', passages: firstPassages(task) }, task);
}

/** The turn after an event of its task; of an event that adds nothing which lasts, the same turn. */
export function grown(turn: Turn, event: TaskEvent, { articles }: ChatTask): Turn {
  switch (event.kind) {
    case 'backend':
      return { ...turn, model: modelName(event), ...(event.madeMs !== undefined && { madeMs: event.madeMs }) };
    case 'passages':
      return { ...turn, passages: event.passages.flatMap((each) => keptPassage(each, articles)) };
    case 'statement':
      return { ...turn, statements: [...turn.statements, keptStatement(event.statement, articles)] };
    case 'condensed':
      return { ...turn, condensed: event.turns };
    case 'progress':
      return event.coverage ? { ...turn, coverage: event.coverage } : turn;
    case 'unanswered':
      return { ...turn, outcome: 'unanswered' };
    case 'done':
      return {
        ...turn,
        outcome: turn.outcome === 'unanswered' || turn.statements.length === 0 ? 'unanswered' : 'answered',
        ...(event.finishReason === 'length' && { cut: true }),
      };
    default:
      return turn; // of no chat, or a piece of what is still being written
  }
}

/** The turn, given up: what there is of it stays. */
export function ended(turn: Turn, error: WireError): Turn {
  if (error.code === 'aborted') return { ...turn, outcome: 'stopped' };
  return { ...turn, outcome: 'failed', error };
}

/** The number of each place: that of the passage which holds it; after those, the others as they are first mentioned. */
export function numberPlaces({ passages, statements }: Turn): (place: Place) => number {
  const others = new Map<string, number>();
  const passageOf = (place: Place) => passages.findIndex((passage) => holds(passage, place));
  for (const place of statements.flatMap(({ places }) => places)) {
    if (passageOf(place) < 0 && !others.has(placeKey(place))) {
      others.set(placeKey(place), passages.length + others.size + 1);
    }
  }
  return (place) => passageOf(place) + 1 || (others.get(placeKey(place)) ?? 0);
}

export function placeKey({ page, block, start, end }: Place): string {
  return `${page}:${block}:${start}-${end}`;
}

export function holds({ page, firstBlock, lastBlock }: KeptPassage, place: Place): boolean {
  return place.page === page && place.block >= firstBlock && place.block <= lastBlock;
}

/** None where the article has no such place. */
function keptPassage({ article, firstBlock, lastBlock, best }: Passage, articles: Article[]): KeptPassage[] {
  const place = placeOf({ ...best, article }, articles);
  if (!place || best.block < firstBlock || best.block > lastBlock) return [];
  const texts = articles[article].blocks.slice(firstBlock, lastBlock + 1).map(({ text }) => text);
  const before = texts.slice(0, best.block - firstBlock).reduce((sum, text) => sum + text.length + 1, 0);
  return [
    {
      page: article,
      firstBlock,
      lastBlock,
      text: texts.join('\n'),
      bestStart: before + best.start,
      bestEnd: before + best.end,
      best: place,
    },
  ];
}

function keptStatement({ text, support, doubts, sources }: Statement, articles: Article[]): KeptStatement {
  const places = sources.map((source) => placeOf(source, articles)).filter((place) => place !== null);
  return { text, support, doubts, places };
}

function placeOf(source: Source, articles: Article[]): Place | null {
  const { article: page = 0, block, start, end } = source;
  const article = articles.at(page);
  return article?.blocks.at(block) ? { page, block, start, end, quote: quoteOf(article, source) } : null;
}
