// "Translate selection": the card beside the text, from menu and keys, with the real models of the package.
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/panel.ts';
import { isChromium, useBrowser } from './harness.ts';

const PARAGRAPH = '#paragraph';
const FIELD = '#field';

describe('translation of a selection', () => {
  const subject = useBrowser();

  test('stands in a card beside it, in the language found and the one chosen; Esc gives the page back', async () => {
    const page = await openWith(PARAGRAPH);
    await subject.driver.chooseMenuItem(page, 'translate selection', await middleOf(page, PARAGRAPH));
    const card = await subject.driver.card(page);
    expect(await untilTranslated(card)).toMatch(/observatório.*1911.*40 centímetros/s);
    expect(await languages(card)).toEqual(['en', 'pt']);

    const [box, text] = [await cardBox(card), await boxOf(page, PARAGRAPH)];
    expect(box.top >= text.bottom || box.bottom <= text.top).toBe(true);
    expect(box.left >= 0 && box.top >= 0).toBe(true);
    const selected = await page.evaluate(() => String(getSelection()));
    expect(await page.evaluate(() => document.querySelector('.card-text'))).toBeNull();

    await page.keyboard.press('Escape');
    await page.waitForFunction((count) => document.documentElement.children.length === count, {}, 2);
    expect(await page.evaluate(() => String(getSelection()))).toBe(selected);
  });

  test('comes by the keys, too, and goes the other way round when the languages are swapped', async () => {
    const page = await openWith(PARAGRAPH);
    await subject.driver.pressShortcut(page, 'translate');
    const card = await subject.driver.card(page);
    const portuguese = await untilTranslated(card);
    await page.evaluate((text) => {
      document.querySelector('#paragraph')!.textContent = text;
      getSelection()!.selectAllChildren(document.querySelector('#paragraph')!);
    }, portuguese);
    await page.keyboard.press('Escape');
    await page.evaluate(() => getSelection()!.selectAllChildren(document.querySelector('#paragraph')!));
    await subject.driver.pressShortcut(page, 'translate');
    const back = await subject.driver.card(page);
    expect(await untilTranslated(back)).toMatch(/observatory.*1911/s);
    expect(await languages(back)).toEqual(['pt', 'en']);
  });

  test('takes the place of what is selected in a text field, as one step of its undo', async () => {
    const page = await openWith(FIELD);
    const before = await valueOf(page);
    await page.evaluate(() => {
      const field = document.querySelector<HTMLTextAreaElement>('#field')!;
      field.addEventListener('input', () => (field.dataset.heard = 'yes'));
      field.focus();
      field.setSelectionRange(0, field.value.indexOf('.') + 1);
    });
    await subject.driver.chooseMenuItem(page, 'translate selection', await middleOf(page, FIELD));
    const card = await subject.driver.card(page);
    const translation = await untilTranslated(card);
    expect(translation).toMatch(/Skarholm/);
    await card.click('.card-actions .primary');
    await page.waitForFunction(
      (text) => document.querySelector<HTMLTextAreaElement>('#field')!.value.startsWith(text),
      {},
      translation,
    );
    expect(await valueOf(page)).toBe(translation + before.slice(before.indexOf('.') + 1));
    expect(await page.evaluate(() => document.querySelector<HTMLElement>('#field')!.dataset.heard)).toBe('yes');
    await page.keyboard.down('Control');
    await page.keyboard.press('z');
    await page.keyboard.up('Control');
    expect(await valueOf(page)).toBe(before);
  });

  test('does not replace a text that has changed: it says so, and stays to be copied', async () => {
    const page = await openWith(FIELD);
    await page.evaluate(() => {
      const field = document.querySelector<HTMLTextAreaElement>('#field')!;
      field.focus();
      field.setSelectionRange(0, field.value.indexOf('.') + 1);
    });
    await subject.driver.chooseMenuItem(page, 'translate selection', await middleOf(page, FIELD));
    const card = await subject.driver.card(page);
    const translation = await untilTranslated(card);
    await page.evaluate(() => (document.querySelector<HTMLTextAreaElement>('#field')!.value = 'Other text.'));
    await card.click('.card-actions .primary');
    await card.waitFor(() => document.querySelector('.notice')?.textContent.includes('has changed'));
    expect(await valueOf(page)).toBe('Other text.');
    expect(await card.text('.card-text')).toBe(translation);
  });

  test('does nothing by what a page does to it', async () => {
    const page = await openWith(FIELD);
    const before = await valueOf(page);
    await page.evaluate(() => document.querySelector<HTMLTextAreaElement>('#field')!.select());
    await subject.driver.chooseMenuItem(page, 'translate selection', await middleOf(page, FIELD));
    await untilTranslated(await subject.driver.card(page));
    await page.evaluate(() => {
      for (const element of document.documentElement.children) {
        const { x, y } = element.getBoundingClientRect();
        for (const type of ['click', 'pointerdown', 'keydown']) {
          element.dispatchEvent(
            new MouseEvent(type, { bubbles: true, composed: true, clientX: x + 60, clientY: y + 60 }),
          );
          element.dispatchEvent(new KeyboardEvent(type, { key: 'Enter', bubbles: true, composed: true }));
        }
      }
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    });
    expect(await valueOf(page)).toBe(before);
  });

  test.runIf(isChromium)('is shown in the panel when the reader wants it there', async () => {
    const page = await openWith(PARAGRAPH);
    await subject.driver.chooseMenuItem(page, 'translate selection', await middleOf(page, PARAGRAPH));
    const card = await subject.driver.card(page);
    const translation = await untilTranslated(card);
    await card.click('.card-actions button:last-child');
    const panel = await subject.driver.panel();
    await panel.waitFor(() => document.querySelector('.shown-translation'));
    expect(await panel.text('.shown-translation p')).toBe(translation);
  });

  /** The page with a text selected in it. */
  async function openWith(selector: string): Promise<Page> {
    const page = await subject.open('selections.html');
    if (selector === PARAGRAPH) {
      await page.evaluate(() => getSelection()!.selectAllChildren(document.querySelector('#paragraph')!));
    }
    return page;
  }
});

/** Resolves with the whole translation. */
async function untilTranslated(card: Panel): Promise<string> {
  await card.waitFor(() => {
    const failure = document.querySelector<HTMLElement>('.failure');
    if (failure) throw new Error(`failed: ${failure.textContent}`);
    return document.querySelector('.card-actions');
  });
  return card.text('.card-text');
}

function languages(card: Panel): Promise<string[]> {
  return card.evaluate(() => [...document.querySelectorAll('select')].map(({ value }) => value));
}

function cardBox(card: Panel): Promise<{ top: number; bottom: number; left: number }> {
  return card.evaluate(() => {
    const { top, bottom, left } = document.defaultView!.frameElement!.getBoundingClientRect();
    return { top, bottom, left };
  });
}

function boxOf(page: Page, selector: string): Promise<{ top: number; bottom: number }> {
  return page.evaluate((s) => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(s)!);
    const { top, bottom } = range.getBoundingClientRect();
    return { top, bottom };
  }, selector);
}

function valueOf(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector<HTMLTextAreaElement>('#field')!.value);
}

/** A point inside the element's first line of text. */
function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  return page.evaluate((s) => {
    const { x, y } = document.querySelector(s)!.getBoundingClientRect();
    return { x: x + 40, y: y + 12 };
  }, selector);
}
