// chrF: how many of its character n-grams (1 to 6, without spaces) a text shares with a reference. Popović 2015,
// https://aclanthology.org/W15-3049; beta 2, over the whole corpus, as sacreBLEU counts it.

const ORDER = 6;
const BETA = 2;

/** 0 to 100. */
export function chrF(pairs: readonly { text: string; reference: string }[]): number {
  const matches = new Array<number>(ORDER).fill(0);
  const inText = new Array<number>(ORDER).fill(0);
  const inReference = new Array<number>(ORDER).fill(0);
  for (const { text, reference } of pairs) {
    for (let n = 1; n <= ORDER; n++) {
      const [ours, theirs] = [countGrams(text, n), countGrams(reference, n)];
      for (const [gram, count] of ours) {
        inText[n - 1] += count;
        matches[n - 1] += Math.min(count, theirs.get(gram) ?? 0);
      }
      for (const count of theirs.values()) inReference[n - 1] += count;
    }
  }
  const precision = mean(matches.map((count, i) => count / inText[i]));
  const recall = mean(matches.map((count, i) => count / inReference[i]));
  return (100 * (1 + BETA ** 2) * precision * recall) / (BETA ** 2 * precision + recall);
}

function countGrams(text: string, n: number): Map<string, number> {
  const characters = Array.from(text.replace(/\s+/g, ''));
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= characters.length; i++) {
    const gram = characters.slice(i, i + n).join('');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
