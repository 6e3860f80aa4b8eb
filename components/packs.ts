// Which packs a pair of languages needs, and what of them is not here yet. Pure.
import { findRoute } from '../lib/model/packs/catalogue.ts';
import type { LanguagePack, LanguagePair } from '../lib/protocol.ts';

/** The packs to go through, in order; null where no model translates the pair. */
export function routeOf(packs: readonly LanguagePack[], pair: LanguagePair): LanguagePack[] | null {
  const steps = findRoute(pair)?.map((step) => packs.find((pack) => samePair(pack.pair, step))) ?? [];
  return steps.length > 0 && steps.every((pack) => pack !== undefined) ? steps : null;
}

/** To download before the route can be taken; 0 where all is here. */
export function missingBytes(route: readonly LanguagePack[]): number {
  return route.reduce((sum, pack) => sum + bytesLeft(pack), 0);
}

/** True for what is here to be used. */
export function isReady({ state }: LanguagePack): boolean {
  return state === 'packaged' || state === 'installed';
}

/** Every language that something translates from or into. */
export function languagesOf(packs: readonly LanguagePack[]): Set<string> {
  return new Set(packs.flatMap(({ pair }) => [pair.from, pair.to]));
}

export function samePair(a: LanguagePair, b: LanguagePair): boolean {
  return a.from === b.from && a.to === b.to;
}

/** Never 0 for what is not ready: all bytes can be here and not yet verified. */
function bytesLeft(pack: LanguagePack): number {
  return isReady(pack) ? 0 : Math.max(1, pack.downloadBytes);
}
