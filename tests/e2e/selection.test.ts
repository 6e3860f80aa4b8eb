// "Summarize selection", from the browser's own context menu, wherever text can be selected.
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/panel.ts';
import { useBrowser } from './harness.ts';
import { isTakenFrom, quotes, untilDone } from './summary-panel.ts';

interface Place {
  name: string;
  /** Selects the text, in the page. */
  select: string;
  /** The element to right-click, in the page. */
  element: string;
  /** The selected text, as an expression in the page. */
  text: string;
}

const PLACES: Place[] = [
  {
    name: 'a paragraph',
    select: `getSelection().selectAllChildren(document.querySelector('#paragraph'))`,
    element: '#paragraph',
    text: `document.querySelector('#paragraph').textContent`,
  },
  {
    name: 'an open shadow root',
    select: `getSelection().selectAllChildren(document.querySelector('lantern-story').shadowRoot.querySelector('#story'))`,
    element: 'lantern-story',
    text: `document.querySelector('lantern-story').shadowRoot.textContent`,
  },
  {
    name: 'a closed shadow root',
    select: `document.querySelector('closed-story').dispatchEvent(new Event('select-story'))`,
    element: 'closed-story',
    text: `'The clock in Varden market has no minute hand. Its maker thought that nobody in Varden was in such a hurry. It loses four seconds a week.'`,
  },
  {
    name: 'a text field',
    select: `document.querySelector('#field').select()`,
    element: '#field',
    text: `document.querySelector('#field').value`,
  },
  {
    name: 'a frame of the same origin',
    select: `document.querySelector('#same-origin').contentWindow.getSelection().selectAllChildren(
      document.querySelector('#same-origin').contentDocument.querySelector('#paragraph'))`,
    element: '#same-origin',
    text: `document.querySelector('#same-origin').contentDocument.body.textContent`,
  },
];

describe('summary of a selection', () => {
  const subject = useBrowser();

  test.each(PLACES)('in $name', async ({ select, element, text }) => {
    const page = await subject.open('selections.html');
    await page.waitForFunction(() => document.querySelector('#cross-origin')?.getAttribute('src'));
    await page.evaluate(select);
    await subject.driver.chooseMenuItem(page, 'summarize selection', await textOf(page, element));
    const panel = await subject.driver.panel();
    expect(await untilDone(panel)).toMatch(/^Selection, \d+ words/);
    await expectTakenFrom((await page.evaluate(text)) as string, panel);
  });

  test('in a frame of another origin', async () => {
    const page = await subject.open('selections.html');
    const frame = await page.waitForFrame((candidate) => candidate.url().includes('//localhost:'));
    await frame.waitForSelector('#paragraph');
    await frame.evaluate(() => getSelection()?.selectAllChildren(document.querySelector('#paragraph')!));
    await subject.driver.chooseMenuItem(page, 'summarize selection', await textOf(page, '#cross-origin'));
    const panel = await subject.driver.panel();
    expect(await untilDone(panel)).toMatch(/^Selection, \d+ words/);
    await expectTakenFrom(await frame.$eval('#paragraph', ({ textContent }) => textContent), panel);
  });

  test('"Summarize page" and the shortcut do the whole page', async () => {
    const page = await subject.open('article.html');
    await subject.driver.chooseMenuItem(page, 'summarize page', await textOf(page, 'h1'));
    let panel = await subject.driver.panel();
    expect(await untilDone(panel)).toMatch(/^all \d{3} words/i);
    await subject.driver.closePanel();

    const other = await subject.open('article.html');
    await subject.driver.pressShortcut(other, 'summarize');
    panel = await subject.driver.panel();
    expect(await untilDone(panel)).toMatch(/^all \d{3} words/i);
  });
});

async function expectTakenFrom(text: string, panel: Panel): Promise<void> {
  const shown = await quotes(panel);
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter((quote) => !isTakenFrom(text, quote))).toEqual([]);
}

/** Near the left end of the element's first line, where its text is. */
async function textOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  return page.$eval(selector, (element) => {
    element.scrollIntoView({ block: 'center' });
    const { left, top } = element.getBoundingClientRect();
    return { x: left + 40, y: top + 20 };
  });
}
