// Quotes are found in the live page and shown there without touching its elements, in real Chromium.
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import type { TextQuote } from '../../../lib/article.ts';
import { useChromium } from './chromium.ts';

const chromium = useChromium();
const FILLER = '<div style="height: 3000px"></div>';

function quoteOf(exact: string, prefix = '', suffix = ''): TextQuote {
  return { exact, prefix, suffix };
}

/** What `showQuote` answers, the text it highlighted, and where that stands in the window once scrolling has ended. */
async function show(page: Page, quote: TextQuote) {
  return page.evaluate(async (wanted) => {
    const found = inklingPage.showQuote(document, wanted);
    const range = Array.from(CSS.highlights.get('inkling-quote') ?? [])[0] as Range | undefined;
    if (!range) return { found, text: '', top: NaN, height: innerHeight, before: '' };
    const isInView = (): boolean => {
      const { top, bottom } = range.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    };
    for (let frame = 0; frame < 300 && !isInView(); frame++) await new Promise(requestAnimationFrame);
    const before = range.startContainer.textContent?.slice(0, range.startOffset) ?? '';
    return { found, text: range.toString(), top: range.getBoundingClientRect().top, height: innerHeight, before };
  }, quote);
}

async function open(html: string): Promise<Page> {
  const page = await chromium.open(`<!doctype html><meta charset="utf-8"><body>${html}`);
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  return page;
}

describe('showQuote', () => {
  it('scrolls to a sentence that is split by markup, white space and invisible characters', async () => {
    const page = await open(`${FILLER}<p>Before. The <b>wind&shy;mill</b>
      turned&nbsp;<a href="#">all&#x200b; night</a><sup>[3]</sup>, “they said”. After.</p>${FILLER}`);
    const shown = await show(page, quoteOf('The windmill turned all night, "they said".'));
    expect(shown.found).toBe(true);
    expect(shown.text.replace(/\s+/g, ' ')).toContain('mill turned');
    expect(shown.text).toMatch(/^The/);
    expect(shown.text).toMatch(/said$/);
    expect(shown.top).toBeGreaterThan(shown.height / 4);
    expect(shown.top).toBeLessThan((shown.height * 3) / 4);
    await page.close();
  });

  it('takes the place whose context fits', async () => {
    const page = await open(
      '<p>One: it rained. Then sun.</p><p>Two: it rained. Then snow.</p><p>Three: it rained. Then fog.</p>',
    );
    expect((await show(page, quoteOf('it rained.', 'Two: ', ' Then snow'))).before).toBe('Two: ');
    expect((await show(page, quoteOf('it rained.', '', ' Then fog'))).before).toBe('Three: ');
    await page.close();
  });

  it('prefers the visible one of two copies', async () => {
    const page = await open(
      '<p style="display: none">Only one of us is seen.</p><p id="seen">Only one of us is seen.</p>',
    );
    await show(page, quoteOf('Only one of us is seen.'));
    const id = await page.evaluate(
      () => (Array.from(CSS.highlights.get('inkling-quote')!)[0] as Range).startContainer.parentElement?.id,
    );
    expect(id).toBe('seen');
    await page.close();
  });

  it('finds text that has changed a little, not text that is not there', async () => {
    const page = await open('<p>The council approved 14 new cycle lanes on Tuesday evening, to loud applause.</p>');
    const shown = await show(page, quoteOf('The council approved 12 new cycle lanes on Monday evening'));
    expect(shown.text).toBe('The council approved 14 new cycle lanes on Tuesday evening');
    expect((await show(page, quoteOf('The museum will open its doors again in the spring of next year'))).found).toBe(
      false,
    );
    expect((await show(page, quoteOf('…'))).found).toBe(false);
    await page.close();
  });

  it('shows text in open shadow roots', async () => {
    const page = await chromium.openFixture('shadow');
    expect((await show(page, quoteOf('Grafts of it have gone to nine villages already.'))).text).toContain(
      'nine villages',
    );
    await page.close();
  });

  it('opens what folds the text away', async () => {
    const page = await open(`${FILLER}<details><summary>More</summary><p>Inside the fold.</p></details>
      <div hidden="until-found">Hidden until found.</div>`);
    expect((await show(page, quoteOf('Inside the fold.'))).text).toBe('Inside the fold');
    expect((await show(page, quoteOf('Hidden until found.'))).text).toBe('Hidden until found');
    expect(await page.$eval('details', (details) => details.open)).toBe(true);
    await page.close();
  });

  it('scrolls to the sentence, not to the paragraph that is longer than the window', async () => {
    const page = await open(
      `<p>${'Rain fell on the town. '.repeat(2_000)}Then the dam broke. ${'Rain fell on the town. '.repeat(2_000)}</p>`,
    );
    const shown = await show(page, quoteOf('Then the dam broke.'));
    expect(shown.top).toBeGreaterThan(0);
    expect(shown.top).toBeLessThan(shown.height);
    await page.close();
  });

  it('leaves the elements as they are, and no trace after clearQuote', async () => {
    const page = await chromium.openFixture('news');
    const result = await page.evaluate(() => {
      const before = document.documentElement.outerHTML;
      inklingPage.showQuote(document, {
        exact: 'The repair had been planned for three weeks.',
        prefix: '',
        suffix: '',
      });
      const during = document.documentElement.outerHTML;
      const sheets = document.adoptedStyleSheets.length;
      inklingPage.clearQuote(document);
      return {
        isSame: before === during,
        sheets,
        after: document.adoptedStyleSheets.length,
        shown: CSS.highlights.size,
      };
    });
    expect(result).toEqual({ isSame: true, sheets: 1, after: 0, shown: 0 });
    await page.close();
  });

  it('finds every sentence of what was extracted', async () => {
    for (const name of ['news', 'docs', 'product', 'japanese', 'arabic', 'broken', 'shadow', 'hidden-text']) {
      const page = await chromium.openFixture(name);
      const missing = await page.evaluate(() =>
        inklingPage
          .extractArticle(document)
          .blocks.filter((block) => !inklingPage.findQuote(document, { exact: block.text, prefix: '', suffix: '' }))
          .map((block) => block.text),
      );
      // What lies in a frame is shown by the script of that frame.
      expect(missing.filter((text) => !text.includes('pomologist'))).toEqual([]);
      await page.close();
    }
  });
});
