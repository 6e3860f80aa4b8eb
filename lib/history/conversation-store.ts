// Conversations in IndexedDB. What is read is checked: another version, or damage, may have written it.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { addressOf, parseConversation, type Conversation } from './conversation.ts';
import type { History } from './history.ts';

interface Schema extends DBSchema {
  conversations: { key: string; value: Conversation; indexes: { url: string; changedMs: number } };
}

const VERSION = 1;

/** Any number of them, in any contexts, share what they keep. Rejects where the browser's database does. */
export class ConversationStore implements History {
  private database: Promise<IDBPDatabase<Schema>> | undefined;

  constructor(private readonly name = 'conversations') {}

  async latest(url: string): Promise<Conversation | null> {
    const found = await (await this.opened()).getAllFromIndex('conversations', 'url', addressOf(url));
    return newestFirst(found).at(0) ?? null;
  }

  async put(conversation: Conversation): Promise<void> {
    await (await this.opened()).put('conversations', conversation);
  }

  async list(): Promise<Conversation[]> {
    return newestFirst(await (await this.opened()).getAll('conversations'));
  }

  async remove(id: string): Promise<void> {
    await (await this.opened()).delete('conversations', id);
  }

  async clear(): Promise<void> {
    await (await this.opened()).clear('conversations');
  }

  /** A database that failed, or that the browser has closed, is opened anew the next time. */
  private opened(): Promise<IDBPDatabase<Schema>> {
    const forget = (): void => void (this.database = undefined);
    this.database ??= openDB<Schema>(this.name, VERSION, {
      upgrade(database) {
        const store = database.createObjectStore('conversations', { keyPath: 'id' });
        store.createIndex('url', 'url');
        store.createIndex('changedMs', 'changedMs');
      },
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    this.database.catch(forget);
    return this.database;
  }
}

function newestFirst(stored: unknown[]): Conversation[] {
  const conversations = stored.map(parseConversation).filter((each) => each !== null);
  return conversations.sort((a, b) => b.changedMs - a.changedMs);
}
