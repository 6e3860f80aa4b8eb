// What the panel holds of a tab at an address: its conversation, what is being written, what runs. Who holds them: use-chat.ts.
import type { Article } from '../lib/article.ts';
import { addressOf } from '../lib/history/conversation.ts';
import type { Chat } from './chat-view.ts';

export interface Entry {
  page: number;
  tabId: number;
  address: string;
  /** The address under which it was looked for what is kept; null before that. */
  opened: string | null;
  chat: Chat | null;
  /** Called once there is a chat. */
  waiting: (() => void)[];
  /** Ends what runs. */
  running: AbortController | null;
  /** As read for the latest question. */
  articles: Article[];
  draft: string;
}

/**
 * The entry of a tab at an address. One that was begun while the browser did not let Inkling see the address goes on under it, as
 * long as nothing says that it is about another page.
 */
export function entryOf(entries: Map<string, Entry>, tabId: number, address: string): Entry {
  const known = entries.get(`${tabId} ${address}`);
  if (known) return known;
  const begun = entries.get(`${tabId} `);
  const entry: Entry =
    begun && mayBeAbout(begun, address)
      ? begun
      : {
          page: ++pages,
          tabId,
          address,
          opened: null,
          chat: null,
          waiting: [],
          running: null,
          articles: [],
          draft: '',
        };
  entries.delete(`${tabId} ${entry.address}`);
  entry.address = address;
  entries.set(`${tabId} ${address}`, entry);
  return entry;
}

let pages = 0;

/** What was read says which page it is of; where nothing was, nothing was asked, or the page is being read right now. */
function mayBeAbout({ chat, articles }: Entry, address: string): boolean {
  const read = articles.at(0);
  if (read) return addressOf(read.url) === address;
  return chat?.live !== null || chat.conversation.turns.length === 0;
}
