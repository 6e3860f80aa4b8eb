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

export interface PageRow {
  words: number;
  /** The translator's worker starts with the click, or has translated another page before. */
  start: 'cold' | 'warm';
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
  const times: Record<PageRow['start'], Times[]> = { cold: [], warm: [] };
  for (let run = 0; run < runs; run++) {
    const driver = await launch('chromium');
    times.cold.push(await translatePage(driver, `${site.url}long.html`));
    await driver.close();
    const warmed = await launch('chromium');
    await translatePage(warmed, `${site.url}other.html`);
    times.warm.push(await translatePage(warmed, `${site.url}long.html`));
    await warmed.close();
  }
  site.close();
  return (['cold', 'warm'] as const).map((start) => {
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

async function translatePage(driver: Driver, url: string): Promise<Times> {
  const page = await driver.openPage(url);
  const panel = await driver.openPanel(page);
  await panel.click('#tab-translation');
  await panel.waitFor(() => document.querySelector<HTMLSelectElement>('.languages select')?.value === 'en');
  await panel.choose('.languages > select:last-child', 'pt');
  await panel.waitFor(() => document.querySelector('.panel-part .primary:not(:disabled)'));
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
