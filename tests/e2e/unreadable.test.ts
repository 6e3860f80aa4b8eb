// Pages that cannot be read get a sentence that says so, and a field to paste text into.
import { describe, expect, test } from 'vitest';
import { isChromium, useBrowser } from './harness.ts';
import { pressMainButton, quotes, untilDone } from './summary-panel.ts';

const PASTED =
  'The lighthouse keeper of Skarholm wrote down the weather every evening for thirty-one years. ' +
  'His notebooks fill four shelves in the harbour museum. ' +
  'Meteorologists have used them to show that storms in the sound come eleven days earlier than a century ago.';

describe('a page that cannot be read', () => {
  const subject = useBrowser();

  test("the browser's own page says so, and takes pasted text instead", async () => {
    const page = await subject.driver.openPage(isChromium ? 'chrome://version/' : 'about:support');
    const panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    const what = await panel.waitFor(() => document.querySelector<HTMLElement>('.failure h2')?.innerText);
    expect(what).toMatch(/browser/i);

    await panel.fill('.paste textarea', PASTED);
    await panel.click('.paste button');
    await untilDone(panel);
    const shown = await quotes(panel);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every((quote) => PASTED.includes(quote))).toBe(true);
  });

  test('a page without text says so', async () => {
    const page = await subject.open('empty.html');
    const panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    const what = await panel.waitFor(() => document.querySelector<HTMLElement>('.failure h2')?.innerText);
    expect(what).toMatch(/no text/i);
    expect(await panel.text('.paste')).not.toBe('');
  });
});
