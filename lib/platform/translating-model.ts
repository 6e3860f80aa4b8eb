// What translates for want of a language pack: the language model that the reader has for it, or could download.
import { knowsPair } from '../engine/choose-model.ts';
import { CATALOG } from '../model/catalog.ts';
import type { LanguagePair } from '../protocol.ts';
import type { TranslatingModel } from '../requests.ts';
import { startHostWhereNeeded } from './engine-port.ts';
import { send } from './messaging.ts';

/** Null where there is none, or what was chosen is gone: translating says why. */
export async function translatingModel(): Promise<TranslatingModel | null> {
  try {
    await startHostWhereNeeded();
    return await send('translatingModel');
  } catch {
    return null;
  }
}

/** To download, for the smallest model that would translate the pair; null where none would. */
export function translatingModelBytes(pair: LanguagePair): number | null {
  const able = CATALOG.filter((entry) => entry.methods.translate && knowsPair(entry, pair));
  return able.length > 0 ? Math.min(...able.map(({ weights }) => weights.bytes)) : null;
}
