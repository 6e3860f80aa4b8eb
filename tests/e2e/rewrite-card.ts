// The rewrite card and the page under it as a reader meets them, in either browser.
import type { Page, Protocol } from 'puppeteer-core';
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

/** What a screen reader is told of the card, in the order in which it is read: role, name, state. Only Chromium can be asked. */
export async function accessibleTree(page: Page): Promise<string[]> {
  const session = await page.createCDPSession();
  const { frameTree } = await session.send('Page.getFrameTree');
  const frames = (frameTree.childFrames ?? []).map(({ frame }) => frame.id);
  const trees = await Promise.all(frames.map((frameId) => session.send('Accessibility.getFullAXTree', { frameId })));
  await session.detach();
  const isDialog = ({ role }: Protocol.Accessibility.AXNode) => role?.value === 'dialog';
  const { nodes } = trees.find((tree) => tree.nodes.some(isDialog))!;
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const linesOf = (node: Protocol.Accessibility.AXNode): string[] => [
    ...(node.ignored ? [] : [lineOf(node)]),
    ...(node.childIds ?? []).flatMap((id) => linesOf(byId.get(id)!)),
  ];
  return linesOf(nodes.find(isDialog)!).filter((line) => line !== '');
}

/** Of what a reader can come to: '' for boxes and for the lines of a text. */
function lineOf({ role, name, properties = [] }: Protocol.Accessibility.AXNode): string {
  if (/^(generic|none|InlineTextBox|StaticText|LabelText)$/.test(String(role?.value))) return '';
  const isChecked = properties.some((property) => property.name === 'checked' && property.value.value === 'true');
  return [role?.value, name?.value, isChecked && 'checked'].filter(Boolean).join(' ');
}
