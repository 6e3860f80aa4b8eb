// What the panel shows of one conversation, and how that moves on. Pure: knows neither the screen nor the browser.
import { addressOf, answerText, type Conversation, type Turn } from '../lib/history/conversation.ts';
import type { Article } from '../lib/article.ts';
import type { BackendEvent, ChatTask, ChatTurn, ProgressEvent, TaskEvent } from '../lib/protocol.ts';
import { newTurn } from './chat-turn.ts';

/** What is being done for the last turn; lasts as long as that. */
export interface Live {
  progress: ProgressEvent | null;
  /** Written since the last statement, not checked yet. */
  draft: string;
}

/** What the panel shows of one tab at one address. */
export interface Chat {
  conversation: Conversation;
  /** null where nothing runs. */
  live: Live | null;
  backend: BackendEvent | null;
}

export const IDLE: Live = { progress: null, draft: '' };

export function newConversation(url: string, title: string): Conversation {
  const nowMs = Date.now();
  return { id: crypto.randomUUID(), url, title, startedMs: nowMs, changedMs: nowMs, turns: [] };
}

/** The page says its address and title better than the tab does. */
export function named(conversation: Conversation, article: Article | undefined): Conversation {
  if (!article) return conversation;
  const url = conversation.url || addressOf(article.url);
  return { ...conversation, url, title: article.title || conversation.title };
}

/** The conversation, its last turn changed. */
export function withLast(conversation: Conversation, change: (turn: Turn) => Turn): Conversation {
  return { ...conversation, turns: conversation.turns.with(-1, change(conversation.turns.at(-1)!)) };
}

export function liveAfter(live: Live, event: TaskEvent): Live {
  switch (event.kind) {
    case 'progress':
      return { ...live, progress: event };
    case 'delta':
      return { ...live, draft: live.draft + event.text };
    case 'statement':
      return { ...live, draft: '' };
    default:
      return live;
  }
}

/** Whether a tab's job is the turn that is waited for, of the page at the address. */
export function isAbout({ question, articles }: ChatTask, address: string, pending: Turn | undefined): boolean {
  const isOfPage = address === '' || addressOf(articles.at(0)?.url ?? '') === address;
  return isOfPage && (!pending || pending.question === question);
}

/** A turn as the model is told of it; one that came to no end is not told. */
export function told(turn: Turn): ChatTurn[] {
  if (turn.outcome !== 'answered' && turn.outcome !== 'unanswered') return [];
  return [{ question: turn.question, answer: turn.outcome === 'answered' ? answerText(turn) : '' }];
}

/** A turn of which only the words are known: the host keeps no more of the earlier ones. */
export function toldTurn({ question, answer }: ChatTurn): Turn {
  const turn = newTurn(question);
  if (answer === '') return { ...turn, outcome: 'unanswered' };
  return { ...turn, outcome: 'answered', statements: [{ text: answer, support: 'supported', doubts: [], places: [] }] };
}
