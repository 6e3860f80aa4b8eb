// "Translate page": both ways of showing it, with the real models of the package, on pages that hold still and on pages that do not.
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/panel.ts';
import { useBrowser } from './harness.ts';

const OWN = 'inkling-translation';

describe('translation of a page', () => {
  const subject = useBrowser();

  test('stands beside each paragraph, or in its place at will; what works goes on working; the page is put back as it was', async () => {
    const page = await subject.open('translate-article.html');
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    const panel = await translate(page);
    await untilWatching(panel);

    expect(await textOf(page, `#lead ${OWN}`)).toMatch(/farol.*biblioteca/);
    expect(await textOf(page, `#lead ${OWN} b`)).toMatch(/biblioteca/);
    expect(await page.$eval(`#lead ${OWN} a`, (link) => link.getAttribute('href'))).toBe('note.html');
    expect(await textOf(page, `#code ${OWN} code`)).toBe('reserve(book)');
    expect(await textOf(page, `#visit ${OWN}`)).toMatch(/biblioteca.*9/);
    expect(await textOf(page, `td ${OWN}`)).toMatch(/segunda/i);
    expect(await textOf(page, `#last ${OWN}`)).toMatch(/tempestade.*livro/);
    expect(await page.$$eval('button, img, input', (all) => all.length)).toBe(3);
    expect(await textOf(page, '#button')).toMatch(/livro/);
    for (const selector of ['#pre', '#brand', '#editor', '#note']) {
      expect(before).toContain(await textOf(page, selector));
    }
    // What shows nowhere comes after what does.
    await page.waitForFunction(() => /biblioteca/i.test(document.title));
    expect(await page.$eval('#image', (image) => image.getAttribute('alt'))).toMatch(/barco/i);

    await page.type('#name', 'Ann');
    await panel.click('.segments label:nth-of-type(2)');
    await page.waitForFunction((own) => !document.querySelector(own), {}, OWN);
    await page.waitForFunction(() => document.querySelector('#last')!.textContent.includes('tempestade'));
    expect(await textOf(page, '#link')).toMatch(/guard/);
    expect(await textOf(page, '#code')).toContain('reserve(book)');
    expect(await page.$eval('html', ({ lang }) => lang)).toBe('pt');
    await page.click('#button');
    expect(await page.evaluate(() => (window as unknown as { clicks: number }).clicks)).toBe(1);

    await panel.click('.translation-controls .buttons button:last-child');
    await panel.waitFor(() => document.querySelector('.translation-controls .primary'));
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
    expect(await page.$eval('#name', (field) => (field as HTMLInputElement).value)).toBe('Ann');
    await page.click('#button');
    expect(await page.evaluate(() => (window as unknown as { clicks: number }).clicks)).toBe(2);
  });

  test('follows what the page adds, shows, and puts in its place', async () => {
    const page = await subject.open('translate-app.html');
    const panel = await translate(page);
    await untilWatching(panel);
    await page.evaluate(`receive('The second message has just arrived.')`);
    await untilSaid(page, '#feed', 'segunda');
    await page.evaluate('openMenu()');
    await untilSaid(page, '#menu', 'fechado');
    await page.evaluate(`go('/settings', '<h1>Settings</h1><p>Here the colours can be changed.</p>')`);
    await untilSaid(page, '#app', 'cores');
    await page.evaluate('addCard()');
    await page.waitForFunction((own) => document.querySelector('late-card')!.shadowRoot!.querySelector(own), {}, OWN);

    await panel.click('.translation-controls .buttons button:last-child');
    await page.waitForFunction((own) => !document.querySelector(own), {}, OWN);
  });

  test('can be stopped, goes on from there, and can be taken back in the middle', async () => {
    const page = await subject.open('long.html');
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    const panel = await translate(page);
    await page.waitForFunction((own) => document.querySelector(own), {}, OWN);
    await panel.click('.translation-controls .buttons button:first-child');
    await panel.waitFor(() => document.querySelector('.translation-controls .primary'));
    const stopped = await count(page);
    const all = await page.$$eval('p', (paragraphs) => paragraphs.length);
    expect(stopped).toBeLessThan(all);
    await page.evaluate(async () => {
      for (let frame = 0; frame < 20; frame++) await new Promise(requestAnimationFrame);
    });
    expect(await count(page)).toBe(stopped);

    await panel.click('.translation-controls .primary');
    await page.waitForFunction((own, had) => document.querySelectorAll(own).length > had, {}, OWN, stopped);
    await panel.click('.translation-controls .buttons button:last-child');
    await panel.waitFor(() => document.querySelector('.translation-controls .primary'));
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
  });

  /** Opens the panel over the page and presses Translate there, from English into Portuguese. */
  async function translate(page: Page): Promise<Panel> {
    const panel = await subject.driver.openPanel(page);
    await panel.click('#tab-translation');
    await panel.waitFor(() => document.querySelector('.languages > select:last-child > [value=pt]'));
    await panel.choose('.languages > select:last-child', 'pt');
    await panel.click('.segments label:nth-of-type(1)');
    await panel.click('.panel-part .primary:not(:disabled)');
    return panel;
  }
});

/** Resolves when the whole page is translated and only new text is waited for. */
function untilWatching(panel: Panel): Promise<unknown> {
  return panel.waitFor(() => {
    const failure = document.querySelector<HTMLElement>('.failure');
    if (failure) throw new Error(`failed: ${failure.textContent}`);
    return document.querySelector('main > .quiet');
  });
}

function untilSaid(page: Page, selector: string, text: string): Promise<unknown> {
  return page.waitForFunction(
    (s, wanted) => document.querySelector(s)?.textContent.includes(wanted),
    {},
    selector,
    text,
  );
}

function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (element) => element.textContent);
}

function count(page: Page): Promise<number> {
  return page.$$eval(OWN, (all) => all.length);
}
