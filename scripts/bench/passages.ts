// How soon a question shows the passages that may answer it, in both browsers: from the press of Enter to the frame that has them painted,
// beside a panel that is open.
import { articleOfWords } from '../../tests/e2e/long-article.ts';
import { launch } from '../browser/launch.ts';
import { startSite } from '../browser/site.ts';
import { buildExtensions } from './build-extensions.ts';
import { median } from './median.ts';

const WORDS = [2_000, 50_000];
const BROWSERS = ['chromium', 'firefox'] as const;
const QUESTIONS = ['When did Corrin Halt open?', 'How many levers does the signal box of Farrow Halt have?'];
/** What a reader needs at least for a question: five keys a second. Meanwhile the page is read, and read ahead. */
const TYPING_MS = 200 * QUESTIONS[0].length;

export interface PassagesRow {
  browser: (typeof BROWSERS)[number];
  words: number;
  /** first: the page has not been asked about before. */
  question: 'first' | 'second';
  medianMs: number;
  longestMs: number;
}

/** Medians over `runs` pages. Builds the extension first. */
export async function passagesRows({ root, runs }: { root: string; runs: number }): Promise<PassagesRow[]> {
  buildExtensions(root, [...BROWSERS]);
  const pages = Object.fromEntries(WORDS.map((words) => [`${words}.html`, articleOfWords(words)]));
  const site = await startSite(undefined, pages);
  const rows: PassagesRow[] = [];
  for (const browser of BROWSERS) {
    const driver = await launch(browser);
    for (const words of WORDS) {
      const times: number[][] = QUESTIONS.map(() => []);
      for (let run = 0; run < runs; run++) {
        const page = await driver.openPage(`${site.url}${words}.html?${run}`);
        const panel = await driver.openPanel(page);
        await panel.click('#tab-chat');
        await panel.waitFor(() => document.querySelector('main .empty'));
        for (const [i, question] of QUESTIONS.entries()) {
          await new Promise((over) => setTimeout(over, TYPING_MS));
          await panel.fill('.ask textarea', question);
          times[i].push(await panel.evaluate(untilPassages));
          await panel.waitFor(() => [...document.querySelectorAll('.turn')].at(-1)?.querySelector('.turn-actions'));
        }
        await driver.closePanel();
        await page.close();
      }
      for (const [i, question] of (['first', 'second'] as const).entries()) {
        const figures = { medianMs: Math.round(median(times[i])), longestMs: Math.round(Math.max(...times[i])) };
        rows.push({ browser, words, question, ...figures });
      }
    }
    await driver.close();
  }
  site.close();
  return rows;
}

/** Runs in the panel: presses Enter, and resolves with the time to the end of the frame in which the passages are painted. */
function untilPassages(): Promise<number> {
  const before = document.querySelectorAll('.turn').length;
  const pressedMs = performance.now();
  const shown = new Promise<number>((resolve) => {
    const look = (observer: MutationObserver) => {
      if (![...document.querySelectorAll('.turn')].at(before)?.querySelector('.passages li')) return;
      observer.disconnect();
      // A message that is sent in a frame is read when that has been painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - pressedMs);
        port2.postMessage(null);
      });
    };
    new MutationObserver((_, observer) => look(observer)).observe(document, { subtree: true, childList: true });
  });
  // Last: in Firefox what the panel does at this press is done when the call returns, and nothing that looks after it would see it.
  const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
  document.querySelector('.ask textarea')!.dispatchEvent(enter);
  return shown;
}
