// Takes away all that Inkling keeps on this machine: settings, conversations, translations, models, keys, leave to read sites.
import { browser } from 'wxt/browser';

/** Then the extension starts anew, which closes its pages: what is still open would write again. */
export async function deleteEverything(): Promise<void> {
  // What the engine has open could not be deleted. In Firefox it is the background itself.
  if (!import.meta.env.FIREFOX) await browser.offscreen.closeDocument().catch(() => undefined);
  const { origins = [] } = await browser.permissions.getAll();
  await Promise.all([
    browser.storage.local.clear(),
    browser.storage.session.clear(),
    browser.permissions.remove({ origins }),
  ]);
  await Promise.all((await indexedDB.databases()).map(({ name = '' }) => deleteDatabase(name)));
  const root = await navigator.storage.getDirectory().catch(() => null);
  const names: string[] = [];
  for await (const name of root?.keys() ?? []) names.push(name);
  // A file that a worker reads right now goes when Inkling is next asked to.
  await Promise.all(names.map((name) => root!.removeEntry(name, { recursive: true }).catch(() => undefined)));
  browser.runtime.reload();
}

/** Where another context has it open, it is asked to let go, and the browser deletes it as soon as it has. */
function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}
