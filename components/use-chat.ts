// The conversations of the panel: one for each tab and address. Asks, follows what the engine says, stops, remembers.
// A question's answer goes on while another tab is in front, and in the host when the panel is closed.
import { useCallback, useEffect, useReducer, useRef } from 'preact/hooks';
import { AppError, throwIfAborted, toWire } from '../lib/errors.ts';
import { addressOf, type Rating, type Turn } from '../lib/history/conversation.ts';
import type { History } from '../lib/history/history.ts';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';
import type { Article } from '../lib/article.ts';
import type { ChatTask, TaskEvent } from '../lib/protocol.ts';
import { entryOf, type Entry } from './chat-entry.ts';
import { begun, ended, grown, newTurn, withPassages } from './chat-turn.ts';
import { IDLE, isAbout, liveAfter, named, newConversation, told, toldTurn, withLast, type Chat } from './chat-view.ts';
import { sameArticle } from './chat-reading.ts';
import { painted } from './painted.ts';

/** Reads what a question is about: the page in front first. */
export type ReadArticles = () => Promise<Article[]>;

export interface Chats {
  /** One for each page of a tab; it stays the same when the browser lets Inkling see the page's address only later. */
  page: number;
  /** null until it is known what was kept. */
  chat: Chat | null;
  /** What the latest question was asked about, as it was read then. */
  articles: readonly Article[];
  /** The question that is being written: it stays with its page while another tab is in front. */
  draft: string;
  write: (draft: string) => void;
  /**
   * Asks in place of the turn at `at` and all after it; at the end where absent. What is asked before there is a chat waits for it. The
   * same question in the same place is answered anew. `known`: what `read` last gave, or is likely to give: its passages are shown at once.
   */
  ask: (asked: Asked, read: ReadArticles, at?: number, known?: readonly Article[]) => void;
  stop: () => void;
  rate: (turnId: string, rating: Rating) => void;
  /** Begins another conversation about the same address; the one before stays in the history. */
  startOver: () => void;
  /** Drops what is shown of a deleted conversation; of all for null. */
  forget: (id: string | null) => void;
}

/** A question, or the instruction of the quick action `action`. */
export interface Asked {
  question: string;
  action?: string | undefined;
}

export function useChat(platform: PanelPlatform, history: History, tab: ActiveTab | null): Chats {
  const entries = useRef(new Map<string, Entry>());
  const [, render] = useReducer((count: number) => count + 1, 0);
  const tabId = tab?.tabId ?? null;
  const address = addressOf(tab?.url ?? '');
  const title = useRef('');
  title.current = tab?.title ?? '';
  const entry = tabId === null ? undefined : entryOf(entries.current, tabId, address);

  const show = useCallback((entry: Entry, change: Partial<Chat>) => {
    if (!entry.chat) return;
    entry.chat = { ...entry.chat, ...change };
    render(0);
  }, []);

  const keep = useCallback(
    (entry: Entry, turns: Turn[]) => {
      if (!entry.chat) return;
      const conversation = { ...entry.chat.conversation, turns, changedMs: Date.now() };
      show(entry, { conversation });
      // What cannot be kept is still shown: a full disk is no reason to lose the answer.
      void history.put(conversation).catch(() => undefined);
    },
    [history, show],
  );

  const giveUp = useCallback(
    (entry: Entry, error: unknown) => {
      if (!entry.chat?.live) return;
      const { turns } = entry.chat.conversation;
      show(entry, { live: null });
      keep(entry, turns.with(-1, ended(turns.at(-1)!, toWire(error))));
    },
    [keep, show],
  );

  /** Makes the last turn of the entry about what the task reads. */
  const begin = useCallback(
    (entry: Entry, task: ChatTask) => {
      if (entry.chat) show(entry, { conversation: withLast(entry.chat.conversation, (turn) => begun(turn, task)) });
    },
    [show],
  );

  /** Follows a task to its end as the last turn of the entry. */
  const follow = useCallback(
    async (entry: Entry, task: ChatTask, events: AsyncIterable<TaskEvent>, signal: AbortSignal) => {
      for await (const event of events) {
        const { chat } = entry;
        if (signal.aborted || !chat?.live) return;
        const live = liveAfter(chat.live, event);
        const turns = chat.conversation.turns.with(-1, grown(chat.conversation.turns.at(-1)!, event, task));
        if (event.kind === 'done') {
          show(entry, { live: null });
          keep(entry, turns);
        } else {
          const backend = event.kind === 'backend' ? event : chat.backend;
          show(entry, { live, backend, conversation: { ...chat.conversation, turns } });
        }
      }
    },
    [keep, show],
  );

  /** Makes `work` the only thing that speaks for the entry; what it throws ends the last turn. */
  const occupy = useCallback(
    async (entry: Entry, work: (signal: AbortSignal) => Promise<void>) => {
      entry.running?.abort();
      const controller = new AbortController();
      entry.running = controller;
      try {
        await work(controller.signal);
      } catch (error) {
        if (entry.running === controller) giveUp(entry, error);
      } finally {
        if (entry.running === controller) entry.running = null;
      }
    },
    [giveUp],
  );

  /** What was kept of the address, or what the tab's job is about; then follows the job, if it still runs. */
  const open = useCallback(
    (entry: Entry) =>
      occupy(entry, async (signal) => {
        const { tabId, address } = entry;
        entry.opened = address;
        const kept = address === '' ? null : await history.latest(address).catch(() => null);
        const last = kept?.turns.at(-1);
        const isOver = last !== undefined && last.outcome !== 'pending';
        const job = isOver
          ? null
          : await platform
              .engine(tabId)
              .attach('chat', signal)
              .catch(() => null);
        if (signal.aborted) return;
        entry.chat = { conversation: kept ?? newConversation(address, title.current), live: null, backend: null };
        if (job && isAbout(job.task, address, last)) {
          const turns = kept?.turns ?? [...job.task.history.map(toldTurn), newTurn(job.task.question)];
          entry.articles = job.task.articles;
          show(entry, { live: IDLE, conversation: { ...entry.chat.conversation, turns } });
          begin(entry, job.task);
          await follow(entry, job.task, job.events, signal);
        } else {
          await job?.events[Symbol.asyncIterator]().return?.();
          if (last && !isOver) keep(entry, kept!.turns.with(-1, ended(last, toWire(new AppError('aborted')))));
          show(entry, {});
        }
        for (const asked of entry.waiting.splice(0)) asked();
      }),
    [platform, history, occupy, begin, follow, keep, show],
  );

  // Also when the address of an entry has become known before anything was asked: something may be kept under it.
  useEffect(() => {
    if (!entry || entry.opened === address) return;
    if (!entry.chat?.conversation.turns.length) void open(entry);
    else {
      entry.opened = address;
      show(entry, { conversation: { ...entry.chat.conversation, url: address } });
    }
  }, [entry, address]);

  const ask = useCallback(
    (asked: Asked, read: ReadArticles, at?: number, known: readonly Article[] = []) => {
      if (!entry) return;
      if (!entry.chat) {
        entry.waiting.push(() => ask(asked, read, at, known));
        return;
      }
      const { question, action } = asked;
      const before = entry.chat.conversation.turns.slice(0, at);
      const isAgain = at !== undefined && entry.chat.conversation.turns.at(at)?.question === question;
      const taskAbout = (articles: Article[]): ChatTask => ({
        kind: 'chat',
        question,
        ...(action !== undefined && { instruct: true }),
        articles,
        history: before.flatMap(told),
        ...(isAgain && { results: 'renew' }),
      });
      const turn = newTurn(question, action);
      const shown = known.length > 0 ? withPassages(turn, taskAbout([...known])) : turn;
      show(entry, { live: IDLE, conversation: { ...entry.chat.conversation, turns: [...before, shown] } });
      void occupy(entry, async (signal) => {
        // All else takes its time on this thread, and in Firefox what other pages of Inkling's do as well.
        if (known.length > 0) await painted();
        throwIfAborted(signal);
        keep(entry, [...before, shown]);
        const articles = await read();
        if (signal.aborted) return;
        // What was read before and has not changed is the same object: what was made of it need not be made again.
        entry.articles = articles.map(
          (article) => [...known, ...entry.articles].find((each) => sameArticle(each, article)) ?? article,
        );
        const task = taskAbout(entry.articles);
        const isKnown = known.length > 0 && task.articles.every((article, i) => article === known.at(i));
        // Begun before, so that a panel which is closed at the sight of passages has handed its task over.
        const followed = follow(entry, task, platform.engine(entry.tabId).run(task, signal), signal);
        if (entry.chat) {
          const conversation = named(entry.chat.conversation, entry.articles.at(0));
          show(entry, {
            conversation: isKnown ? conversation : withLast(conversation, (last) => withPassages(last, task)),
          });
        }
        await followed;
      });
    },
    [entry, platform, follow, keep, occupy, show],
  );

  // Said at once, not when the engine has wound down: what the reader stops has stopped.
  const stop = useCallback(() => {
    if (!entry) return;
    entry.running?.abort();
    entry.running = null;
    giveUp(entry, new AppError('aborted'));
  }, [entry, giveUp]);

  const write = useCallback(
    (draft: string) => {
      if (!entry) return;
      entry.draft = draft;
      render(0);
    },
    [entry],
  );

  const rate = useCallback(
    (turnId: string, rating: Rating) => {
      if (!entry?.chat) return;
      const { turns } = entry.chat.conversation;
      keep(
        entry,
        turns.map((turn) => (turn.id === turnId ? { ...turn, rating } : turn)),
      );
    },
    [entry, keep],
  );

  const reset = useCallback((of: Entry) => {
    of.running?.abort();
    of.running = null;
    if (!of.chat) return;
    const { url, title: named } = of.chat.conversation;
    of.chat = { conversation: newConversation(url, named), live: null, backend: of.chat.backend };
    render(0);
  }, []);

  const startOver = useCallback(() => {
    if (!entry) return;
    stop();
    reset(entry);
  }, [entry, stop, reset]);

  const forget = useCallback(
    (id: string | null) => {
      for (const each of entries.current.values()) {
        if (id === null || each.chat?.conversation.id === id) reset(each);
      }
    },
    [reset],
  );

  return {
    page: entry?.page ?? 0,
    chat: entry?.chat ?? null,
    articles: entry?.articles ?? [],
    draft: entry?.draft ?? '',
    write,
    ask,
    stop,
    rate,
    startOver,
    forget,
  };
}
