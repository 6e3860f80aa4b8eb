// The seam of what is remembered of conversations, and the one that forgets all when its page is closed.
import { addressOf, type Conversation } from './conversation.ts';

/** What of a conversation is kept, until the reader deletes it. */
export interface History {
  /** The address's latest conversation, null where there is none. */
  latest(url: string): Promise<Conversation | null>;
  /** In place of what was kept under its id. */
  put(conversation: Conversation): Promise<void>;
  /** Newest first. */
  list(): Promise<Conversation[]>;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
}

/** For private windows, and where the reader wants nothing kept. */
export class PassingHistory implements History {
  private readonly conversations = new Map<string, Conversation>();

  async latest(url: string): Promise<Conversation | null> {
    return (await this.list()).find((each) => each.url === addressOf(url)) ?? null;
  }

  put(conversation: Conversation): Promise<void> {
    this.conversations.set(conversation.id, conversation);
    return Promise.resolve();
  }

  list(): Promise<Conversation[]> {
    return Promise.resolve([...this.conversations.values()].sort((a, b) => b.changedMs - a.changedMs));
  }

  remove(id: string): Promise<void> {
    this.conversations.delete(id);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.conversations.clear();
    return Promise.resolve();
  }
}
