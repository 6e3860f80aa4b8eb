// Reading a tab's page ahead of the first question about it, where that is worth the power it takes.
import type { Article } from '../article.ts';
import { connect } from '../engine/port.ts';
import type { ChatTurn } from '../protocol.ts';
import { whenBatteryIsLow } from './battery.ts';
import { openEnginePort, startHostWhereNeeded } from './engine-port.ts';
import { send } from './messaging.ts';
import { readPage } from './read-page.ts';

const engine = connect(openEnginePort);

/**
 * `page`: the tab's, where it is being read already. Resolves when it is done, or not to be done (any more): a page that cannot be
 * read says why when the reader asks about it.
 */
export async function readAhead(
  tabId: number,
  page: Promise<Article> | null,
  history: ChatTurn[],
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  try {
    const saving = await whenBatteryIsLow(over.signal);
    if (saving.aborted) return;
    await startHostWhereNeeded();
    if (signal.aborted || !(await send('readsAhead'))) return;
    const article = await (page ?? readPage(tabId));
    const run = engine.run({ kind: 'read-ahead', articles: [article], history }, AbortSignal.any([signal, saving]));
    for await (const event of run) if (event.kind === 'done') return;
  } catch {
    // Nobody waits for it.
  } finally {
    over.abort();
  }
}
