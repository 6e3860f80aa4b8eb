// The card in real Chromium: where it lies, and where the focus goes.
import { describe, expect, it } from 'vitest';
import { boxInPage, card, DONE, load, open, page, press, select, TEXT } from './open-card.ts';

describe('where it lies', () => {
  const CORNERS = [
    ['top: 0; left: 0', 'below'],
    ['top: 0; right: 0', 'below'],
    ['bottom: 0; left: 0', 'above'],
    ['bottom: 0; right: 0', 'above'],
    ['top: 45%; left: 40%', 'below'],
  ] as const;

  it.each(CORNERS.flatMap(([at, side]) => [280, 800].map((width) => [at, side, width] as const)))(
    'text at %s: %s it, in a window of %i px',
    async (at, side, width) => {
      await load(`<span id="chosen" style="position: fixed; ${at}">The tide arrives</span>`);
      await page.setViewport({ width, height: 600 });
      await select();
      await card.call('open', { ...DONE, text: 'Muito texto. '.repeat(200) });
      await card.painted();
      const [box, text] = [await card.call('box'), await boxInPage('#chosen')];
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(width);
      expect(box.top).toBeGreaterThanOrEqual(0);
      expect(box.bottom).toBeLessThanOrEqual(600);
      if (side === 'below') expect(box.top).toBeGreaterThan(text.bottom);
      else expect(box.bottom).toBeLessThan(text.top);
    },
  );

  it('goes with the text when the page, or a part of it, is scrolled, and moves nothing of the page', async () => {
    await load(`<div id="part" style="height: 300px; overflow: auto">${TEXT}<div style="height: 2000px"></div></div>`);
    const size = () => page.evaluate(() => [document.documentElement.scrollHeight, document.body.childElementCount]);
    const before = await size();
    await select();
    await card.call('open', DONE);
    await card.painted();
    expect(await size()).toEqual(before);
    const distance = async () => (await card.call('box')).top - (await boxInPage('#chosen')).bottom;
    const at = await distance();
    await page.evaluate(() => document.querySelector('#part')!.scrollBy({ top: 12, behavior: 'instant' }));
    await card.painted();
    expect(await distance()).toBeCloseTo(at, 1);
  });

  it('grows downwards while a translation comes in: what is read stays where it is', async () => {
    await open(TEXT, { kind: 'translating', text: 'A maré.' });
    const before = await card.call('box');
    await card.call('show', { kind: 'translating', text: 'A maré. '.repeat(100) });
    await card.painted();
    const after = await card.call('box');
    expect(after.top).toBe(before.top);
    expect(after.bottom).toBeGreaterThan(before.bottom);
  });

  it('is not zoomed with the page', async () => {
    await open(`<style>html { zoom: 2 }</style>${TEXT}`);
    const { left, right, top } = await card.call('box');
    expect(right - left).toBeCloseTo(420, 0);
    expect(top - (await boxInPage('#chosen')).bottom).toBeCloseTo(8, 0);
  });
});

describe('focus and keys', () => {
  it('takes the focus, and Esc gives it back with the selection as it was', async () => {
    await load('<textarea id="chosen">The tide arrives</textarea>');
    await select();
    await card.call('open', DONE, true);
    expect(await card.call('focused')).toBe('card');
    await page.keyboard.press('Escape');
    expect(await card.call('calls')).toEqual(['closed escape']);
    const left = await page.evaluate(() => {
      const { id, selectionStart, selectionEnd } = document.activeElement as HTMLTextAreaElement;
      return [id, selectionStart, selectionEnd, document.documentElement.childElementCount];
    });
    expect(left).toEqual(['chosen', 4, 8, 2]);
  });

  it('gives back a selection in the page’s text, too', async () => {
    await open();
    await press('.card-text');
    await press('.card-close');
    expect(await card.call('calls')).toEqual(['closed closed']);
    expect(await page.evaluate(() => getSelection()!.toString())).toBe('The tide arrives four hours late.');
  });

  it('leaves a selection alone that the reader made meanwhile, where the page has taken the text away', async () => {
    await open(`${TEXT}<p id="next">Next</p>`);
    await page.evaluate(() => document.querySelector('#chosen')!.remove());
    await select('#next');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => getSelection()!.toString())).toBe('Next');
  });

  it('closes on a press elsewhere, and leaves the focus where that puts it', async () => {
    await open(`<input id="other" style="position: fixed; top: 500px; left: 900px">${TEXT}`);
    await page.mouse.click(910, 510);
    expect(await card.call('calls')).toEqual(['closed outside']);
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('other');
  });

  it('closes on a press in a frame', async () => {
    await open(`<iframe srcdoc="x" style="position: fixed; top: 500px; left: 900px"></iframe>${TEXT}`);
    await page.mouse.click(950, 550);
    await card.painted();
    expect(await card.call('calls')).toEqual(['closed outside']);
  });

  it('Tab goes round in it, both ways', async () => {
    await open();
    const order: string[] = [];
    for (let presses = 0; presses < 8; presses++) {
      await page.keyboard.press('Tab');
      order.push(await card.call('focused'));
    }
    expect(order).toEqual(['Close', 'From', 'Swap languages', 'To', 'card-text', 'primary', 'Open in panel', 'Close']);
    await page.keyboard.down('Shift');
    await page.keyboard.press('Tab');
    await page.keyboard.up('Shift');
    expect(await card.call('focused')).toBe('Open in panel');
  });

  it('Enter copies, or replaces where the text can be changed; on a button it is the button’s', async () => {
    await open();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const text = 'A maré chega quatro horas depois.';
    expect(await card.call('calls')).toEqual([`copy ${text}`, 'swap']);
    await page.close();
    await load('<textarea id="chosen">The tide arrives</textarea>');
    await select();
    await card.call('open', { kind: 'translating', text: 'A maré' }, true);
    await page.keyboard.press('Enter');
    expect(await card.call('calls')).toEqual([]);
    await card.call('show', DONE);
    await page.keyboard.press('Enter');
    expect(await card.call('calls')).toEqual([`replace ${text}`]);
  });
});

it('is dark where the reader likes it dark', async () => {
  await load(TEXT);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await select();
  await card.call('open', DONE);
  expect(await card.call('style', 'background-color')).toBe('rgb(23, 24, 26)');
  expect(await card.call('style', 'color', '.card-text')).toBe('rgb(236, 236, 234)');
});
