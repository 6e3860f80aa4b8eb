// The tl;dr against the page's own description, where that is one and no copy of the page's first sentences.
import type { LanguageModel } from '../../lib/model/language-model.ts';
import type { Article } from '../../lib/article.ts';
import { namesOf, numbersOf } from '../../lib/tasks/check.ts';
import { describe } from '../../lib/tasks/description.ts';
import { rankSentences, type Ranking } from '../../lib/tasks/rank.ts';
import { selectFrom } from '../../lib/tasks/select.ts';
import { primarySubtag } from '../../lib/tasks/stop-words.ts';
import { freeTextOf, leadOf, textRankOf } from './baselines.ts';
import { copiedShare, meanRouge, rouge, type Rouge } from './rouge.ts';

const MIN_PAGE_WORDS = 200;
/** Sentences from the top that a description may have been copied from, and the share of it that makes it a copy. */
const FIRST_SENTENCES = 5;
const COPIED = 0.5;

/** `unsupported` is the share of numbers and names that the page does not have. */
export type Quality = Rouge & { unsupported: number };

export interface TldrFigures {
  /** Pages whose description serves as reference. */
  references: string[];
  tldr: Quality;
  baselines: { lead: Quality; textRank: Quality; model?: Quality };
}

interface Claims {
  claims: number;
  unsupported: number;
}

/** Measures all pages. `unsupported` of the tl;dr is over what is shown on every page, descriptions included. */
export async function evaluateTldr(
  pages: { name: string; article: Article }[],
  model: LanguageModel | null,
): Promise<TldrFigures> {
  const signal = new AbortController().signal;
  const scored = { tldr: [] as Rouge[], lead: [] as Rouge[], textRank: [] as Rouge[], model: [] as Rouge[] };
  const claimed = { tldr: [] as Claims[], lead: [] as Claims[], textRank: [] as Claims[], model: [] as Claims[] };
  const references: string[] = [];
  for (const { name, article } of pages) {
    const ranking = rankSentences(article);
    const shown = selectFrom(article, ranking, { type: 'tldr', length: 'medium' })
      .quotes.map(({ text }) => text)
      .join(' ');
    claimed.tldr.push(claimsOf(shown, article, ranking.language));
    const reference = describe(article, ranking).join(' ');
    if (!reference || ranking.words < MIN_PAGE_WORDS || isCopied(reference, ranking)) continue;
    references.push(name);
    // Without the description: it is the reference.
    const own = selectFrom({ ...article, description: '' }, ranking, { type: 'tldr', length: 'medium' }).quotes;
    const knows = model?.entry.languages.includes(primarySubtag(ranking.language)) ?? false;
    const texts = {
      tldr: own.map(({ text }) => text).join(' '),
      lead: leadOf(ranking),
      textRank: textRankOf(ranking),
      ...(model && knows ? { model: await freeTextOf(ranking, model, signal) } : {}),
    };
    for (const [method, text] of Object.entries(texts) as [keyof typeof scored, string][]) {
      scored[method].push(rouge(text, reference));
      if (method !== 'tldr') claimed[method].push(claimsOf(text, article, ranking.language));
    }
  }
  const quality = (method: keyof typeof scored): Quality => ({
    ...meanRouge(scored[method]),
    unsupported: shareOf(claimed[method]),
  });
  return {
    references,
    tldr: quality('tldr'),
    baselines: {
      lead: quality('lead'),
      textRank: quality('textRank'),
      ...(scored.model.length > 0 ? { model: quality('model') } : {}),
    },
  };
}

function isCopied(reference: string, { candidates }: Ranking): boolean {
  const first = candidates.filter(({ words }) => words >= 5).slice(0, FIRST_SENTENCES);
  return copiedShare(first.map(({ text }) => text).join(' '), reference) >= COPIED;
}

/** The numbers and names of a text, and how many of them the page does not have. */
function claimsOf(text: string, { blocks, title }: Article, language: string): Claims {
  const page = [title, ...blocks.map((block) => block.text)].join('\n');
  const known = new Set(numbersOf(page, language));
  const knownNames = new Set(page.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu));
  const numbers = numbersOf(text, language);
  const names = namesOf(text, language);
  const wrong =
    numbers.filter((number) => !known.has(number)).length +
    names.filter((name) => !knownNames.has(name.toLowerCase())).length;
  return { claims: numbers.length + names.length, unsupported: wrong };
}

function shareOf(all: Claims[]): number {
  const claims = all.reduce((sum, one) => sum + one.claims, 0);
  return claims === 0 ? 0 : all.reduce((sum, one) => sum + one.unsupported, 0) / claims;
}
