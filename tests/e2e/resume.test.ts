// A job outlives what shows it and what started it: the panel may close, the service worker may die.
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/panel.ts';
import { chromium, isChromium, useBrowser } from './harness.ts';
import { pressMainButton, quotes, untilDone, untilQuoted } from './summary-panel.ts';

const KILL_EVERY_MS = 500;
/** To write about the long page takes minutes. */
const FREE_WITHIN_MS = 10_000;

describe('an answer on its way', () => {
  const subject = useBrowser();

  test('is there when the panel is closed and opened again', async () => {
    const page = await subject.open('long.html');
    let panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    await untilQuoted(panel);
    // The sentences come from the panel itself; that it closes does not matter from when the host has its task.
    await panel.waitFor(() => document.querySelector('.status')?.textContent.includes('SmolLM2'));
    await subject.driver.closePanel();

    panel = await subject.driver.openPanel(page);
    await untilQuoted(panel);
    const outcome = await untilDone(panel);
    expect(outcome).toMatch(/^all 1[12],\d{3} words/i);
    const whole = await quotes(panel);

    // And once more when it is done: nothing is computed again.
    await subject.driver.closePanel();
    panel = await subject.driver.openPanel(page);
    expect(await untilDone(panel)).toBe(outcome);
    expect(await quotes(panel)).toEqual(whole);
  });

  test('is written on while the panel is closed, and whole when it is opened again', async () => {
    const page = await subject.open('note.html');
    let panel = await subject.driver.openPanel(page);
    await startWriting(panel);
    await subject.driver.closePanel();

    panel = await subject.driver.openPanel(page);
    await untilDone(panel);
    expect((await written(panel)).length).toBeGreaterThan(0);
  });

  test.runIf(isChromium)('is completed, the same, while the service worker is killed again and again', async () => {
    const page = await subject.open('note.html');
    const panel = await subject.driver.openPanel(page);
    await startWriting(panel);
    const done = untilDone(panel).then(() => true);
    let killed = 0;
    do {
      if (await chromium(subject.driver).killServiceWorker()) killed++;
    } while (!(await Promise.race([done, elapsed(KILL_EVERY_MS)])));
    expect(killed).toBeGreaterThan(0);
    const streamed = await written(panel);
    expect(streamed.length).toBeGreaterThan(0);

    // What a new panel is given is what the host has kept: nothing was lost on the way, and nothing doubled.
    await subject.driver.closePanel();
    const reopened = await subject.driver.openPanel(page);
    await untilDone(reopened);
    expect(await written(reopened)).toEqual(streamed);
  });

  test.each([
    ['is closed', (page: Page) => page.close()],
    ['goes to another page', (page: Page) => page.goto(`${subject.site.url}article.html`)],
  ])('is given up when its tab %s: the engine is free for the next', async (_, leave) => {
    const page = await subject.open('long.html');
    await startWriting(await subject.driver.openPanel(page));
    await subject.driver.closePanel();
    await leave(page);

    const next = await subject.open('note.html');
    const panel = await subject.driver.openPanel(next);
    const asked = performance.now();
    await pressMainButton(panel);
    await untilDone(panel);
    expect(performance.now() - asked).toBeLessThan(FREE_WITHIN_MS);
  });

  test.runIf(isChromium)('comes from a menu item that wakes the service worker', async () => {
    const page = await subject.open('article.html');
    await chromium(subject.driver).killServiceWorker();
    await subject.driver.chooseMenuItem(page, 'summarize page', { x: 300, y: 200 });
    const panel = await subject.driver.panel();
    expect(await untilDone(panel)).toMatch(/^all \d{3} words/i);
  });
});

/** Has the model write a summary; resolves once it has begun to. */
async function startWriting(panel: Panel): Promise<void> {
  await pressMainButton(panel);
  await untilDone(panel);
  await panel.click('.quiet-action');
  await panel.waitFor(() => document.querySelector('.activity progress[value]'));
}

/** What stands in the model's part, one text for each sentence. */
function written(panel: Panel): Promise<string[]> {
  return panel.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.part-written li')].map((item) => item.innerText),
  );
}

function elapsed(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, ms, false));
}
