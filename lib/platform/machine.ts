// This machine, as the browser tells of it: which models it has the memory for, and which one would serve its reader better.
import { browser } from 'wxt/browser';
import { fitsMemory } from '../engine/memory-budget.ts';
import { CATALOG, DEFAULT_MODEL, type CatalogEntry } from '../model/catalog.ts';
import { recommendModel, type Recommendation } from '../model/recommend.ts';
import { deviceMemoryGb } from './device-memory.ts';

export function fitsHere({ memoryBytes }: Pick<CatalogEntry, 'memoryBytes'>): boolean {
  return fitsMemory(memoryBytes, deviceMemoryGb());
}

/** The one better model that fits, given how fast the packaged one has written here; null where none does. */
export function recommendHere(tokensPerSecond: number): Recommendation | null {
  return recommendModel(CATALOG, {
    tokensPerSecond,
    measuredOn: DEFAULT_MODEL,
    language: browser.i18n.getUILanguage(),
    fits: fitsHere,
  });
}
