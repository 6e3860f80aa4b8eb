// The text of an editor and where it lies: read as the browser shows it, and every offset leads to its place and back.
import { describe, expect, it } from 'vitest';
import { useChromium } from './chromium.ts';
import { randomMarkup, seeded } from './random-markup.ts';

const open = useChromium();
const PAGES = 150;

describe('the text of an editor', () => {
  it.each([
    ['<p>one</p><p>two</p>', 'one\ntwo'],
    ['<p>one</p><p><br></p><p>two</p>', 'one\n\ntwo'],
    ['one<br>two<br>', 'one\ntwo'],
    ['<div>one</div>two', 'one\ntwo'],
    ['<p>a  <b> b</b>\n c </p>', 'a b c'],
    ['<ul><li>one<ul><li>deep</li></ul></li><li>two</li></ul>', 'one\ndeep\ntwo'],
    ['<p>with <span contenteditable="false">@Ana</span>, and <img alt="x"> more</p>', 'with @Ana, and  more'],
    ['<p>a<span hidden>not</span>b<span style="visibility: hidden">not</span></p>', 'ab'],
    ['<p>\ufeffa\ufeff</p>', 'a'],
  ])('of %s', async (html, text) => {
    const page = await open(html);
    expect(await page.evaluate(() => editable.text())).toBe(text);
    await page.close();
  });

  it(`is what the browser shows, and has a place for every span, on ${PAGES} random pages`, async () => {
    const page = await open('');
    for (let seed = 1; seed <= PAGES; seed++) {
      const html = randomMarkup(seeded(seed));
      const random = seeded(-seed);
      const found = await page.evaluate((markup) => {
        document.querySelector('#root')!.innerHTML = markup;
        const text = editable.text();
        const shown = editable.shown();
        document.querySelector('#root')!.innerHTML = markup;
        return { text, shown };
      }, html);
      expect(found.text, html).toBe(found.shown);
      const spans = Array.from({ length: 20 }, (): [number, number] => {
        const start = random(found.text.length + 1);
        return [start, start + random(found.text.length + 1 - start)];
      });
      const led = await page.evaluate((of) => editable.spans(of), spans);
      expect(
        led.map(({ start, end }) => [start, end]),
        html,
      ).toEqual(spans);
    }
    await page.close();
  });
});
