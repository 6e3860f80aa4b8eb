// How soon the page's key sentences stand in the panel after the click, in both browsers: no model is asked for them.
import { articleOfWords } from '../../tests/e2e/long-article.ts';
import { launch } from '../browser/launch.ts';
import { startSite } from '../browser/site.ts';
import { buildExtensions } from './build-extensions.ts';
import { median } from './median.ts';

const WORDS = [900, 12_000];
const BROWSERS = ['chromium', 'firefox'] as const;

export interface KeySentencesRow {
  browser: (typeof BROWSERS)[number];
  words: number;
  /** From the press of the button to the first sentence, the page being read for the first time. */
  medianMs: number;
  longestMs: number;
}

/** Medians over `runs` pages. Builds the extension first. */
export async function keySentencesRows({ root, runs }: { root: string; runs: number }): Promise<KeySentencesRow[]> {
  buildExtensions(root, [...BROWSERS]);
  const pages = Object.fromEntries(WORDS.map((words) => [`${words}.html`, articleOfWords(words)]));
  const site = await startSite(undefined, pages);
  const rows: KeySentencesRow[] = [];
  for (const browser of BROWSERS) {
    const driver = await launch(browser);
    for (const words of WORDS) {
      const times: number[] = [];
      for (let run = 0; run < runs; run++) {
        const page = await driver.openPage(`${site.url}${words}.html?${run}`);
        const panel = await driver.openPanel(page);
        await panel.waitFor(() => document.querySelector('.main-action:not(:disabled)'));
        await readersMoment();
        times.push(await panel.evaluate(untilSentences));
        await driver.closePanel();
        await page.close();
      }
      rows.push({ browser, words, medianMs: Math.round(median(times)), longestMs: Math.round(Math.max(...times)) });
    }
    await driver.close();
  }
  site.close();
  return rows;
}

/** A reader needs it to find the button; meanwhile the panel asks the page for its language. */
function readersMoment(): Promise<void> {
  return new Promise((over) => setTimeout(over, 1_000));
}

/** Runs in the panel: presses the button, and resolves with the time to the first sentence. */
function untilSentences(): Promise<number> {
  const pressedMs = performance.now();
  document.querySelector<HTMLButtonElement>('.main-action')!.click();
  return new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.part-quotes li')) return;
      observer.disconnect();
      resolve(performance.now() - pressedMs);
    }).observe(document, { subtree: true, childList: true });
  });
}
