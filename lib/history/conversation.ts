// A conversation about a page, told so that it outlasts the page: every place that an answer rests on carries its own words.
// Pure. Knows neither where conversations are kept nor how they are shown.
import { ERROR_CODES, type WireError } from '../errors.ts';
import { array, literal, natural, number, object, optional, string, type Check } from '../engine/schema.ts';
import type { Article, Source, TextQuote } from '../article.ts';
import type { Coverage, Doubt, Statement } from '../protocol.ts';

export interface Conversation {
  id: string;
  /** Without its fragment; '' where the page has no address. */
  url: string;
  title: string;
  startedMs: number;
  changedMs: number;
  turns: Turn[];
}

/** pending: asked, and nobody has said how it ended. */
export type Outcome = 'pending' | 'answered' | 'unanswered' | 'stopped' | 'failed';
export type Rating = 'none' | 'up' | 'down';

export interface Turn {
  id: string;
  question: string;
  /** Name of the reader's quick action that asked: the question is its instruction then. */
  action?: string;
  askedMs: number;
  outcome: Outcome;
  /** With `failed`. */
  error?: WireError;
  /** What was read for the answer: Place.page and KeptPassage.page count in it. */
  pages: ReadPage[];
  passages: KeptPassage[];
  statements: KeptStatement[];
  coverage?: Coverage;
  /** So many of the oldest turns were condensed for this one. */
  condensed: number;
  /** The answer was cut at its greatest length. */
  cut?: boolean;
  /** Name of the model, '' while unknown. */
  model: string;
  /** Of an answer that was made earlier and is given again: when, in Unix time. */
  madeMs?: number;
  rating: Rating;
}

export interface ReadPage {
  url: string;
  title: string;
  /** BCP 47, '' where unknown. */
  language: string;
  scope: Article['scope'];
  /** How many it has: places and passages count in them. */
  blocks?: number;
}

/** A place of a page, with what stands there. */
export interface Place extends Omit<Source, 'article'> {
  page: number;
  quote: TextQuote;
}

export interface KeptPassage {
  page: number;
  firstBlock: number;
  lastBlock: number;
  /** The blocks, one a line. */
  text: string;
  /** The best sentence as a part of `text`: UTF-16 offsets, end exclusive. */
  bestStart: number;
  bestEnd: number;
  best: Place;
}

export type KeptStatement = Pick<Statement, 'text' | 'support' | 'doubts'> & { places: Place[] };

const page: Check<ReadPage> = object<ReadPage>({
  url: string,
  title: string,
  language: string,
  scope: literal('page', 'selection', 'pasted', 'file'),
  blocks: optional(natural),
});

const place: Check<Place> = object<Place>({
  page: natural,
  block: natural,
  start: natural,
  end: natural,
  quote: object<TextQuote>({
    exact: string,
    prefix: string,
    suffix: string,
    page: optional(natural),
    seconds: optional(number),
  }),
});

const passage: Check<KeptPassage> = object<KeptPassage>({
  page: natural,
  firstBlock: natural,
  lastBlock: natural,
  text: string,
  bestStart: natural,
  bestEnd: natural,
  best: place,
});

const statement: Check<KeptStatement> = object<KeptStatement>({
  text: string,
  support: literal('quoted', 'supported', 'unsupported'),
  doubts: array(literal<Doubt>('number', 'name', 'similarity', 'likelihood')),
  places: array(place),
});

const isTurn: Check<Turn> = object<Turn>({
  id: string,
  question: string,
  action: optional(string),
  askedMs: number,
  outcome: literal<Outcome>('pending', 'answered', 'unanswered', 'stopped', 'failed'),
  error: optional(object<WireError>({ code: literal(...ERROR_CODES), detail: string })),
  pages: array(page),
  passages: array(passage),
  statements: array(statement),
  coverage: optional(object<Coverage>({ words: natural, wordsRead: natural, part: natural, parts: natural })),
  condensed: natural,
  cut: optional((value): value is boolean => typeof value === 'boolean'),
  model: string,
  madeMs: optional(number),
  rating: literal<Rating>('none', 'up', 'down'),
});

const isHead = object<Omit<Conversation, 'turns'> & { turns: unknown[] }>({
  id: string,
  url: string,
  title: string,
  startedMs: number,
  changedMs: number,
  turns: array((value): value is unknown => value !== undefined),
});

/** A conversation out of anything: a turn that is none is left out alone; null where the whole is none. */
export function parseConversation(stored: unknown): Conversation | null {
  if (!isHead(stored)) return null;
  const { id, url, title, startedMs, changedMs } = stored;
  return { id, url, title, startedMs, changedMs, turns: stored.turns.filter(isTurn).filter(isCoherent) };
}

/** Places name pages that there are. */
function isCoherent({ pages, passages, statements }: Turn): boolean {
  const places = [...passages, ...passages.map(({ best }) => best), ...statements.flatMap((each) => each.places)];
  return places.every((each) => each.page < pages.length);
}

/** What conversations are kept under: two places of one page are one address. */
export function addressOf(url: string): string {
  return url.split('#', 1)[0];
}

/** What the turn's answer says, without marks of sources; '' where there is none. */
export function answerText({ statements }: Turn): string {
  return statements.map(({ text }) => text).join(' ');
}

/** Whether every word of the query stands somewhere in the conversation. */
export function isAbout(conversation: Conversation, query: string): boolean {
  const { title, url, turns } = conversation;
  const text = fold([title, url, ...turns.flatMap((turn) => [turn.question, answerText(turn)])].join('\n'));
  return fold(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
