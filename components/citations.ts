// Numbers the sentences that a result rests on. Pure.
import type { Source } from '../lib/article.ts';
import type { Statement } from '../lib/protocol.ts';

/** Equal for equal places of an article. */
export function sourceKey(source: Source): string {
  return `${source.block}:${source.start}-${source.end}`;
}

/** 1, 2, 3, ... for each place, by its first mention: the number of a place never changes while statements are added at the end. */
export function numberSources(statements: Statement[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const statement of statements)
    for (const source of statement.sources) {
      const key = sourceKey(source);
      if (!numbers.has(key)) numbers.set(key, numbers.size + 1);
    }
  return numbers;
}
