// Where the reader's choice of models lies, and with it the keys of servers: in the extension's own database, which no content script
// can open, unlike storage.local. Background only, as only it is never in a private window: all others ask it by request.
import { openDB } from 'idb';
import { parseModelSettings } from '../engine/model-settings.ts';
import type { ModelSettings } from '../engine/model-settings.ts';
import { onChanged, sayChanged } from '../model/download/changes.ts';
import { send } from './messaging.ts';
import { isAllowed, readPolicy } from './policy.ts';

const DATABASE = 'model-settings';
const STORE = 'settings';
const KEY = 'all';

/** Background. Servers that the reader's organisation does not allow are none. */
export async function readModelSettings(): Promise<ModelSettings> {
  const [database, policy] = await Promise.all([open(), readPolicy()]);
  try {
    const settings = parseModelSettings(await database.get(STORE, KEY));
    return { ...settings, servers: settings.servers.filter((server) => isAllowed(policy, server)) };
  } finally {
    database.close();
  }
}

/** Background: other fields stay as they are. */
export async function changeModelSettings(change: Partial<ModelSettings>): Promise<void> {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, 'readwrite');
    const before = parseModelSettings(await transaction.store.get(KEY));
    await transaction.store.put(parseModelSettings({ ...before, ...change }), KEY);
    await transaction.done;
  } finally {
    database.close();
  }
  sayChanged(DATABASE);
}

/** Any page of the extension: calls back soon, and after each change. Returns the end of it. */
export function onModelSettings(listener: (settings: ModelSettings) => void): () => void {
  const report = async () => {
    const settings = await send('readModelSettings').catch(() => null);
    if (settings) listener(settings);
  };
  void report();
  return onChanged(DATABASE, () => void report());
}

function open() {
  return openDB(DATABASE, 1, { upgrade: (database) => void database.createObjectStore(STORE) });
}
