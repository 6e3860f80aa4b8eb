// A page longer than any context window: all of it is read, progress is shown and never falls, and it can be stopped at any time.
import { describe, expect, test } from 'vitest';
import { LONG_ARTICLE_WORDS, useBrowser } from './harness.ts';
import { pressMainButton, quotes, untilDone, untilQuoted } from './summary-panel.ts';

const STOPS_WITHIN_MS = 300;
const STOPS_IN_PREFILL_WITHIN_MS = 2_500;

describe('a long page', () => {
  const subject = useBrowser();

  test('is read whole, part by part, with progress that never falls', async () => {
    const page = await subject.open('long.html');
    const panel = await subject.driver.openPanel(page);
    await panel.evaluate(() => {
      const seen: { what: string; fraction: number; amount: string }[] = [];
      (globalThis as unknown as { seen: typeof seen }).seen = seen;
      new MutationObserver(() => {
        const bar = document.querySelector<HTMLProgressElement>('.activity progress');
        if (!bar?.hasAttribute('value')) return;
        const amount = document.querySelector<HTMLElement>('.activity .amount')?.innerText ?? '';
        seen.push({ what: bar.getAttribute('aria-label') ?? '', fraction: bar.value, amount });
      }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    await pressMainButton(panel);
    const early = await untilQuoted(panel);
    const outcome = await untilDone(panel);
    const seen = await panel.evaluate(
      () => (globalThis as unknown as { seen: { what: string; fraction: number; amount: string }[] }).seen,
    );

    expect(early.length).toBeGreaterThan(0);
    for (const phase of new Set(seen.map(({ what }) => what))) {
      const fractions = seen.filter(({ what }) => what === phase).map(({ fraction }) => fraction);
      expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    }
    expect(seen.some(({ amount }) => /of 1[12],\d{3} words · part \d+ of \d+/.test(amount))).toBe(true);
    const words = Number(/^all ([\d,]+) words/i.exec(outcome)?.[1].replace(',', ''));
    expect(words).toBeGreaterThan(LONG_ARTICLE_WORDS * 0.9);
    expect((await quotes(panel)).length).toBeGreaterThanOrEqual(3);
  });

  test('stops at once and keeps what stands there', async () => {
    const page = await subject.open('long.html');
    const panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    await untilQuoted(panel);
    await panel.waitFor(() => /part \d+ of/.test(document.querySelector<HTMLElement>('.activity')?.innerText ?? ''));

    const started = performance.now();
    await pressMainButton(panel);
    await panel.waitFor(() => document.querySelector('.main-action.primary'));
    expect(performance.now() - started).toBeLessThan(STOPS_WITHIN_MS);
    expect(await panel.text('.outcome')).toContain('Stopped');
    const kept = await quotes(panel);
    expect(kept.length).toBeGreaterThan(0);

    // The engine is free again: the next summary does not wait for the one that was stopped.
    const again = performance.now();
    const article = await subject.open('article.html');
    await pressMainButton(await subject.driver.openPanel(article));
    await panel.waitFor(() => document.querySelector('.actions') && document.querySelector('.part-quotes'));
    expect(performance.now() - again).toBeLessThan(60_000);
  });

  test('stops in the middle of what the model writes and of what it reads before that', async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    await untilDone(panel);

    for (const [moment, withinMs] of [
      ['Writing', STOPS_IN_PREFILL_WITHIN_MS],
      ['draft', STOPS_WITHIN_MS],
    ] as const) {
      await panel.click('.quiet-action');
      await panel.waitFor(
        (m) =>
          m === 'draft'
            ? document.querySelector('.draft, .part-written li')
            : document.querySelector('.main-action:not(.primary)'),
        { args: [moment] },
      );
      const started = performance.now();
      await pressMainButton(panel);
      await panel.waitFor(() => document.querySelector('.main-action.primary'));
      expect(performance.now() - started).toBeLessThan(withinMs);
      const written = await panel.text('.part-written');
      await pressMainButton(panel);
      await untilDone(panel);
      expect(await panel.text('.part-written'), 'nothing of the stopped run comes later').not.toBe(written || ' ');
    }
  });
});
