// What the model composes on each page, with the sentences that each statement rests on: for a person to read for truth.
import type { Article } from '../../lib/article.ts';
import type { Statement, SummarizeTask } from '../../lib/protocol.ts';
import type { Models } from '../../lib/tasks/models.ts';
import { summarize } from '../../lib/tasks/summarize.ts';

/** Prints the key points that the model composes for every page whose language it knows, and how many stand as what. */
export async function printCompositions(pages: { name: string; article: Article }[], models: Models): Promise<void> {
  const counts: Record<string, number> = {};
  for (const { name, article } of pages) {
    const task: SummarizeTask = {
      kind: 'summarize',
      article,
      type: 'key-points',
      length: 'medium',
      compose: 'requested',
    };
    console.log(`\n${name}: ${article.title}`);
    for await (const event of summarize(task, models, new AbortController().signal)) {
      if (event.kind !== 'statement') continue;
      const { text, support, doubts, sources } = event.statement;
      counts[support] = (counts[support] ?? 0) + 1;
      console.log(`  [${[support, ...doubts].join(', ')}] ${text}`);
      for (const source of sources) console.log(`      ${quoted(article, source)}`);
    }
  }
  console.log(
    `\n${Object.entries(counts)
      .map(([support, count]) => `${support}: ${count}`)
      .join(', ')}`,
  );
}

function quoted({ blocks }: Article, { block, start, end }: Statement['sources'][number]): string {
  return `${block}:${start} "${blocks[block].text.slice(start, end)}"`;
}
