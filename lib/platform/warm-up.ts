// Has the browser compile, while nothing else is to do, what the first summary needs: cold, that takes three times as long. Reads no page.
import type { PageCopy } from '../page/copy-page.ts';
import type { CopiedNode } from '../page/snapshot.ts';
import { selectSentences } from '../tasks/select.ts';
import { loadExtraction } from './read-page.ts';

/** Sentences with what the rules look for: names, numbers, quotations, pronouns, connectives. */
const TEXT =
  'The tide came in at 6:40 on Monday, said Anna Berg, who has kept the harbour of Varden since 1987. “We lose four seconds a week,” ' +
  'she told the council (its members were all there). However, the old clock, which Dr. Holm built, shows only hours. Why does it? ' +
  'Nobody in the town was in such a hurry, the maker thought, and in 41 years there has been no complaint.';
const PARAGRAPHS = 24;
/** More make no difference that could be measured. */
const ROUNDS = 3;

/** Call it once, when the panel stands. */
export function warmUp(rounds = ROUNDS): void {
  if (rounds === 0) return;
  requestIdleCallback(() => {
    void loadExtraction().then(({ articleOf }) => {
      selectSentences(articleOf(sampleCopy()), { type: 'key-points', length: 'medium' });
      warmUp(rounds - 1);
    });
  });
}

function sampleCopy(): PageCopy {
  const link: CopiedNode[] = [['li'], ['a', 'href', '/tides'], 'Tides', null, null];
  const paragraph: CopiedNode[] = [['p', 'class', 'text'], TEXT, null];
  const menu: CopiedNode[] = [['nav'], ['ul'], ...link, ...link, ...link, null, null];
  const story = Array.from({ length: PARAGRAPHS }, () => paragraph).flat();
  return {
    url: '',
    title: 'Tides',
    siteName: '',
    language: 'en',
    description: '',
    nodes: [...menu, ['article'], ['h1'], 'Tides', null, ...story, null],
    hiddenCharacters: 0,
    truncated: false,
  };
}
