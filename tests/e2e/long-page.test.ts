// A page longer than any context window: the sentences come from all of it; what the model is asked to write about it goes through it
// part by part, says how far it is, and can be stopped at any time.
import { describe, expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/panel.ts';
import { LONG_ARTICLE_WORDS, useBrowser } from './harness.ts';
import { articleOfWords } from './long-article.ts';
import { pressMainButton, quotes, untilDone } from './summary-panel.ts';

/** 300 on a machine that does nothing else; this long it takes nowhere unless the stop waits for more than a token. */
const STOPS_WITHIN_MS = 1_000;
const STOPS_IN_PREFILL_WITHIN_MS = 2_500;

/** 215,000 of the default model’s tokens. */
const BOOK_WORDS = 145_000;
/** A few seconds of work before the first word, which beside others' work become many. */
const BUSY = { timeout: 280_000 };
/** What a reader does in the panel meanwhile is answered as if nothing ran: this long nothing takes there. */
const PANEL_ANSWERS_WITHIN_MS = 1_000;

describe('a long page', () => {
  const subject = useBrowser({ pages: { 'book.html': articleOfWords(BOOK_WORDS) } });

  async function selectFrom(path: string): Promise<{ panel: Panel; outcome: string }> {
    const page = await subject.open(path);
    const panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    return { panel, outcome: await untilDone(panel) };
  }

  test('is read whole', async () => {
    const { panel, outcome } = await selectFrom('long.html');
    const words = Number(/^all ([\d,]+) words/i.exec(outcome)?.[1].replace(',', ''));
    expect(words).toBeGreaterThan(LONG_ARTICLE_WORDS * 0.9);
    expect((await quotes(panel)).length).toBeGreaterThanOrEqual(3);
  });

  test('is written about part by part, with progress that never falls, until it is stopped', async () => {
    const { panel } = await selectFrom('long.html');
    await recordProgress(panel);
    await panel.click('.quiet-action');
    await panel.waitFor(() => /part [2-9] of/.test(document.querySelector<HTMLElement>('.activity')?.innerText ?? ''), {
      timeoutMs: 100_000,
    });
    await pressMainButton(panel);
    await panel.waitFor(() => document.querySelector('.main-action.primary'));
    expect(await panel.text('.outcome')).toMatch(/Stopped.* of 1[12],\d{3} words.*part \d+ of \d+/is);

    const seen = await recordedProgress(panel);
    for (const phase of new Set(seen.map(({ what }) => what))) {
      const fractions = seen.filter(({ what }) => what === phase).map(({ fraction }) => fraction);
      expect(fractions, phase).toEqual(fractions.toSorted((a, b) => a - b));
    }
    const read = seen
      .flatMap(({ amount }) => /^([\d,]+) of 1[12],\d{3} words/.exec(amount)?.[1].replace(',', '') ?? [])
      .map(Number);
    expect(read).toEqual(read.toSorted((a, b) => a - b));
    expect(new Set(read).size).toBeGreaterThan(1);
    expect(seen.some(({ left }) => left.includes('left'))).toBe(true);
    expect((await quotes(panel)).length).toBeGreaterThanOrEqual(3);
  });

  test('of 200,000 tokens is read whole, written about from its best part on, and stopped at once', BUSY, async () => {
    const { panel, outcome } = await selectFrom('book.html');
    expect(Number(/^all ([\d,]+) words/i.exec(outcome)?.[1].replace(',', ''))).toBeGreaterThan(BOOK_WORDS * 0.95);
    const chosen = await quotes(panel);
    expect(chosen.length).toBeGreaterThanOrEqual(3);
    expect(new Set(chosen).size).toBe(chosen.length);

    await recordProgress(panel);
    await panel.click('.quiet-action');
    await panel.waitFor(
      () => {
        const says = document.querySelector<HTMLElement>('.activity')?.innerText ?? '';
        return /of 1[45]\d,\d{3} words/.test(says) && /part \d+ of \d{3}/.test(says) && /\bleft\b/.test(says);
      },
      { timeoutMs: 160_000 },
    );
    expect(await longestWait(panel)).toBeLessThan(PANEL_ANSWERS_WITHIN_MS);
    await pressMainButton(panel);
    await panel.waitFor(() => document.querySelector('.main-action.primary'), { timeoutMs: 5_000 });
    expect(await panel.text('.outcome')).toMatch(/Stopped.* of 1[45]\d,\d{3} words.*part \d+ of \d{3}/is);
    expect(await quotes(panel)).toEqual(chosen);
  });

  test.each([
    { moment: 'while the model reads', selector: '.main-action:not(.primary)', withinMs: STOPS_IN_PREFILL_WITHIN_MS },
    { moment: 'between two tokens', selector: '.draft', withinMs: STOPS_WITHIN_MS },
  ])('stops $moment', async ({ selector, withinMs }) => {
    const { panel } = await selectFrom('note.html');
    await panel.click('.quiet-action');
    await panel.waitFor((s) => document.querySelector(s), { args: [selector] });
    expect(await untilFree(panel)).toBeLessThan(withinMs);
    await untilDone(panel);
  });
});

/** Stops, and starts again: the milliseconds until the engine, which does one thing at a time, takes that next task up. */
function untilFree(panel: Panel): Promise<number> {
  return panel.evaluate(async () => {
    const change = (holds: () => boolean) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (!holds()) return;
          observer.disconnect();
          resolve();
        };
        const observer = new MutationObserver(check);
        observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
        check();
      });
    const button = () => document.querySelector<HTMLButtonElement>('.main-action')!;
    const isTaken = () => document.querySelector('.status')?.textContent.includes('SmolLM2') ?? false;
    const stopped = performance.now();
    button().click();
    await change(() => button().matches('.primary'));
    button().click();
    await change(() => !isTaken());
    await change(isTaken);
    return performance.now() - stopped;
  });
}

/** The longest that the panel's thread lets a timer wait in the next second. */
function longestWait(panel: Panel): Promise<number> {
  return panel.evaluate(async () => {
    let longest = 0;
    const end = performance.now() + 1_000;
    for (let before = performance.now(); before < end;) {
      await new Promise((resolve) => setTimeout(resolve));
      const now = performance.now();
      longest = Math.max(longest, now - before);
      before = now;
    }
    return longest;
  });
}

interface Progress {
  what: string;
  left: string;
  fraction: number;
  amount: string;
}

/** Notes each state of the progress bar from now on. */
async function recordProgress(panel: Panel): Promise<void> {
  await panel.evaluate(() => {
    const seen: Progress[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const activity = document.querySelector('.activity');
      const bar = activity?.querySelector('progress');
      if (!activity || !bar?.hasAttribute('value')) return;
      const [what, left, amount] = [...activity.querySelectorAll('p')].map(({ innerText }) => innerText);
      seen.push({ what, left, amount, fraction: bar.value });
    }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  });
}

function recordedProgress(panel: Panel): Promise<Progress[]> {
  return panel.evaluate(() => (window as unknown as { seen: Progress[] }).seen);
}
