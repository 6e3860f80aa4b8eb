// Where the panel's conversations are kept: in the browser's database, or nowhere, as the window is private or the reader says.
import { browser } from 'wxt/browser';
import type { Conversation } from '../history/conversation.ts';
import { ConversationStore } from '../history/conversation-store.ts';
import { PassingHistory, type History } from '../history/history.ts';
import { loadSettings, saveSettings } from './settings.ts';

/** private: this is a private window, which keeps nothing whatever the reader chose. */
export type Keeping = 'on' | 'off' | 'private';

export interface WindowHistory extends History {
  keeping(): Promise<Keeping>;
  /** What is kept already stays until it is deleted. */
  keep(on: boolean): Promise<void>;
}

/** The history of this page's window. Call it once: what it may not keep lives as long as the page. */
export function windowHistory(): WindowHistory {
  const store = new ConversationStore();
  const passing = new PassingHistory();

  const keeping = async (): Promise<Keeping> => {
    if ((await browser.windows.getCurrent()).incognito) return 'private';
    return (await loadSettings()).keepConversations ? 'on' : 'off';
  };
  const place = async (): Promise<History> => ((await keeping()) === 'on' ? store : passing);
  /** A private window neither shows nor changes what other windows have kept. */
  const places = async (): Promise<History[]> => ((await keeping()) === 'private' ? [passing] : [store, passing]);

  return {
    keeping,
    keep: (on) => saveSettings({ keepConversations: on }),
    latest: async (url) => (await place()).latest(url),
    put: async (conversation) => (await place()).put(conversation),
    async list() {
      const all = await Promise.all((await places()).map((each) => each.list()));
      const byId = new Map<string, Conversation>(all.flat().map((each) => [each.id, each]));
      return [...byId.values()].sort((a, b) => b.changedMs - a.changedMs);
    },
    async remove(id) {
      await Promise.all((await places()).map((each) => each.remove(id)));
    },
    async clear() {
      await Promise.all((await places()).map((each) => each.clear()));
    },
  };
}
