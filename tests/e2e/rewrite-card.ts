// The rewrite card and the page under it as a reader meets them, in either browser.
import type { Page } from 'puppeteer-core';
import type { Panel } from '../../scripts/browser/panel.ts';

/** Puts the focus into a place of the page; in a text area the caret at its start. */
export async function focusOn(page: Page, selector: string): Promise<void> {
  await page.evaluate((s) => {
    const place = document.querySelector<HTMLElement>(s)!;
    place.focus();
    if (place instanceof HTMLTextAreaElement) place.setSelectionRange(0, 0);
  }, selector);
}

export async function choose(card: Panel, action: string): Promise<void> {
  await card.click(`[data-action="${action}"]`);
}

/** Resolves with what a screen reader says of each change. */
export async function untilProposed(card: Panel): Promise<string[]> {
  await card.waitFor(() => {
    const alert = document.querySelector<HTMLElement>('[role=alert]');
    if (alert) throw new Error(`it says: ${alert.innerText}`);
    return document.querySelector('.change');
  });
  return card.evaluate(() => [...document.querySelectorAll('.change')].map((change) => change.ariaLabel ?? ''));
}

/** What would stand there, as the card shows it. */
export async function resultOf(card: Panel): Promise<string> {
  await card.click('.segments label:last-child');
  const result = await card.waitFor(() =>
    document.querySelector('.change') ? '' : document.querySelector('.rewrite-text')?.textContent,
  );
  await card.click('.segments label:first-child');
  await card.waitFor(() => document.querySelector('.change'));
  return result;
}

export async function untilClosed(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.children.length === 2);
}

export async function undo(page: Page): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press('z');
  await page.keyboard.up('Control');
}

export function valueOf(page: Page, selector = '#field'): Promise<string> {
  return page.$eval(selector, (field) => (field as HTMLTextAreaElement).value);
}

export function textOf(page: Page, selector = '#rich'): Promise<string> {
  return page.$eval(selector, (rich) => (rich as HTMLElement).innerText.trim());
}

/** A point inside the element's first line of text. */
export async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  return page.evaluate((s) => {
    const { x, y } = document.querySelector(s)!.getBoundingClientRect();
    return { x: x + 40, y: y + 16 };
  }, selector);
}
