// Whether what models write may be given again: not where the reader does not want it, and never in a private window.
import { browser } from 'wxt/browser';
import type { JobEngine } from '../engine/engine.ts';
import type { ResultUse } from '../protocol.ts';
import { loadSettings } from './settings.ts';

/** What a task says of its result (protocol.ts), of what is wanted for it. */
export async function resultUse(wanted: ResultUse, isPrivate: boolean): Promise<{ results?: ResultUse }> {
  return !isPrivate && (await loadSettings()).keepResults ? { results: wanted } : {};
}

/** The same engine, for a page in a window: what was made earlier is given again, unless a task says otherwise. */
export function reusingResults(engine: JobEngine): JobEngine {
  return {
    async *run({ results, ...task }, signal) {
      const { incognito } = await browser.windows.getCurrent();
      yield* engine.run({ ...task, ...(await resultUse(results ?? 'reuse', incognito)) }, signal);
    },
    attach: (kind, signal) => engine.attach(kind, signal),
  };
}
