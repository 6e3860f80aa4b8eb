// Which one better model a machine can run, from how fast it ran the one that is in the package. Pure; the speed is an estimate
// until the model itself has run here.
import type { CatalogEntry } from './catalog.ts';

/** About how fast people read: what writes slower is waited for. */
const READING_TOKENS_PER_SECOND = 5;

export interface Recommendation {
  entry: CatalogEntry;
  /** Estimated: writing a token reads all weights once, so the speed goes with their size. */
  tokensPerSecond: number;
}

export interface Machine {
  /** What was measured here, and on which model. */
  tokensPerSecond: number;
  measuredOn: CatalogEntry;
  /** BCP 47 of the reader's language. */
  language: string;
  fits: (entry: CatalogEntry) => boolean;
}

/**
 * Of the models that write by themselves, fit and keep up with reading: the one that knows the reader's language, then the one that
 * writes for the most tasks, then the fastest. Null where none does.
 */
export function recommendModel(catalog: readonly CatalogEntry[], machine: Machine): Recommendation | null {
  const { measuredOn, language, fits } = machine;
  const primary = language.split('-')[0];
  const speed = ({ weights }: CatalogEntry) => (machine.tokensPerSecond * measuredOn.weights.bytes) / weights.bytes;
  const worth = (entry: CatalogEntry) => tasksWritten(entry) + (entry.languages.includes(primary) ? 10 : 0);
  const best = catalog
    .filter((entry) => entry.id !== measuredOn.id && tasksWritten(entry) > tasksWritten(measuredOn) && fits(entry))
    .filter((entry) => speed(entry) >= READING_TOKENS_PER_SECOND)
    .sort((a, b) => worth(b) - worth(a) || speed(b) - speed(a))
    .at(0);
  return best ? { entry: best, tokensPerSecond: speed(best) } : null;
}

function tasksWritten({ methods }: CatalogEntry): number {
  return Object.values(methods).filter((method) => method === 'composes').length;
}
