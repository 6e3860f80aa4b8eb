// "Rewrite…": the card beside what is being written, from menu and keys, with the real checker and the real model of the package.
import type { Frame, JSHandle, Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { isChromium, useBrowser } from './harness.ts';
import {
  accessibleTree,
  choose,
  focusOn,
  middleOf,
  resultOf,
  textOf,
  undo,
  untilClosed,
  untilProposed,
  valueOf,
} from './rewrite-card.ts';

const FIELD = '#field';
const RICH = '#rich';
const FAULTY = 'Their is two ferries to Skarholm every day';

describe('rewriting', () => {
  const subject = useBrowser();

  test('corrects a field: each change is taken or left, Enter replaces, one undo gives the text back', async () => {
    const page = await openWith(FIELD);
    const before = await valueOf(page);
    await subject.driver.chooseMenuItem(page, 'rewrite field', await middleOf(page, FIELD));
    const card = await subject.driver.card(page);
    await choose(card, 'fix-grammar');
    const changes = await untilProposed(card);
    expect(changes.length).toBeGreaterThan(1);
    expect(changes.join(' ')).toMatch(/grammar checker/);
    expect(await valueOf(page)).toBe(before);
    if (isChromium) expect(await accessibleTree(page)).toEqual(treeOf(changes));

    await page.keyboard.press(' '); // the first is left as it is
    await card.waitFor(() => document.querySelector('.change[aria-checked="false"]'));
    const expected = await resultOf(card);
    expect(expected).not.toBe(before);
    await page.keyboard.press('Enter');
    await untilClosed(page);
    expect(await valueOf(page)).toBe(expected);
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('field');
    await undo(page);
    expect(await valueOf(page)).toBe(before);
  });

  test('shortens a rich text by rule, and its formatting stays', async () => {
    const page = await openWith(RICH);
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('#rich')!.focus();
      getSelection()!.selectAllChildren(document.querySelector('#rich p')!);
    });
    const before = await textOf(page);
    await subject.driver.chooseMenuItem(page, 'rewrite selection', await middleOf(page, RICH));
    const card = await subject.driver.card(page);
    await choose(card, 'shorten');
    await untilProposed(card);
    await page.keyboard.press('Enter');
    await untilClosed(page);
    const after = await textOf(page);
    expect(after.length).toBeLessThan(before.length);
    expect(after).toMatch(/Skarholm.*bridge is closed.*6:15/s);
    expect(await page.$eval('#rich b', (bold) => bold.textContent)).toBe('bridge');
    await undo(page);
    expect(await textOf(page)).toBe(before);
  });

  test('comes by the keys; the last choice is one key away; Esc leaves everything as it was', async () => {
    const page = await openWith(FIELD);
    const before = await valueOf(page);
    await page.evaluate(() => document.querySelector<HTMLTextAreaElement>('#field')!.setSelectionRange(0, 42));
    await subject.driver.pressShortcut(page, 'rewrite');
    const first = await hostOf(page);
    // Keys that are held come twice.
    await subject.driver.pressShortcut(page, 'rewrite');
    await page.waitForFunction((host) => host?.isConnected === false, {}, first);
    const card = await subject.driver.card(page);
    await choose(card, 'bullet-list');
    await card.waitFor(() => document.querySelector('[role=alert], .change'));
    await page.keyboard.press('Escape');
    await untilClosed(page);
    expect(await valueOf(page)).toBe(before);
    const left = await page.evaluate(() => {
      const { id, selectionStart, selectionEnd } = document.activeElement as HTMLTextAreaElement;
      return [id, selectionStart, selectionEnd];
    });
    expect(left).toEqual(['field', 0, 42]);

    await subject.driver.pressShortcut(page, 'rewrite');
    const again = await subject.driver.card(page);
    const last = await again.waitFor(() => document.querySelector<HTMLElement>('[tabindex="0"]')?.dataset.action);
    expect(last).toBe('bullet-list');
  });

  test('does not overwrite a text that has changed: it says so, and copies', async () => {
    const page = await openWith(FIELD);
    await subject.driver.pressShortcut(page, 'rewrite');
    const card = await subject.driver.card(page);
    await choose(card, 'fix-grammar');
    await untilProposed(card);
    await page.evaluate(() => (document.querySelector<HTMLTextAreaElement>('#field')!.value += ' More.'));
    const changed = await valueOf(page);
    await page.keyboard.press('Enter');
    await card.waitFor(() => document.querySelector('.notice')?.textContent.includes('has changed'));
    expect(await valueOf(page)).toBe(changed);
    const expected = await resultOf(card);
    await card.click('.card-actions .primary');
    await card.waitFor(() => document.querySelector('.card-actions .primary')?.textContent === 'Copied');
    await page.keyboard.press('Escape');
    await untilClosed(page);
    expect(await pasted(page)).toBe(expected);
  });

  test('works in a frame, by menu', async () => {
    const page = await openWith(FIELD);
    const frame = (await (await page.$('#frame'))!.contentFrame())!;
    const { x, y } = await middleOf(page, '#frame');
    await page.mouse.click(x + 60, y + 10);
    const before = await innerValue(frame);
    expect(before).toContain(FAULTY);
    await subject.driver.chooseMenuItem(page, 'rewrite field', { x: x + 60, y: y + 10 });
    const card = await subject.driver.card(page);
    await choose(card, 'fix-grammar');
    await untilProposed(card);
    const expected = await resultOf(card);
    await page.keyboard.press('Enter');
    await frame.waitForFunction(
      (text) => document.querySelector<HTMLTextAreaElement>('#inner')!.value === text,
      {},
      expected,
    );
    await undo(page);
    expect(await innerValue(frame)).toBe(before);
  });

  test('offers what a free action needs, instead of nonsense', async () => {
    const page = await openWith(FIELD);
    await subject.driver.pressShortcut(page, 'rewrite');
    const card = await subject.driver.card(page);
    await choose(card, 'improve');
    const offer = await card.waitFor(() => document.querySelector<HTMLElement>('.offer')?.innerText);
    expect(offer).toMatch(/needs a larger model.*MB/s);
    await card.click('.offer .primary');
    const options = await subject.driver.ownPage('options.html');
    expect(await options.title()).toContain('Inkling');
    await options.close();
  });

  test('does nothing by what a page does to it', async () => {
    const page = await openWith(FIELD);
    const before = await valueOf(page);
    await subject.driver.pressShortcut(page, 'rewrite');
    const card = await subject.driver.card(page);
    await choose(card, 'fix-grammar');
    await untilProposed(card);
    await page.evaluate(() => {
      for (const target of [...document.documentElement.children, document, window]) {
        for (const key of ['Enter', ' ', 'r'])
          target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
        for (const type of ['pointerdown', 'mousedown', 'click'])
          target.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, clientX: 80, clientY: 300 }));
      }
    });
    expect(await valueOf(page)).toBe(before);
    expect(await card.evaluate(() => document.querySelectorAll('[aria-checked=false]').length)).toBe(0);
  });

  test('says why where no card can open', async () => {
    const page = await subject.driver.openPage(isChromium ? 'chrome://version' : 'about:license');
    // Chromium opens the panel for it. Firefox has told the address, so it waits to see, and then may not open it any more.
    const open = isChromium ? null : await subject.driver.openPanel(page);
    await subject.driver.pressShortcut(page, 'rewrite');
    const panel = open ?? (await subject.driver.panel());
    const said = await panel.waitFor(() => document.querySelector<HTMLElement>('.failure')?.innerText);
    expect(said).toContain('The browser lets no extension read this page');
  });

  /** The page with the caret at the start of a place. */
  async function openWith(selector: string): Promise<Page> {
    const page = await subject.open('writing.html');
    await focusOn(page, selector);
    return page;
  }
});

/** The element that the card stands in, once it is there. */
function hostOf(page: Page): Promise<JSHandle<Element | null>> {
  return page.waitForFunction(() =>
    document.documentElement.children.length > 2 ? document.documentElement.lastElementChild : null,
  );
}

async function pasted(page: Page): Promise<string> {
  await page.evaluate(() => {
    const field = document.querySelector<HTMLTextAreaElement>('#field')!;
    field.value = '';
    field.focus();
  });
  await page.keyboard.down('Control');
  await page.keyboard.press('v');
  await page.keyboard.up('Control');
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#field')!.value !== '');
  return valueOf(page);
}

function innerValue(frame: Frame): Promise<string> {
  return frame.$eval('#inner', (field) => (field as HTMLTextAreaElement).value);
}

/** What is read of the card with these changes in it, all of them taken. */
function treeOf(changes: string[]): string[] {
  const count = `${changes.length} changes`;
  const read = changes.flatMap((change) => [`checkbox ${change} checked`, 'deletion', 'insertion']);
  const head = ['dialog Fix grammar and spelling', 'banner', 'button Back', 'heading Fix grammar and spelling'];
  const end = [`button Apply ${count}`, 'button Copy', 'group View', 'radio Changes checked', 'radio Result'];
  return [...head, 'button Close', `group ${count}`, ...read, ...end];
}
