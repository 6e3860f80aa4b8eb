// Long work in short tasks, so that the page answers its reader in between.

/** A step of work: a generator is resumed until it returns, a task is left whenever the time is up. */
export type Work = Generator<void, void>;

/** Of 50 ms, from which on a task is felt: steps are short, but not all alike, and the browser lays the page out after them. */
const TASK_MS = 8;

/** Does the works that `next` hands out, one after the other, until it has none. Begins in a task of its own. Throws what they throw. */
export async function inSlices(next: () => Work | null): Promise<void> {
  await nextTask();
  let until = performance.now() + TASK_MS;
  for (let work = next(); work; work = next()) {
    do {
      if (performance.now() < until) continue;
      await nextTask();
      until = performance.now() + TASK_MS;
    } while (!work.next().done);
  }
}

/** A task after those that wait already: what the reader does comes first. */
function nextTask(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { postTask?: (task: () => void) => Promise<void> } };
  if (scheduler?.postTask) return scheduler.postTask(() => undefined);
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
