// How long a reader waits for a translated page: the built extension in Chromium, from the click in the panel.
import { articleOfWords } from '../../tests/e2e/long-article.ts';
import type { Driver } from '../browser/driver.ts';
import { launch } from '../browser/launch.ts';
import { call } from '../browser/panel.ts';
import { startSite } from '../browser/site.ts';
import { buildExtensions } from './build-extensions.ts';
import { median } from './median.ts';

const WORDS = 3000;
const LIMIT_MS = 120_000;
const LOOK_MS = 1000;
const STARTS = ['cold', 'looked', 'warm'] as const;

export interface PageRow {
  words: number;
  /**
   * The browser has just started. cold: clicked in the moment in which the panel's part is ready; looked: a second later, as readers
   * are. warm: another page has been translated before.
   */
  start: (typeof STARTS)[number];
  /** From the click to the last paragraph of those in view, and of the page. */
  firstScreenMs: number;
  wholePageMs: number;
  /** Of the page's own thread: what the reader feels as a hitch. */
  longestTaskMs: number;
}

interface Times {
  firstScreenMs: number;
  wholePageMs: number;
  longestTaskMs: number;
}

/** Medians over `runs`, each in a new browser. Builds the extension first. */
export async function pageRows({ root, runs }: { root: string; runs: number }): Promise<PageRow[]> {
  buildExtensions(root, ['chromium']);
  const site = await startSite(undefined, { 'long.html': articleOfWords(WORDS), 'other.html': articleOfWords(60) });
  const times: Record<PageRow['start'], Times[]> = { cold: [], looked: [], warm: [] };
  for (let run = 0; run < runs; run++) {
    for (const start of STARTS) {
      const driver = await launch('chromium');
      if (start === 'warm') await translatePage(driver, `${site.url}other.html`);
      times[start].push(await translatePage(driver, `${site.url}long.html`, start === 'looked' ? LOOK_MS : 0));
      await driver.close();
    }
  }
  site.close();
  return STARTS.map((start) => {
    const middle = (key: keyof Times) => Math.round(median(times[start].map((each) => each[key])));
    return {
      words: WORDS,
      start,
      firstScreenMs: middle('firstScreenMs'),
      wholePageMs: middle('wholePageMs'),
      longestTaskMs: middle('longestTaskMs'),
    };
  });
}

async function translatePage(driver: Driver, url: string, lookMs = 0): Promise<Times> {
  const page = await driver.openPage(url);
  const panel = await driver.openPanel(page);
  await panel.click('#tab-translation');
  await panel.waitFor(() => document.querySelector<HTMLSelectElement>('.languages select')?.value === 'en');
  await panel.choose('.languages > select:last-child', 'pt');
  await panel.waitFor(() => document.querySelector('.panel-part .primary:not(:disabled)'));
  await new Promise((over) => setTimeout(over, lookMs));
  const watched = page.evaluate(call(watch, [LIMIT_MS])) as ReturnType<typeof watch>;
  await panel.click('.panel-part .primary');
  // Both clocks are the machine's.
  const clickedMs = Date.now();
  const { firstScreenAtMs, wholePageAtMs, longestTaskMs } = await watched;
  await driver.closePanel();
  return { firstScreenMs: firstScreenAtMs - clickedMs, wholePageMs: wholePageAtMs - clickedMs, longestTaskMs };
}

/** Runs in the page: watches its paragraphs until each has its translation. */
function watch(limitMs: number) {
  const paragraphs = [...document.querySelectorAll('p')];
  const inView = paragraphs.filter((each) => each.getBoundingClientRect().top < innerHeight);
  const isDone = (paragraph: Element) => paragraph.querySelector('inkling-translation') !== null;
  let longestTaskMs = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
  }).observe({ type: 'longtask' });
  return new Promise<{ firstScreenAtMs: number; wholePageAtMs: number; longestTaskMs: number }>((resolve, reject) => {
    let firstScreenAtMs = 0;
    setTimeout(() => reject(new Error('the page was not translated in time')), limitMs);
    new MutationObserver((_, observer) => {
      if (firstScreenAtMs === 0 && inView.every(isDone)) firstScreenAtMs = Date.now();
      if (!paragraphs.every(isDone)) return;
      observer.disconnect();
      resolve({ firstScreenAtMs, wholePageAtMs: Date.now(), longestTaskMs });
    }).observe(document, { subtree: true, childList: true });
  });
}
