// What a page can do to the rewrite card in real Chromium: neither style it, nor read it, nor apply what it proposes.
import { expect, it } from 'vitest';
import { card, page, press } from './open-card.ts';
import { calls, FAULTY, fieldText, propose } from './open-rewrite.ts';

it('a page’s rules, tokens and registered properties change nothing of how it looks', async () => {
  await propose();
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  await card.painted();
  const plain = await card.call('looks');
  expect(plain.length).toBeGreaterThan(20);
  await page.evaluate(() => {
    const style = document.createElement('style');
    style.textContent = `
      *:not(html, body, #field) { all: unset !important; display: none !important }
      ins, del, [role=checkbox], .change, .card { background: red !important; text-decoration: none !important }
      @property --added { syntax: "<color>"; inherits: false; initial-value: red }
      @property --removed-paper { syntax: "<length>"; inherits: false; initial-value: 9px }
      :root { --added: red !important; color: red !important; font: 40px cursive !important }`;
    document.head.append(style);
  });
  await card.painted();
  await card.painted();
  expect(await card.call('looks')).toEqual(plain);
});

it('a page neither reads what is proposed nor applies it, by any event of its own', async () => {
  await propose();
  const [x, y] = await card.middle('.card-actions .primary');
  const seen = await page.evaluate(
    (clientX, clientY) => {
      const host = [...document.documentElement.children].at(-1) as HTMLElement;
      for (const target of [host, document.elementFromPoint(clientX, clientY)!, document.body, document, window]) {
        const init = { bubbles: true, composed: true, cancelable: true, clientX, clientY };
        for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click'])
          target.dispatchEvent(new MouseEvent(type, init));
        for (const key of ['Enter', ' ', 'r', 'ArrowRight', 'Escape'])
          for (const type of ['keydown', 'keypress', 'keyup'])
            target.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true, cancelable: true }));
      }
      host.click();
      host.focus();
      return [host.shadowRoot, host.textContent, host.innerText, host.getHTML({ serializableShadowRoots: true })];
    },
    x,
    y,
  );
  expect(seen).toEqual([null, '', '', '']);
  expect(await calls()).toEqual(['rewrite fix-grammar']);
  expect(await card.call('heard', '[aria-checked=true]')).toHaveLength(3);
  expect(await fieldText()).toBe(FAULTY);
});

it('a page does not hear the reader’s keys in it, where it listens as pages do', async () => {
  await propose();
  await page.evaluate(() => {
    const heard: string[] = [];
    for (const type of ['keydown', 'keyup', 'click', 'input', 'change', 'copy', 'focusin'])
      document.addEventListener(type, () => heard.push(type));
    Object.assign(globalThis, { heard });
  });
  for (const key of ['ArrowRight', 'Space'] as const) await page.keyboard.press(key);
  await press('.change');
  await press('.segments label:last-child');
  expect(await page.evaluate('heard')).toEqual([]);
});

it('a page that takes the card away has changed nothing', async () => {
  await propose();
  await page.evaluate(() => document.documentElement.lastElementChild!.remove());
  await card.painted();
  expect((await calls()).at(-1)).toBe('closed gone');
  expect(await fieldText()).toBe(FAULTY);
});
