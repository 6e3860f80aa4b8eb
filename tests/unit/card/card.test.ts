// The card in real Chromium: where it lies, what the page cannot do to it, and where the focus goes.
import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, it } from 'vitest';
import type { CardState } from '../../../components/TranslationCard.tsx';
import { useCardPages, type CardPage } from './card-page.ts';

const newPage = useCardPages();
const DONE = { kind: 'done', text: 'A maré chega quatro horas depois.', kept: [] } satisfies CardState;
const TEXT = '<p>Before. <span id="chosen">The tide arrives four hours late.</span> After.</p>';

let opened: CardPage;
let page: Page;
afterEach(() => page.close());

async function load(html: string): Promise<void> {
  opened = await newPage(`<!doctype html><meta charset="utf-8"><title>Tides</title><body>${html}`);
  page = opened.page;
}

async function select(selector = '#chosen'): Promise<void> {
  await page.evaluate((it) => {
    const element = document.querySelector(it)!;
    if (element instanceof HTMLTextAreaElement) {
      element.focus();
      element.setSelectionRange(4, 8);
    } else getSelection()!.selectAllChildren(element);
  }, selector);
}

async function open(html = TEXT, state: CardState = DONE): Promise<void> {
  await load(html);
  await select();
  await opened.call('open', state);
  await opened.painted();
}

const pick = (selector: string) =>
  page.evaluate((it) => document.querySelector(it)!.getBoundingClientRect().toJSON() as DOMRect, selector);
const press = async (selector: string) => page.mouse.click(...(await opened.middle(selector)));

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
      await opened.call('open', { ...DONE, text: 'Muito texto. '.repeat(200) });
      await opened.painted();
      const [card, text] = [await opened.call('box'), await pick('#chosen')];
      expect(card.left).toBeGreaterThanOrEqual(0);
      expect(card.right).toBeLessThanOrEqual(width);
      expect(card.top).toBeGreaterThanOrEqual(0);
      expect(card.bottom).toBeLessThanOrEqual(600);
      if (side === 'below') expect(card.top).toBeGreaterThan(text.bottom);
      else expect(card.bottom).toBeLessThan(text.top);
    },
  );

  it('goes with the text when the page, or a part of it, is scrolled, and moves nothing of the page', async () => {
    await load(`<div id="part" style="height: 300px; overflow: auto">${TEXT}<div style="height: 2000px"></div></div>`);
    const size = () => page.evaluate(() => [document.documentElement.scrollHeight, document.body.childElementCount]);
    const before = await size();
    await select();
    await opened.call('open', DONE);
    await opened.painted();
    expect(await size()).toEqual(before);
    const distance = async () => (await opened.call('box')).top - (await pick('#chosen')).bottom;
    const at = await distance();
    await page.evaluate(() => document.querySelector('#part')!.scrollBy({ top: 12, behavior: 'instant' }));
    await opened.painted();
    expect(await distance()).toBeCloseTo(at, 1);
  });

  it('grows downwards while a translation comes in: what is read stays where it is', async () => {
    await open(TEXT, { kind: 'translating', text: 'A maré.' });
    const before = await opened.call('box');
    await opened.call('show', { kind: 'translating', text: 'A maré. '.repeat(100) });
    await opened.painted();
    const after = await opened.call('box');
    expect(after.top).toBe(before.top);
    expect(after.bottom).toBeGreaterThan(before.bottom);
  });

  it('is not zoomed with the page', async () => {
    await open(`<style>html { zoom: 2 }</style>${TEXT}`);
    const { left, right, top } = await opened.call('box');
    expect(right - left).toBeCloseTo(420, 0);
    expect(top - (await pick('#chosen')).bottom).toBeCloseTo(8, 0);
  });
});

describe('a hostile page', () => {
  const PLACE =
    '<span id="chosen" style="position: fixed !important; display: inline !important; top: 40px; left: 40px">Text</span>';

  it.each([
    ['a rule for everything', '*:not(html, body, #chosen) { all: unset !important; display: none !important }'],
    [
      'rules for what is not its own',
      'html > :not(head, body) { display: none !important; visibility: hidden !important; opacity: 0 !important; pointer-events: none !important }',
    ],
    [
      'inheritance',
      ':root { color: red !important; font: 40px cursive !important; letter-spacing: 1em; direction: rtl; visibility: hidden; line-height: 4; text-transform: uppercase; cursor: none; -webkit-text-stroke: 2px red }',
    ],
    [
      'transforms and filters',
      ':root { transform: rotate(20deg); filter: blur(9px); opacity: 0.1; overflow: hidden; contain: paint; perspective: 10px }',
    ],
    [
      'the names of its tokens',
      '* { --paper: red !important; --ink: red !important; --text: 40px cursive !important }',
    ],
    [
      'registered properties',
      '@property --paper { syntax: "<length>"; inherits: false; initial-value: 9px } @property --ink { syntax: "<color>"; inherits: false; initial-value: red }',
    ],
    [
      'animations',
      '@keyframes appear { to { opacity: 0 } } * { animation: appear 1ms forwards !important; transition: all 9s !important }',
    ],
    [
      'parts and pseudo-elements',
      'div::before, div::part(card), ::slotted(*) { content: "x" !important; display: block !important; height: 500px }',
    ],
  ])('does not hide or restyle it by %s', async (_, css) => {
    await load(`${PLACE}<p>Other text</p>`);
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await select();
    await opened.call('open', DONE);
    await opened.painted();
    const plain = await opened.call('looks');
    expect(plain.length).toBeGreaterThan(10);
    await page.evaluate((rules) => {
      const style = document.createElement('style');
      style.textContent = rules;
      document.head.append(style);
    }, css);
    await opened.painted();
    await opened.painted();
    expect(await opened.call('looks')).toEqual(plain);
    await press('.card-actions .primary');
    expect(await opened.call('calls')).toEqual([`copy ${DONE.text}`]);
  });

  it('does not cover it by a stacking order', async () => {
    await open(
      `${TEXT}<div style="position: fixed; inset: 0; z-index: 2147483647; background: black; pointer-events: none"></div>`,
    );
    await press('.card-actions .primary');
    expect(await opened.call('calls')).toHaveLength(1);
  });

  it('neither reads it nor presses it', async () => {
    await open(TEXT, DONE);
    const [x, y] = await opened.middle('.card-actions .primary');
    const seen = await page.evaluate(
      (left, top) => {
        const host = [...document.documentElement.children].at(-1) as HTMLElement;
        const at = document.elementFromPoint(left, top) as HTMLElement;
        const events = ['pointerdown', 'mousedown', 'mouseup', 'click'];
        for (const target of [host, document.body, document]) {
          for (const type of events) {
            const init = { bubbles: true, composed: true, cancelable: true, clientX: left, clientY: top };
            target.dispatchEvent(new MouseEvent(type, init));
          }
          for (const key of ['Enter', 'Escape']) {
            target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
          }
        }
        host.click();
        host.focus();
        let internals = '';
        try {
          internals = typeof host.attachInternals().shadowRoot;
        } catch (error) {
          internals = (error as Error).name;
        }
        return {
          isHost: at === host,
          root: host.shadowRoot,
          internals,
          text: host.textContent + host.innerText,
          html: host.getHTML({ serializableShadowRoots: true }),
        };
      },
      x,
      y,
    );
    expect(seen).toEqual({ isHost: true, root: null, internals: 'NotSupportedError', text: '', html: '' });
    expect(await opened.call('calls')).toEqual([]);
    await page.mouse.click(x, y);
    expect(await opened.call('calls')).toHaveLength(1);
  });

  it('hears nothing of what the reader does in it', async () => {
    await load(TEXT);
    await page.evaluate(() => {
      const heard: string[] = [];
      for (const type of [
        'keydown',
        'keyup',
        'click',
        'pointerdown',
        'mousedown',
        'focusin',
        'input',
        'change',
        'wheel',
      ])
        document.addEventListener(type, () => heard.push(type));
      Object.assign(globalThis, { heard });
    });
    await select();
    await opened.call('open', DONE);
    await page.keyboard.press('s');
    await press('.swap');
    await press('h2');
    expect(await page.evaluate('heard')).toEqual([]);
    expect(await opened.call('calls')).toEqual(['swap']);
  });

  it('that takes it away has closed it', async () => {
    await open();
    await page.evaluate(() => document.documentElement.lastElementChild!.remove());
    await opened.painted();
    expect(await opened.call('calls')).toEqual(['closed gone']);
  });

  it('gets it into its modal dialog, where alone it can be used', async () => {
    await load(`<p>Outside</p><dialog><p id="chosen">The tide arrives.</p></dialog>`);
    await page.evaluate(() => document.querySelector('dialog')!.showModal());
    await select();
    await opened.call('open', DONE);
    await opened.painted();
    await press('.card-actions .primary');
    expect(await opened.call('calls')).toHaveLength(1);
  });

  it('with the strictest policy shows it as any other', async () => {
    await load(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'">${TEXT}`,
    );
    await select();
    await opened.call('open', DONE);
    expect(await opened.call('style', 'background-color')).toBe('rgb(253, 253, 252)');
    expect(await opened.call('style', 'font-size', '.card-text')).toBe('15px');
  });
});

describe('focus and keys', () => {
  it('takes the focus, and Esc gives it back with the selection as it was', async () => {
    await load('<textarea id="chosen">The tide arrives</textarea>');
    await select();
    await opened.call('open', DONE, true);
    expect(await opened.call('focused')).toBe('card');
    await page.keyboard.press('Escape');
    expect(await opened.call('calls')).toEqual(['closed escape']);
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
    expect(await opened.call('calls')).toEqual(['closed closed']);
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
    expect(await opened.call('calls')).toEqual(['closed outside']);
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('other');
  });

  it('closes on a press in a frame', async () => {
    await open(`<iframe srcdoc="x" style="position: fixed; top: 500px; left: 900px"></iframe>${TEXT}`);
    await page.mouse.click(950, 550);
    await opened.painted();
    expect(await opened.call('calls')).toEqual(['closed outside']);
  });

  it('Tab goes round in it, both ways', async () => {
    await open();
    const order: string[] = [];
    for (let presses = 0; presses < 8; presses++) {
      await page.keyboard.press('Tab');
      order.push(await opened.call('focused'));
    }
    expect(order).toEqual(['Close', 'From', 'Swap languages', 'To', 'card-text', 'primary', 'Open in panel', 'Close']);
    await page.keyboard.down('Shift');
    await page.keyboard.press('Tab');
    await page.keyboard.up('Shift');
    expect(await opened.call('focused')).toBe('Open in panel');
  });

  it('Enter copies, or replaces where the text can be changed; on a button it is the button’s', async () => {
    await open();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const text = 'A maré chega quatro horas depois.';
    expect(await opened.call('calls')).toEqual([`copy ${text}`, 'swap']);
    await page.close();
    await load('<textarea id="chosen">The tide arrives</textarea>');
    await select();
    await opened.call('open', { kind: 'translating', text: 'A maré' }, true);
    await page.keyboard.press('Enter');
    expect(await opened.call('calls')).toEqual([]);
    await opened.call('show', DONE);
    await page.keyboard.press('Enter');
    expect(await opened.call('calls')).toEqual([`replace ${text}`]);
  });
});

it('is dark where the reader likes it dark', async () => {
  await load(TEXT);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await select();
  await opened.call('open', DONE);
  expect(await opened.call('style', 'background-color')).toBe('rgb(23, 24, 26)');
  expect(await opened.call('style', 'color', '.card-text')).toBe('rgb(236, 236, 234)');
});
