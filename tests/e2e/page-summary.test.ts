// The main job: the page in front, summarized with its own sentences, each leading back to its place.
import { describe, expect, test } from 'vitest';
import { useBrowser } from './harness.ts';
import { isTakenFrom, pressMainButton, quotes, untilDone } from './summary-panel.ts';

describe('summary of a page', () => {
  const subject = useBrowser({ isNew: true });

  test('shows sentences of the page, in page order, and says how much it read', async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    const title = await panel.waitFor(() => document.querySelector('h1')?.textContent.match(/^The river.*/)?.[0]);
    expect(title).toBe('The river that came back to Hallen Bridge – The Orrin Valley Courier');

    await pressMainButton(panel);
    const outcome = await untilDone(panel);

    const shown = await quotes(panel);
    const text = await page.$eval('article', (article) => article.textContent.replace(/\s+/g, ' '));
    const places = shown.map((quote) => text.indexOf(quote.split(' ').slice(0, 3).join(' ')));
    expect(shown.length).toBeGreaterThanOrEqual(3);
    expect(shown.filter((quote) => !isTakenFrom(text, quote))).toEqual([]);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(outcome).toMatch(/^all \d{3} words/i);
    expect(await panel.text('.status')).toMatch(/SmolLM2 135M · CPU.*on this device/i);
  });

  test("a tl;dr begins with the page's own description, named as such", async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    await panel.choose('.controls select', 'tldr');
    await pressMainButton(panel);
    await untilDone(panel);
    expect(await panel.text('.part-description h2')).toMatch(/own description/);
    expect(await panel.text('.part-description li')).toMatch(/the floods that the council feared have not come/);
    await panel.choose('.controls select', 'key-points');
  });

  // How soon is for `npm start` to say: a busy machine would make a test of milliseconds fail for no fault of ours.
  test('shows the key sentences before any model has been taken', async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    await panel.waitFor(() => document.querySelector('.main-action:not(:disabled)'));
    await panel.evaluate(() => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector('.part-quotes li')) return;
        Object.assign(window, { statusAtQuotes: document.querySelector('.status')?.textContent });
        observer.disconnect();
      });
      observer.observe(document, { subtree: true, childList: true });
    });
    await pressMainButton(panel);
    await untilDone(panel);
    expect(await panel.evaluate(() => (window as unknown as { statusAtQuotes: string }).statusAtQuotes)).toBe(
      'on this device',
    );
    expect(await panel.text('.status')).toMatch(/SmolLM2/);
  });

  test('a source mark scrolls to its sentence and highlights it, without touching the page', async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    await untilDone(panel);
    const before = await page.content();
    const last = (await quotes(panel)).at(-1)!;

    await panel.click('.part-quotes li:last-child .source-mark');
    await page.waitForFunction(
      (begin) => {
        const ranges = [...CSS.highlights.values()].flatMap((highlight) => [...highlight]) as Range[];
        const { top, bottom } = ranges[0]?.getBoundingClientRect() ?? {};
        const isInView = bottom > 0 && top < innerHeight;
        return (
          ranges.length === 1 && ranges[0].toString().replace(/\s+/g, ' ').startsWith(begin) && scrollY > 0 && isInView
        );
      },
      {},
      last.split(' ').slice(0, 3).join(' '),
    );
    expect(await page.content()).toBe(before);
  });

  test('copies what it says', async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    await untilDone(panel);
    const [first] = await quotes(panel);

    await panel.click('.actions button');
    await panel.waitFor(() => document.querySelector<HTMLElement>('.actions button')?.innerText === 'Copied');
    await page.evaluate(() => {
      document.body.innerHTML = '<textarea autofocus></textarea>';
      document.querySelector('textarea')?.focus();
    });
    await page.bringToFront();
    await page.keyboard.down('Control');
    await page.keyboard.press('v');
    await page.keyboard.up('Control');
    expect(await page.$eval('textarea', ({ value }) => value)).toContain(first);
  });
});
