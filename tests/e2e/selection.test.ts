// "Summarize selection", from the browser's own context menu, wherever text can be selected.
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from './harness.ts';
import { quotes, untilDone } from './summary-panel.ts';

interface Place {
  name: string;
  /** Selects the text, in the page. */
  select: string;
  /** The element to right-click, in the page. */
  element: string;
  /** What must and what must not be summarized. */
  says: string;
}

const PLACES: Place[] = [
  {
    name: 'a paragraph',
    select: `getSelection().selectAllChildren(document.querySelector('#paragraph'))`,
    element: '#paragraph',
    says: 'lens of 40 centimetres',
  },
  {
    name: 'an open shadow root',
    select: `getSelection().selectAllChildren(document.querySelector('lantern-story').shadowRoot.querySelector('#story'))`,
    element: 'lantern-story',
    says: 'burned whale oil until 1864',
  },
  {
    name: 'a closed shadow root',
    select: `document.querySelector('closed-story').dispatchEvent(new Event('select-story'))`,
    element: 'closed-story',
    says: 'loses four seconds a week',
  },
  {
    name: 'a text field',
    select: `document.querySelector('#field').select()`,
    element: '#field',
    says: 'does not sail when the wind',
  },
  {
    name: 'a frame of the same origin',
    select: `document.querySelector('#same-origin').contentWindow.getSelection().selectAllChildren(
      document.querySelector('#same-origin').contentDocument.querySelector('#paragraph'))`,
    element: '#same-origin',
    says: 'planted in 1788',
  },
];

describe('summary of a selection', () => {
  const subject = useBrowser();

  test.each(PLACES)('in $name', async ({ select, element, says }) => {
    const page = await subject.open('selections.html');
    await page.waitForFunction(() => document.querySelector('#cross-origin')?.getAttribute('src'));
    await page.evaluate(select);
    const panel = await subject.driver.chooseMenuItem(page, 'selection', await textOf(page, element));
    expect(await untilDone(panel)).toMatch(/^Selection, \d+ words/);
    expect((await quotes(panel)).join(' ')).toContain(says);
  });

  test('in a frame of another origin', async () => {
    const page = await subject.open('selections.html');
    const frame = await page.waitForFrame((candidate) => candidate.url().includes('//localhost:'));
    await frame.waitForSelector('#paragraph');
    await frame.evaluate(() => getSelection()?.selectAllChildren(document.querySelector('#paragraph')!));
    const panel = await subject.driver.chooseMenuItem(page, 'selection', await textOf(page, '#cross-origin'));
    expect(await untilDone(panel)).toMatch(/^Selection, \d+ words/);
    expect((await quotes(panel)).join(' ')).toContain('planted in 1788');
  });

  test('"Summarize page" and the shortcut do the whole page', async () => {
    const page = await subject.open('article.html');
    let panel = await subject.driver.chooseMenuItem(page, 'page', await textOf(page, 'h1'));
    expect(await untilDone(panel)).toMatch(/^all \d{3} words/);
    await subject.driver.closePanel();

    const other = await subject.open('article.html');
    panel = await subject.driver.pressShortcut(other);
    expect(await untilDone(panel)).toMatch(/^all \d{3} words/);
  });
});

/** Near the left end of the element's first line, where its text is. */
async function textOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  return page.$eval(selector, (element) => {
    element.scrollIntoView({ block: 'center' });
    const { left, top } = element.getBoundingClientRect();
    return { x: left + 40, y: top + 20 };
  });
}
