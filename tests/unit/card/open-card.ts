// A page with a selection and the card beside it, and hands for both. One browser for the tests of a file.
import type { Page } from 'puppeteer-core';
import { afterEach } from 'vitest';
import type { CardState } from '../../../components/TranslationCard.tsx';
import { useCardPages, type CardPage } from './card-page.ts';

export const DONE = { kind: 'done', text: 'A maré chega quatro horas depois.', kept: [] } satisfies CardState;
export const TEXT = '<p>Before. <span id="chosen">The tide arrives four hours late.</span> After.</p>';

const newPage = useCardPages();
export let card: CardPage;
export let page: Page;
afterEach(() => page.close());

/** The page alone. */
export async function load(html: string, url?: string, headers?: Record<string, string>): Promise<void> {
  card = await newPage(`<!doctype html><meta charset="utf-8"><title>Tides</title><body>${html}`, url, headers);
  page = card.page;
}

export async function select(selector = '#chosen'): Promise<void> {
  await page.evaluate((it) => {
    const element = document.querySelector(it)!;
    if (element instanceof HTMLTextAreaElement) {
      element.focus();
      element.setSelectionRange(4, 8);
    } else getSelection()!.selectAllChildren(element);
  }, selector);
}

/** The page, with `#chosen` selected and the card beside it. */
export async function open(html = TEXT, state: CardState = DONE): Promise<void> {
  await load(html);
  await select();
  await card.call('open', state);
  await card.painted();
}

/** Where an element of the page lies. */
export const boxInPage = (selector: string) =>
  page.evaluate((it) => document.querySelector(it)!.getBoundingClientRect().toJSON() as DOMRect, selector);

/** With the mouse, in the card. */
export const press = async (selector: string) => page.mouse.click(...(await card.middle(selector)));

/** By the keyboard. */
export async function type(...keys: Parameters<typeof page.keyboard.press>[0][]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
  await card.painted();
}
