// What a page can do to the card in real Chromium: nothing but take it away.
import { describe, expect, it } from 'vitest';
import { card, DONE, load, open, page, press, select, TEXT } from './open-card.ts';

describe('a page', () => {
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
    await card.call('open', DONE);
    await card.painted();
    const plain = await card.call('looks');
    expect(plain.length).toBeGreaterThan(10);
    await page.evaluate((rules) => {
      const style = document.createElement('style');
      style.textContent = rules;
      document.head.append(style);
    }, css);
    await card.painted();
    await card.painted();
    expect(await card.call('looks')).toEqual(plain);
    await press('.card-actions .primary');
    expect(await card.call('calls')).toEqual([`copy ${DONE.text}`]);
  });

  it('does not cover it by a stacking order', async () => {
    await open(
      `${TEXT}<div style="position: fixed; inset: 0; z-index: 2147483647; background: black; pointer-events: none"></div>`,
    );
    await press('.card-actions .primary');
    expect(await card.call('calls')).toHaveLength(1);
  });

  it('neither reads it nor presses it', async () => {
    await open(TEXT, DONE);
    const [x, y] = await card.middle('.card-actions .primary');
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
    expect(await card.call('calls')).toEqual([]);
    await page.mouse.click(x, y);
    expect(await card.call('calls')).toHaveLength(1);
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
        'error',
      ])
        for (const target of [window, document]) target.addEventListener(type, () => heard.push(type), true);
      Object.assign(globalThis, { heard });
    });
    await select();
    await card.call('open', DONE);
    await page.keyboard.press('s');
    await press('.swap');
    await press('h2');
    expect(await page.evaluate('heard')).toEqual([]);
    expect(await card.call('calls')).toEqual(['swap']);
  });

  it('finds no window of it', async () => {
    await open();
    const found = await page.evaluate(() => {
      const [host] = [...document.documentElement.children].slice(-1);
      return {
        frames: window.length,
        first: typeof Reflect.get(window, 0),
        elements: [...document.querySelectorAll('iframe, html > div *')].length,
        active: document.activeElement === host,
      };
    });
    expect(found).toEqual({ frames: 0, first: 'undefined', elements: 0, active: true });
  });

  it('that moves it has closed it', async () => {
    await open();
    await page.evaluate(() => document.documentElement.append(document.documentElement.lastElementChild!));
    expect(await card.call('calls')).toEqual(['closed gone']);
    expect(await page.evaluate(() => document.documentElement.childElementCount)).toBe(2);
  });

  it('whose sandbox makes every frame a stranger has it without a window of its own', async () => {
    await load(TEXT, undefined, { 'Content-Security-Policy': 'sandbox allow-scripts' });
    await select();
    await card.call('open', DONE);
    expect(await card.call('style', 'background-color')).toBe('rgb(253, 253, 252)');
    await press('.card-actions .primary');
    expect(await card.call('calls')).toEqual([`copy ${DONE.text}`]);
    expect(await page.evaluate(() => document.documentElement.lastElementChild!.shadowRoot)).toBeNull();
  });

  it('that takes it away has closed it', async () => {
    await open();
    await page.evaluate(() => document.documentElement.lastElementChild!.remove());
    await card.painted();
    expect(await card.call('calls')).toEqual(['closed gone']);
  });

  it('gets it into its modal dialog, where alone it can be used', async () => {
    await load(`<p>Outside</p><dialog><p id="chosen">The tide arrives.</p></dialog>`);
    await page.evaluate(() => document.querySelector('dialog')!.showModal());
    await select();
    await card.call('open', DONE);
    await card.painted();
    await press('.card-actions .primary');
    expect(await card.call('calls')).toHaveLength(1);
  });

  it('in a browser that refuses constructed sheets to content scripts shows it as any other', async () => {
    await load(TEXT);
    await card.refuseConstructedSheets();
    await select();
    await card.call('open', DONE);
    expect(await card.call('style', 'background-color')).toBe('rgb(253, 253, 252)');
    expect(await card.call('style', 'font-size', '.card-text')).toBe('15px');
  });

  it('with the strictest policy shows it as any other', async () => {
    await load(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'">${TEXT}`,
    );
    await select();
    await card.call('open', DONE);
    expect(await card.call('style', 'background-color')).toBe('rgb(253, 253, 252)');
    expect(await card.call('style', 'font-size', '.card-text')).toBe('15px');
  });
});
