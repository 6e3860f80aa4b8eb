// What is asked for, when: the screen first, the rest of the page after it, each text once; pause, failure and progress.
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { useChromium } from './chromium.ts';
import type { TestOptions } from './page-script.ts';

const chromium = useChromium();

/** Paragraphs of some 80 characters, each with its number, 20 to a screen. */
const LONG = Array.from(
  { length: 300 },
  (_, at) =>
    `<p style="margin:0;height:45px">Number${at} is a paragraph of a page that is long enough to be scrolled through.</p>`,
).join('');

async function open(body: string, options: TestOptions): Promise<Page> {
  const page = await chromium.open(body);
  await page.evaluate((given) => void (globalThis.subject = pageTranslation.begin(given)), options);
  return page;
}

const numbers = (texts: string[]) => texts.map((text) => Number(/Number(\d+)/.exec(text)![1]));
const requests = (page: Page) => page.evaluate(() => subject.requests);

describe('order', () => {
  it('begins with what is on screen, in small requests, as many at once as help', async () => {
    const page = await chromium.open(LONG);
    await page.evaluate(async () => {
      scrollTo(0, 100 * 45 + 20);
      await new Promise(requestAnimationFrame);
      globalThis.subject = pageTranslation.begin({ held: true, parallel: 2 });
    });
    await page.waitForFunction(() => subject.requests.length === 2);
    const [first, second] = await requests(page);
    const asked = numbers([...first, ...second]);
    expect(asked).toEqual(asked.map((_, at) => 100 + at));
    expect(first.join('').length).toBeLessThanOrEqual(300);
    await page.close();
  });

  it('goes on through the whole page, in requests of bounded size', async () => {
    const page = await open(LONG, { parallel: 3 });
    const { texts, sizes, maxRunning, state } = await page.evaluate(async () => {
      await subject.watching();
      return {
        texts: subject.requests.flat(),
        sizes: subject.requests.map((request) => request.join('').length),
        maxRunning: subject.maxRunning,
        state: subject.states.at(-1)!,
      };
    });
    expect(numbers(texts).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, at) => at));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1500);
    expect(maxRunning).toBe(3);
    expect(state.doneCharacters).toBe(state.totalCharacters);
    await page.close();
  });

  it('where told not to, goes no further than the reader does', async () => {
    const page = await open(LONG, { all: false });
    await page.evaluate(() => subject.watching());
    const seen = numbers((await requests(page)).flat());
    expect(Math.max(...seen)).toBeLessThan(70);
    await page.evaluate(() => scrollTo(0, 250 * 45));
    await page.waitForFunction(() => document.body.textContent.includes('xNumber260'));
    expect(numbers((await requests(page)).flat())).not.toContain(150);
    await page.close();
  });

  it('asks once for a text that the page says often', async () => {
    const page = await open('<p>Read <a href="/1">more</a></p>'.repeat(50) + '<p>Read more</p>', {});
    await page.evaluate(() => subject.watching());
    expect((await requests(page)).flat()).toEqual(['Read more', 'Read more']);
    expect(await page.$$eval('p', (all) => new Set(all.map(({ textContent }) => textContent)).size)).toBe(1);
    await page.evaluate(async () => {
      await subject.translation.restore();
      subject.translation.start('bilingual');
    });
    await page.close();
  });
});

describe('pause and failure', () => {
  it('paused, nothing more is asked for and what was under way is told to stop; it goes on where it was', async () => {
    const page = await open(LONG, { held: true, parallel: 2 });
    await page.waitForFunction(() => subject.requests.length === 2);
    const paused = await page.evaluate(async () => {
      subject.translation.pause();
      await new Promise((resolve) => setTimeout(resolve));
      return { aborted: subject.aborted, phase: subject.states.at(-1)!.phase, requests: subject.requests.length };
    });
    expect(paused).toEqual({ aborted: 2, phase: 'paused', requests: 2 });
    expect(await page.evaluate(() => document.body.textContent)).not.toContain('xNumber');
    await page.evaluate(() => subject.translation.resume());
    await page.waitForFunction(() => subject.requests.length === 4);
    const [first, , again] = await requests(page);
    expect(again.slice(0, first.length)).toEqual(first);
    await page.close();
  });

  it('a request that fails stops the rest and is told; the reader may go on', async () => {
    const page = await open(LONG, { held: true, parallel: 1 });
    await page.waitForFunction(() => subject.requests.length === 1);
    await page.evaluate(() => {
      subject.answer(new Error('no model'));
    });
    await page.waitForFunction(() => subject.states.at(-1)!.phase === 'failed');
    expect(await page.evaluate(() => subject.states.at(-1)!.error)).toEqual({
      code: 'internal',
      detail: 'Error: no model',
    });
    await page.evaluate(() => subject.translation.resume());
    await page.waitForFunction(() => subject.requests.length === 2);
    await page.evaluate(() => subject.answer());
    await page.waitForFunction(() => document.body.textContent.includes('xNumber0'));
    const [first, second] = await requests(page);
    expect(second.slice(0, first.length)).toEqual(first);
    await page.close();
  });

  it('put back in the middle, nothing comes afterwards', async () => {
    const page = await open(LONG, { held: true });
    await page.waitForFunction(() => subject.requests.length === 2);
    const after = await page.evaluate(async () => {
      const states = subject.states.length;
      await subject.translation.restore();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { states: subject.states.length - states, text: document.body.textContent, aborted: subject.aborted };
    });
    expect(after.states).toBe(0);
    expect(after.aborted).toBe(2);
    expect(after.text).not.toContain('xNumber');
    await page.close();
  });
});
