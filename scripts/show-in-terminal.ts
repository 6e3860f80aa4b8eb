// Follows the panel in the terminal: its progress, the key sentences, and what the model writes as it writes it.
import type { Panel } from './browser/panel.ts';

interface Shown {
  busy: boolean;
  failure: string;
  activity: string;
  description: string;
  quotes: string[];
  written: { text: string; sources: string; doubt: string; own: boolean }[];
  draft: string;
  status: string;
}

/** Prints the page's sentences, from a summary that has just been asked for. */
export async function printQuotes(panel: Panel): Promise<void> {
  const clickedMs = performance.now();
  let quotedMs = 0;
  const selected = await follow(panel, (shown) => {
    if (shown.quotes.length > 0) quotedMs ||= performance.now() - clickedMs;
  });
  console.log(`First key sentences after ${Math.round(quotedMs)} ms`);
  if (selected.description) console.log(`\nThe page’s own description\n  ${selected.description}`);
  console.log(`\nKey sentences of the page\n${selected.quotes.map((quote) => `  • ${quote}`).join('\n')}`);
  console.log(`\n${selected.status}`);
}

/** Asks the small model to write a summary, where the panel offers that, and prints it. */
export async function printWritten(panel: Panel): Promise<void> {
  const isOffered = await panel.evaluate(() => document.querySelector('.quiet-action') !== null);
  if (!isOffered) return;
  console.log('\nWritten by the small model when asked, word by word, then checked against the page');
  const askedMs = performance.now();
  let firstTokenMs = 0;
  let onScreen = '';
  await panel.click('.quiet-action');
  const composed = await follow(panel, ({ draft }) => {
    if (draft === '' || draft === onScreen) return;
    firstTokenMs ||= performance.now() - askedMs;
    // What does not go on from before is another sentence.
    process.stdout.write(draft.startsWith(onScreen) && onScreen ? draft.slice(onScreen.length) : `\n  ${draft}`);
    onScreen = draft;
  });
  console.log('\n\nAfter the check');
  for (const { text, sources, doubt, own } of composed.written) {
    console.log(`  ${doubt ? '?' : own ? '“' : '✓'} ${text}${sources && ` [${sources}]`}${doubt && ` (${doubt})`}`);
  }
  console.log('  ✓ supported by the page’s sentence [n]   “ replaced by that sentence   ? not supported');
  console.log(`\nTime to first token: ${(firstTokenMs / 1000).toFixed(1)} s · ${composed.status}`);
}

/** Calls back with each new state of the panel and prints its progress, until nothing runs any more. */
async function follow(panel: Panel, onChange: (shown: Shown) => void): Promise<Shown> {
  let before = '';
  let activity = '';
  for (;;) {
    const shown = await panel.waitFor(readPanel, { timeoutMs: 180_000, args: [before] });
    before = JSON.stringify(shown);
    if (shown.failure) throw new Error(shown.failure);
    const phase = shown.activity.split('\n')[0];
    if (phase !== activity && !shown.draft) console.log(`  ${shown.activity.replace(/\n+/g, ' · ')}`);
    activity = phase;
    onChange(shown);
    if (!shown.busy) return shown;
  }
}

/** What the panel shows; null while that is the same as before. Runs in the panel. */
function readPanel(before: string): Shown | null {
  const text = (element: Element | null | undefined) =>
    (element as HTMLElement | null | undefined)?.innerText.trim() ?? '';
  const sentence = (item: Element) => {
    const copy = item.cloneNode(true) as Element;
    for (const extra of copy.querySelectorAll('.source, .tag')) extra.remove();
    return copy.textContent.trim();
  };
  const shown: Shown = {
    busy:
      document.querySelector('.main-action.primary') === null || document.querySelector('.activity progress') !== null,
    failure: text(document.querySelector('.failure')),
    activity: text(document.querySelector('.outcome .activity')),
    description: [...document.querySelectorAll('.part-description li')].map(sentence).join(' '),
    quotes: [...document.querySelectorAll('.part-quotes li')].map(sentence),
    written: [...document.querySelectorAll('.part-written li:not(.draft)')].map((item) => ({
      text: sentence(item),
      sources: [...item.querySelectorAll('.source-mark')].map((mark) => mark.textContent).join(', '),
      doubt: text(item.querySelector('.tag-unsure')),
      own: item.classList.contains('quoted'),
    })),
    draft: text(document.querySelector('.draft')),
    status: text(document.querySelector('.status summary, p.status')),
  };
  return JSON.stringify(shown) === before ? null : shown;
}
