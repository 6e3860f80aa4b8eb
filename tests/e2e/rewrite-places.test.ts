// Where and how rewriting is asked for: pages that fight the card, text that is not editable, frames of other sites, a bare caret, the
// reader's own instructions in the menu; and the keys for it in the panel.
import type { Frame, Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { cardOfFrame } from '../../scripts/browser/chromium-card.ts';
import type { Panel } from '../../scripts/browser/panel.ts';
import { isChromium, useBrowser } from './harness.ts';
import {
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

const FAULTY = 'Their is two ferries to Skarholm every day';
const INSTRUCTION = 'Say it plainly';

describe('rewriting', () => {
  const subject = useBrowser();

  test('on a page that forbids scripts and fights the card: it looks right, is unreadable, and applies', async () => {
    const page = await subject.open('writing-hostile.html');
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('#rich')!.focus();
      getSelection()!.selectAllChildren(document.querySelector('#rich p')!);
    });
    const before = await textOf(page);
    await subject.driver.pressShortcut(page, 'rewrite');
    const card = await subject.driver.card(page);
    await choose(card, 'instruct');
    await card.waitFor(() => document.activeElement?.localName === 'textarea');
    await page.keyboard.type(INSTRUCTION);
    expect(await card.evaluate(() => document.querySelector('textarea')!.value)).toBe(INSTRUCTION);
    await card.click('.card-back');
    await choose(card, 'shorten');
    await untilProposed(card);
    expect(await page.evaluate('heard')).toEqual([]);
    const looks = await card.evaluate(() => {
      const { frameElement, parent } = document.defaultView!;
      const { width, height, left, top } = frameElement!.getBoundingClientRect();
      const { backgroundColor, visibility } = getComputedStyle(document.querySelector('.card-content')!);
      const { fontSize, direction, textTransform } = getComputedStyle(document.querySelector('.card-text')!);
      const isInView = left >= 0 && top >= 0 && left + width <= parent.innerWidth && top + height <= parent.innerHeight;
      return { isInView, isWide: width > 300, backgroundColor, visibility, fontSize, direction, textTransform };
    });
    expect(looks).toEqual({
      isInView: true,
      isWide: true,
      backgroundColor: 'rgb(253, 253, 252)',
      visibility: 'visible',
      fontSize: '15px',
      direction: 'ltr',
      textTransform: 'none',
    });

    const middle = await card.evaluate(() => {
      const frame = document.defaultView!.frameElement!.getBoundingClientRect();
      const { x, y, width, height } = document.querySelector('.card-actions .primary')!.getBoundingClientRect();
      return { x: frame.x + x + width / 2, y: frame.y + y + height / 2 };
    });
    const seen = await page.evaluate(
      ({ x, y }) => (globalThis as unknown as { attempt(x: number, y: number): unknown }).attempt(x, y),
      middle,
    );
    expect(seen).toEqual([true, 'null', '', '', '', 0, 'undefined', 0]);
    expect(await textOf(page)).toBe(before);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    expect(await page.evaluate('heard')).toEqual([]);

    await page.keyboard.press('Enter');
    await untilClosed(page);
    const after = await textOf(page);
    expect(after).toMatch(/^To get to Skarholm, because the bridge is closed, .* before noon\.$/i);
    expect(await page.$eval('#rich b', (bold) => bold.textContent)).toBe('bridge');
    // Changed on both sides of the bold word, in one step.
    await undo(page);
    expect(await textOf(page)).toBe(before);
  });

  test('of text that is not editable is copied, or kept in view in the panel', async () => {
    const page = await subject.open('writing-foreign.html');
    await page.evaluate(() => getSelection()!.selectAllChildren(document.querySelector('#paragraph')!));
    await subject.driver.chooseMenuItem(page, 'rewrite selection', await middleOf(page, '#paragraph'));
    const card = await subject.driver.card(page);
    await choose(card, 'fix-grammar');
    await untilProposed(card);
    expect(await card.text('.card-actions .primary')).toBe('Copy');
    const result = await resultOf(card);
    expect(result).toMatch(/^There are two ferries|^There is two ferries/);
    await card.click('.card-actions .primary + button');
    if (!isChromium) {
      // Its sidebar opens by its own buttons and keys only.
      await card.waitFor(() => document.querySelector('.notice')?.textContent.includes('waits in the panel'));
      await subject.driver.openPanel(page);
    }
    const panel = await subject.driver.panel();
    await panel.waitFor(() => document.querySelector('.rewrite-shown'));
    expect(await panel.text('.rewrite-shown h2')).toBe('Rewritten: Fix grammar and spelling');
    expect(await panel.text('.rewrite-shown > p')).toBe(result);
    await panel.click('.rewrite-shown-head button:last-child');
    await panel.waitFor(() => !document.querySelector('.rewrite-shown'));
  });

  test('in a frame of another site says why it cannot, and copies what is selected there', async () => {
    const { page, frame } = await openForeign();
    await subject.driver.pressShortcut(page, 'rewrite');
    const card = await subject.driver.card(page);
    const said = await card.waitFor(() => document.querySelector<HTMLElement>('.failure')?.innerText);
    expect(said).toMatch(/^This text stands in a frame of (localhost|127\.0\.0\.1):\d+/);
    await page.keyboard.press('Escape');
    await untilClosed(page);

    await frame.$eval('#inner', (field) => (field as HTMLTextAreaElement).select());
    await subject.driver.chooseMenuItem(page, 'rewrite selection', await inForeign(page));
    const again = await subject.driver.card(page);
    await choose(again, 'fix-grammar');
    await untilProposed(again);
    expect(await again.text('.card-actions')).toMatch(/does not let Inkling write into the frame of/);
    expect(await again.text('.card-actions .primary')).toBe('Copy');
    expect(await resultOf(again)).toMatch(/^There/);
    expect(await valueIn(frame)).toContain(FAULTY);
  });

  // Firefox's driver sees into no frame of another process.
  test.runIf(isChromium)(
    'in a frame of another site that the reader has allowed: beside the text, applied',
    async () => {
      const { page, frame } = await openForeign();
      await subject.driver.allowSite(frame.url());
      await page.bringToFront();
      const before = await valueIn(frame);
      const { x, y } = await inForeign(page);
      await page.mouse.click(x, y);
      await subject.driver.pressShortcut(page, 'rewrite');
      const card = await cardOfFrame(frame);
      await card.waitFor(() => document.activeElement?.matches('[data-action=fix-grammar]'));
      await page.keyboard.press('Enter');
      await untilProposed(card);
      await page.keyboard.press('Enter');
      await frame.waitForFunction(() =>
        document.querySelector<HTMLTextAreaElement>('#inner')!.value.startsWith('There'),
      );
      await undo(page);
      expect(await valueIn(frame)).toBe(before);
    },
  );

  test('with a bare caret is of its paragraph; where that is all there is, of the whole field', async () => {
    const page = await subject.open('writing.html');
    const paragraphs = [`${FAULTY}.`, 'I has seen both of them.'];
    await page.$eval('#field', (field, text) => ((field as HTMLTextAreaElement).value = text), paragraphs.join('\n\n'));
    await focusOn(page, '#field');
    await page.$eval('#field', (field) => {
      const { value } = field as HTMLTextAreaElement;
      (field as HTMLTextAreaElement).setSelectionRange(value.length - 3, value.length - 3);
    });
    expect(await asked(page)).toBe(paragraphs[1]);
    await page.$eval('#field', (field) => ((field as HTMLTextAreaElement).value = '  I has seen both of them.  '));
    await focusOn(page, '#field');
    expect(await asked(page)).toBe(paragraphs[1]);
    await focusOn(page, '#rich');
    expect(await asked(page, 'shorten')).toMatch(/^In order to get .* at 6:15\.$/);
  });

  test('by an instruction that the reader has kept, from the menu', async () => {
    const page = await subject.open('writing.html');
    await focusOn(page, '#field');
    await subject.driver.pressShortcut(page, 'rewrite');
    const card = await subject.driver.card(page);
    await choose(card, 'instruct');
    await card.waitFor(() => document.activeElement?.localName === 'textarea');
    await page.keyboard.type(INSTRUCTION);
    await card.click('.check input');
    await card.click('.rewrite-instruction .primary');
    await card.waitFor(() => document.querySelector('.offer'));
    await page.keyboard.press('Escape');
    await untilClosed(page);

    await subject.driver.chooseMenuItem(page, 'rewrite by instruction', await middleOf(page, '#field'));
    const again = await subject.driver.card(page);
    await again.waitFor((title) => document.querySelector('h2')?.textContent === title, { args: [INSTRUCTION] });
    // The model that comes with Inkling does not compose: it says so, and nothing has happened to the text.
    await again.waitFor(() => document.querySelector('.offer'));
    expect(await valueOf(page)).toContain(FAULTY);
  });

  test('has its keys in the panel, and the way to where they are changed', async () => {
    const page = await subject.open('writing.html');
    const panel = await subject.driver.openPanel(page);
    const keys = await panel.waitFor(
      () => document.querySelector<HTMLElement>('[data-command=rewrite] kbd')?.innerText,
    );
    expect(keys).toBe('Alt+Shift+E');
    await panel.click('.change-keys');
    await subject.driver.untilInFront(isChromium ? 'chrome://extensions/shortcuts' : 'about:addons');
  });

  /** The text that the card is about, when the keys are pressed. */
  async function asked(page: Page, action = 'fix-grammar'): Promise<string> {
    await subject.driver.pressShortcut(page, 'rewrite');
    const card: Panel = await subject.driver.card(page);
    await choose(card, action);
    await untilProposed(card);
    const text = await card.evaluate(() => {
      const copy = document.querySelector('.rewrite-text')!.cloneNode(true) as HTMLElement;
      for (const added of copy.querySelectorAll('ins')) added.remove();
      return copy.textContent;
    });
    await page.keyboard.press('Escape');
    await untilClosed(page);
    return text;
  }

  /** The page, with the caret in the field of its frame. */
  async function openForeign(): Promise<{ page: Page; frame: Frame }> {
    const page = await subject.open('writing-foreign.html');
    const frame = await page.waitForFrame((each) => each.url().endsWith('writing-frame.html'));
    await frame.waitForSelector('#inner');
    const { x, y } = await inForeign(page);
    await page.mouse.click(x, y);
    return { page, frame };
  }
});

/** In the field of the frame. */
async function inForeign(page: Page): Promise<{ x: number; y: number }> {
  const { x, y } = await middleOf(page, '#foreign');
  return { x: x + 20, y: y + 10 };
}

function valueIn(frame: Frame): Promise<string> {
  return frame.$eval('#inner', (field) => (field as HTMLTextAreaElement).value);
}
