// Composed rewriting on the default model with and without prompt lookup: most of what a rewrite writes stands in its prompt. In Node, on
// one thread, both interleaved over the same paragraphs; whether the model may compose is not the question here.
import { PromptLookup } from '../../lib/model/runtime/prompt-lookup.ts';
import type { LanguageModel } from '../../lib/model/language-model.ts';
import { REWRITE_STOPS, rewritePrompt } from '../../lib/tasks/rewrite/rewrite-prompt.ts';
import { openModels } from '../evaluation/node-models.ts';
import { readSamples } from '../evaluation/rewriting.ts';
import { median } from './median.ts';

const PARAGRAPHS = 12;
const MIN_CHARACTERS = 140;
const MOST_NEW_TOKENS = 96;

export interface RewritingRow {
  lookup: 'on' | 'off';
  paragraphs: number;
  newTokens: number;
  /** Medians over the paragraphs and runs. */
  decodeTokensPerSecond: number;
  msPerParagraph: number;
  /** Paragraphs whose text is that of the other row, to the letter. */
  same: number;
}

interface Written {
  text: string;
  tokens: number;
  tokensPerSecond: number;
  ms: number;
}

/** One row with prompt lookup and one without. */
export async function rewritingRows({ runs }: { runs: number }): Promise<RewritingRow[]> {
  const models = await openModels();
  try {
    return await measureLookup(await models.model(), { runs, paragraphs: PARAGRAPHS });
  } finally {
    await models.close();
  }
}

export async function measureLookup(
  model: LanguageModel,
  { runs, paragraphs }: { runs: number; paragraphs: number },
): Promise<[on: RewritingRow, off: RewritingRow]> {
  const samples = (await readSamples()).filter(({ language, text }) => language === 'en' && !text.includes('\n'));
  const texts = samples.map(({ text }) => text).filter((text) => text.length > MIN_CHARACTERS);
  const on: Written[] = [];
  const off: Written[] = [];
  for (let run = 0; run < runs; run++) {
    for (const text of texts.slice(0, paragraphs)) {
      on.push(await write(text, model));
      off.push(await withoutLookup(() => write(text, model)));
    }
  }
  const same = on.filter(({ text }, i) => text === off[i].text).length / runs;
  return [rowOf('on', on, same, runs), rowOf('off', off, same, runs)];
}

async function write(text: string, model: LanguageModel): Promise<Written> {
  const prompt = rewritePrompt(text, { action: 'fix-grammar', instruction: '' });
  const written: Written = { text: '', tokens: 0, tokensPerSecond: 0, ms: 0 };
  const options = { maxNewTokens: MOST_NEW_TOKENS, stop: REWRITE_STOPS };
  for await (const event of model.generate(prompt, options, new AbortController().signal)) {
    if (event.kind === 'delta') written.text += event.text;
    if (event.kind !== 'end') continue;
    const { completionTokens, decodeTokensPerSecond, totalMs, timeToFirstTokenMs } = event.metrics;
    written.tokens = completionTokens;
    written.tokensPerSecond = decodeTokensPerSecond;
    written.ms = totalMs - timeToFirstTokenMs;
  }
  return written;
}

/** The product always drafts where it pays; here its drafts are taken away. */
async function withoutLookup<T>(work: () => Promise<T>): Promise<T> {
  const own = Object.getOwnPropertyDescriptor(PromptLookup.prototype, 'draft')!;
  PromptLookup.prototype.draft = () => [];
  try {
    return await work();
  } finally {
    Object.defineProperty(PromptLookup.prototype, 'draft', own);
  }
}

function rowOf(lookup: RewritingRow['lookup'], written: readonly Written[], same: number, runs: number): RewritingRow {
  return {
    lookup,
    paragraphs: written.length / runs,
    newTokens: Math.round(written.reduce((sum, { tokens }) => sum + tokens, 0) / runs),
    decodeTokensPerSecond: Math.round(10 * median(written.map(({ tokensPerSecond }) => tokensPerSecond))) / 10,
    msPerParagraph: Math.round(median(written.map(({ ms }) => ms))),
    same: Math.round(same),
  };
}
