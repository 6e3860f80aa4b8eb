// What a tl;dr is compared with: the page's first sentences, plain TextRank, and the model writing as it likes.
import type { LanguageModel } from '../../lib/model/language-model.ts';
import { chunkSentences, chunkText } from '../../lib/tasks/chunk.ts';
import type { Ranking } from '../../lib/tasks/rank.ts';
import type { Sentence } from '../../lib/tasks/sentences.ts';
import { wordsOf } from '../../lib/tasks/words.ts';

/** As long as our own tl;dr of medium length is at most. */
const MAX_WORDS = 50;
const FREE_TOKENS = 90;

/** The first sentences of running text. */
export function leadOf(ranking: Ranking): string {
  return upTo(bodyOf(ranking)).join(' ');
}

/** TextRank (Mihalcea and Tarau, 2004): PageRank over sentences joined by the words that they share, nothing else. */
export function textRankOf(ranking: Ranking): string {
  const sentences = bodyOf(ranking);
  const words = sentences.map(({ text }) => new Set(wordsOf(text.toLowerCase())));
  const weights = words.map((a, i) => words.map((b, j) => (i === j ? 0 : similarity(a, b))));
  const sums = weights.map((row) => row.reduce((sum, weight) => sum + weight, 0));
  let scores = sentences.map(() => 1);
  for (let round = 0; round < 50; round++) {
    scores = scores.map(
      (_, i) => 0.15 + 0.85 * weights.reduce((sum, row, j) => sum + (sums[j] ? (row[i] / sums[j]) * scores[j] : 0), 0),
    );
  }
  const best = sentences.toSorted((a, b) => scores[sentences.indexOf(b)] - scores[sentences.indexOf(a)]);
  const chosen = new Set(upTo(best));
  return sentences
    .filter(({ text }) => chosen.has(text))
    .map(({ text }) => text)
    .join(' ');
}

/** What the model writes when it is given as much of the page as fits, and nothing checks it. */
export async function freeTextOf(ranking: Ranking, model: LanguageModel, signal: AbortSignal): Promise<string> {
  const room = model.contextWindow - FREE_TOKENS - 100;
  const [chunk] = chunkSentences(ranking.sentences, Math.min(room, 1400), (text) => model.countTokens(text));
  const content = `${chunkText(chunk)}\n\nSummarize the text above in two sentences.`;
  let text = '';
  for await (const event of model.generate([{ role: 'user', content }], { maxNewTokens: FREE_TOKENS }, signal)) {
    if (event.kind === 'delta') text += event.text;
  }
  return text.trim();
}

function bodyOf({ candidates }: Ranking): Sentence[] {
  const body = candidates.filter(({ kind, words }) => kind === 'paragraph' && words >= 5);
  return body.length > 0 ? body : candidates;
}

function upTo(sentences: Sentence[]): string[] {
  const texts: string[] = [];
  let words = 0;
  for (const sentence of sentences) {
    if (texts.length > 0 && words + sentence.words > MAX_WORDS) break;
    texts.push(sentence.text);
    words += sentence.words;
  }
  return texts;
}

function similarity(a: Set<string>, b: Set<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  const norm = Math.log(a.size || 1) + Math.log(b.size || 1);
  return norm > 0 ? shared / norm : 0;
}
