// A private window that the reader lets Inkling into: questions are answered there, and nothing of them is kept.
import { describe, expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/panel.ts';
import { ask, openChat, toggleHistory, untilPassages, untilTold } from './chat-panel.ts';
import { useBrowser } from './harness.ts';

const COST = 'What did the final bill come to?';

describe('a private window', () => {
  const subject = useBrowser();

  test('is answered in, and leaves nothing behind', async () => {
    const panel = await subject.driver.openPrivatePanel(subject.site.url + 'article.html');
    await openChat(panel);
    await ask(panel, COST);
    expect(await untilPassages(panel)).toMatch(/1\.1 million/);
    expect((await untilTold(panel)).quotes.join(' ')).toMatch(/1\.1 million/);
    await toggleHistory(panel);
    expect(await panel.waitFor(() => document.querySelector('.conversations .note')?.textContent)).toMatch(/private/i);
    const kept = await allThatIsKept(panel);
    expect(kept).toContain('settings');
    expect(kept).not.toContain('bill');
    expect(kept).not.toContain('article.html');
  });
});

/** Every record of every database and storage that the panel can reach, as text. */
function allThatIsKept(panel: Panel): Promise<string> {
  return panel.evaluate(async () => {
    const apis = globalThis as unknown as { browser?: typeof chrome; chrome: typeof chrome };
    const { storage } = apis.browser ?? apis.chrome; // Firefox's own `chrome` takes callbacks
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('unread'));
      });
    const records: unknown[] = [await storage.local.get(), await storage.session.get()];
    // Firefox has no databases in a private window: what cannot be opened there cannot be written there.
    for (const { name } of await indexedDB.databases().catch(() => [])) {
      const database = await answer(indexedDB.open(name!));
      for (const store of database.objectStoreNames) {
        records.push(await answer(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    return JSON.stringify(records);
  });
}
