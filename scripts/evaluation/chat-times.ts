// How long answering takes: the first passages of a long page, and an answer on a page of 2,000 words.
import type { Article } from '../../lib/article.ts';
import type { ChatTask } from '../../lib/protocol.ts';
import { chat } from '../../lib/tasks/chat/chat.ts';
import { searchIndexOf } from '../../lib/tasks/chat/search-index.ts';
import type { Models } from '../../lib/tasks/models.ts';
import { countWords } from '../../lib/tasks/words.ts';

const QUESTIONS = ['When was the name Firefox chosen?', 'When was the browser’s name chosen?'];

/** Milliseconds by what took them. The embedder is loaded before, and has seen none of the pages. */
export async function measureTimes(articles: Article[], models: Models): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  const long = joined(articles, 50_000);
  times['index of 50,000 words'] = timed(() => searchIndexOf(long));
  const first = chat(ask(QUESTIONS[0], long), models, new AbortController().signal);
  let startMs = performance.now();
  await first.next();
  times['first passages, 50,000 words'] = performance.now() - startMs;

  await models.embedder();
  const page = joined(articles.toReversed(), 2_000);
  for (const [i, question] of QUESTIONS.entries()) {
    startMs = performance.now();
    for await (const { kind } of chat(ask(question, page), models, new AbortController().signal)) {
      if (kind === 'statement' || kind === 'unanswered') {
        times[`${i === 0 ? 'first' : 'second'} question, 2,000 words (${kind})`] = performance.now() - startMs;
      }
    }
  }
  return times;
}

/** Blocks of the articles up to so many words, as one. */
function joined(articles: Article[], words: number): Article {
  const blocks: Article['blocks'] = [];
  let count = 0;
  for (const block of articles.flatMap((article) => article.blocks)) {
    if (count >= words) break;
    blocks.push(block);
    count += countWords(block.text);
  }
  return { ...articles[0], blocks };
}

function ask(question: string, article: Article): ChatTask {
  return { kind: 'chat', question, articles: [article], history: [] };
}

function timed(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}
