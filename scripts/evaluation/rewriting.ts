// What the actions that the default model offers do to texts of many kinds: what they must keep, counted apart from the product's own
// checks, and how many words they take.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../lib/errors.ts';
import type { Hunk, RewriteAction, TaskEvent } from '../../lib/protocol.ts';
import { checkingGrammar } from '../../lib/engine/checking-grammar.ts';
import { CheckerEngine } from '../../lib/engine/checker-engine.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import type { Models } from '../../lib/tasks/models.ts';
import { applyHunks } from '../../lib/tasks/rewrite/diff.ts';
import { rewrite } from '../../lib/tasks/rewrite/rewrite.ts';
import { countWords } from '../../lib/tasks/words.ts';
import { checkerInNode } from './checker-in-node.ts';

export interface Sample {
  kind: string;
  language: string;
  text: string;
}

/** One text after one action. */
export interface Rewritten {
  sample: Sample;
  action: RewriteAction;
  hunks: Hunk[];
  result: string;
  lost: Kept[];
}

export type Kept = (typeof KEPT)[number];

export const KEPT = ['numbers', 'names', 'links', 'negations', 'code'] as const;
/** What the default model offers. */
export const ACTIONS: readonly RewriteAction[] = ['fix-grammar', 'shorten', 'bullet-list'];

const PATTERNS: Record<Kept, RegExp> = {
  numbers: /\p{Nd}+(?:[.,:/]\p{Nd}+)*/gu,
  names: /(?<=[\p{L}\p{N},;] )\p{Lu}[\p{L}\p{N}]+/gu,
  links: /https?:\/\/[^\s)]+|[\w.+-]+@[\w-]+\.[\w.]+\w|#\d+|@\w+/gu,
  negations:
    /(?<!\p{L})(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|\p{L}+n['’]t|nicht|kein\p{L}*|ne|n(?=['’])|pas|não|nem|لا)(?!\p{L})|不|ない/giu,
  code: /`[^`\n]+`|\{\{?\w+\}?\}|%s|--[a-z-]+|\w+\(\)|\b[A-Z]+_[A-Z]+\b|\/usr\/\S+/gu,
};

export async function readSamples(): Promise<Sample[]> {
  const file = fileURLToPath(new URL('../../tests/reference/rewrite-texts.json', import.meta.url));
  return JSON.parse(await readFile(file, 'utf8')) as Sample[];
}

/** Every sample after every action that can be had for its language; `needs-model` is no result. */
export async function evaluateRewriting(models: Models): Promise<Rewritten[]> {
  const { signal } = new AbortController();
  const engine: Engine = {
    run: (task, stop) => {
      if (task.kind !== 'rewrite') throw new AppError('internal', task.kind);
      return rewrite(task, models, stop);
    },
  };
  const composes = () => Promise.resolve(models.entry.methods.rewrite === 'composes');
  const product = checkingGrammar({ checker: new CheckerEngine(checkerInNode()), models: engine, composes });
  const results: Rewritten[] = [];
  for (const sample of await readSamples()) {
    for (const action of ACTIONS) {
      const task = { kind: 'rewrite', action, text: sample.text, language: sample.language, instruction: '' } as const;
      const hunks = await hunksOf(product.run(task, signal));
      if (!hunks) continue;
      const result = applyHunks(sample.text, hunks);
      results.push({ sample, action, hunks, result, lost: lostIn(sample, result) });
    }
  }
  return results;
}

/** The hunks of a run, null where it needs another model. */
async function hunksOf(events: AsyncIterable<TaskEvent>): Promise<Hunk[] | null> {
  const hunks: Hunk[] = [];
  try {
    for await (const event of events) if (event.kind === 'hunks') hunks.push(...event.hunks);
  } catch (error) {
    if (error instanceof AppError && error.code === 'needs-model') return null;
    throw error;
  }
  return hunks;
}

/** What `after` has not as often as the sample, or more often. */
export function lostIn({ text: before, language }: Pick<Sample, 'text' | 'language'>, after: string): Kept[] {
  // A text that a list mark now precedes has its names where they were.
  const plain = (text: string) => text.replace(/^\s*-\s/gm, '');
  return KEPT.filter((kind) => {
    const found = (text: string) => [...plain(text).matchAll(PATTERNS[kind])].map(([piece]) => piece.toLowerCase());
    const [old, fresh] = [found(before), found(after)];
    // A name that begins a sentence now is a name still; in German every noun looks like one.
    if (kind === 'names') return language !== 'de' && old.some((name) => !after.toLowerCase().includes(name));
    return old.sort().join('\n') !== fresh.sort().join('\n');
  });
}

/** For each action: texts, those with a change, those that keep each thing, words before and after. */
export function summaryOf(results: readonly Rewritten[]) {
  return ACTIONS.map((action) => {
    const own = results.filter((result) => result.action === action);
    const words = (text: (result: Rewritten) => string) =>
      own.reduce((sum, result) => sum + countWords(text(result)), 0);
    return {
      action,
      texts: own.length,
      changed: own.filter(({ hunks }) => hunks.length > 0).length,
      hunks: own.reduce((sum, { hunks }) => sum + hunks.length, 0),
      kept: Object.fromEntries(KEPT.map((kind) => [kind, own.filter(({ lost }) => !lost.includes(kind)).length])),
      wordsBefore: words(({ sample }) => sample.text),
      wordsAfter: words(({ result }) => result),
    };
  });
}
