// ROUGE (Lin, 2004): how much of a reference's words a summary has. F1, no stemming, no stop words, 0 to 1.

export interface Rouge {
  rouge1: number;
  rouge2: number;
  rougeL: number;
}

const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}`;
const TOKEN = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}])+`, 'gu');

/** Words in lower case; in unspaced scripts each character is one. */
export function tokensOf(text: string): string[] {
  return text.normalize('NFC').toLowerCase().match(TOKEN) ?? [];
}

export function rouge(summary: string, reference: string): Rouge {
  const [a, b] = [tokensOf(summary), tokensOf(reference)];
  return { rouge1: overlap(a, b, 1), rouge2: overlap(a, b, 2), rougeL: f1(longestCommon(a, b), a.length, b.length) };
}

/** Means of figures over pages; zeros for none. */
export function meanRouge(all: Rouge[]): Rouge {
  const mean = (pick: (one: Rouge) => number) => all.reduce((sum, one) => sum + pick(one), 0) / (all.length || 1);
  return { rouge1: mean((one) => one.rouge1), rouge2: mean((one) => one.rouge2), rougeL: mean((one) => one.rougeL) };
}

/** Share of the reference's word triples that `text` has: above a half, one is copied from the other. */
export function copiedShare(text: string, reference: string): number {
  const known = new Set(grams(tokensOf(text), 3).keys());
  const triples = [...grams(tokensOf(reference), 3).keys()];
  return triples.length === 0 ? 0 : triples.filter((triple) => known.has(triple)).length / triples.length;
}

function overlap(a: string[], b: string[], n: number): number {
  const [left, right] = [grams(a, n), grams(b, n)];
  let hits = 0;
  for (const [gram, count] of left) hits += Math.min(count, right.get(gram) ?? 0);
  return f1(hits, Math.max(0, a.length - n + 1), Math.max(0, b.length - n + 1));
}

function grams(words: string[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= words.length; i++) {
    const gram = words.slice(i, i + n).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

function longestCommon(a: string[], b: string[]): number {
  let above = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const row = [0];
    for (let j = 0; j < b.length; j++) row.push(word === b[j] ? above[j] + 1 : Math.max(above[j + 1], row[j]));
    above = row;
  }
  return above[b.length];
}

function f1(hits: number, a: number, b: number): number {
  return hits === 0 ? 0 : (2 * hits) / (a + b);
}
