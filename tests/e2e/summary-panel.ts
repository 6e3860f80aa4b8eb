// The panel's summary as a reader meets it: the buttons to press, the text that stands there, the moment when it is done.
import type { Panel } from '../../scripts/browser/panel.ts';

const ANSWER_WITHIN_MS = 90_000;

/** Presses Summarize, or Stop while a summary runs. */
export async function pressMainButton(panel: Panel): Promise<void> {
  await panel.click('.main-action:not(:disabled)');
}

/** Resolves when a summary is whole: what it says of its end ("all 899 words · 2.1 s"). */
export function untilDone(panel: Panel): Promise<string> {
  return panel.waitFor(
    () => {
      const failure = document.querySelector<HTMLElement>('.failure');
      if (failure) throw new Error(`failed: ${failure.innerText}`);
      const busy = document.querySelector('.main-action:not(.primary)');
      const outcome = document.querySelector<HTMLElement>('.outcome .activity');
      return !busy && document.querySelector('.actions') ? outcome?.innerText : null;
    },
    { timeoutMs: ANSWER_WITHIN_MS },
  );
}

/** The page's sentences that the panel shows now, without their numbers. */
export function quotes(panel: Panel): Promise<string[]> {
  return panel.evaluate(() =>
    [...document.querySelectorAll('.part-quotes li')].map((item) =>
      [...item.childNodes]
        .filter((node) => !(node instanceof Element && node.matches('.source, .tag')))
        .map((node) => node.textContent ?? '')
        .join('')
        .trim(),
    ),
  );
}

/** Resolves when at least one sentence of the page stands there. */
export function untilQuoted(panel: Panel): Promise<string[]> {
  return panel
    .waitFor(() => document.querySelector('.part-quotes li'), { timeoutMs: 20_000 })
    .then(() => quotes(panel));
}

/** True where every word of the quote stands in the text, in its order: sentences are shown whole, or trimmed of a clause. */
export function isTakenFrom(text: string, quote: string): boolean {
  const wordsOf = (s: string): string[] => s.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const words = wordsOf(text);
  let at = 0;
  return wordsOf(quote).every((word) => (at = words.indexOf(word, at) + 1) > 0);
}
