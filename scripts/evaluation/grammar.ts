// How good the hunks of "Fix grammar and spelling" are: over sentences with known faults, and over sentences with none.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Hunk } from '../../lib/protocol.ts';
import { applyHunks, diffWords } from '../../lib/tasks/rewrite/diff.ts';
import { inNode } from './checker-in-node.ts';

export interface Faulty {
  kind: string;
  text: string;
  corrected: string;
}

export interface GrammarQuality {
  sentences: number;
  cleanSentences: number;
  faults: number;
  /** Hunks that bring the sentence nearer to its correction. */
  right: number;
  /** Hunks that do not, in sentences with faults and in those without. */
  wrong: number;
  wrongInClean: number;
  /** Faults that a right hunk takes away. */
  found: number;
  /** Right hunks among all, and faults found among all. */
  precision: number;
  recall: number;
  byKind: Record<string, { faults: number; found: number }>;
  /** For a person to read. */
  misses: string[];
  mistakes: string[];
}

export async function readFaulty(): Promise<Faulty[]> {
  return (await lines('rewrite-errors.tsv')).map((line) => {
    const [kind, text, corrected] = line.split('\t');
    return { kind, text, corrected };
  });
}

export const readClean = () => lines('rewrite-clean.txt');

/** Measures the checker as the product uses it: American English for the faulty sentences, British for the clean ones. */
export async function evaluateGrammar(): Promise<GrammarQuality> {
  const check = inNode();
  const quality = empty();
  for (const { kind, text, corrected } of await readFaulty()) {
    quality.sentences++;
    const hunks = await check(text, 'en-US');
    const faults = diffWords(text, corrected);
    const right = hunks.filter((hunk) => isNearer(text, hunk, corrected));
    const found = faults.filter((fault) => right.some((hunk) => hunk.start <= fault.end && fault.start <= hunk.end));
    const own = (quality.byKind[kind] ??= { faults: 0, found: 0 });
    own.faults += faults.length;
    own.found += found.length;
    quality.right += right.length;
    quality.wrong += hunks.length - right.length;
    if (found.length < faults.length) quality.misses.push(`${kind}: ${text}`);
    for (const hunk of hunks) if (!right.includes(hunk)) quality.mistakes.push(told(text, hunk));
  }
  for (const text of await readClean()) {
    quality.cleanSentences++;
    const hunks = await check(text, 'en-GB');
    quality.wrongInClean += hunks.length;
    for (const hunk of hunks) quality.mistakes.push(told(text, hunk));
  }
  return withShares(quality);
}

/** Fewer words differ from the correction with the hunk than without. */
function isNearer(text: string, hunk: Hunk, corrected: string): boolean {
  const distance = (from: string) =>
    diffWords(from, corrected).reduce((sum, edit) => sum + (edit.end - edit.start) + edit.replacement.length, 0);
  return distance(applyHunks(text, [hunk])) < distance(text);
}

function told(text: string, { start, end, replacement, reason }: Hunk): string {
  return `[${text.slice(start, end)}] -> [${replacement}] in: ${text} (${reason})`;
}

function empty(): GrammarQuality {
  const counts = { sentences: 0, cleanSentences: 0, faults: 0, right: 0, wrong: 0, wrongInClean: 0, found: 0 };
  return { ...counts, precision: 0, recall: 0, byKind: {}, misses: [], mistakes: [] };
}

function withShares(quality: GrammarQuality): GrammarQuality {
  const kinds = Object.values(quality.byKind);
  const faults = kinds.reduce((sum, kind) => sum + kind.faults, 0);
  const found = kinds.reduce((sum, kind) => sum + kind.found, 0);
  const { right, wrong, wrongInClean } = quality;
  return { ...quality, faults, found, precision: right / (right + wrong + wrongInClean || 1), recall: found / faults };
}

async function lines(name: string): Promise<string[]> {
  const file = fileURLToPath(new URL(`../../tests/reference/${name}`, import.meta.url));
  return (await readFile(file, 'utf8')).split('\n').filter(Boolean);
}
