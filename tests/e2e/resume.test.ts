// A job outlives what shows it and what started it: the panel may close, the service worker may die.
import { describe, expect, test } from 'vitest';
import { chromium, isChromium, useBrowser } from './harness.ts';
import { pressMainButton, quotes, untilDone, untilQuoted } from './summary-panel.ts';

const KILL_EVERY_MS = 500;

describe('an answer on its way', () => {
  const subject = useBrowser();

  test('is there when the panel is closed and opened again', async () => {
    const page = await subject.open('long.html');
    let panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    await untilQuoted(panel);
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

  test.runIf(isChromium)('is completed, the same, while the service worker is killed again and again', async () => {
    const page = await subject.open('long.html');
    const panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    await untilDone(panel);
    const undisturbed = await quotes(panel);

    await pressMainButton(panel);
    const done = untilDone(panel).then(() => true);
    let killed = 0;
    do {
      if (await chromium(subject.driver).killServiceWorker()) killed++;
    } while (!(await Promise.race([done, elapsed(KILL_EVERY_MS)])));
    expect(killed).toBeGreaterThan(0);
    expect(await quotes(panel)).toEqual(undisturbed);
  });

  test.runIf(isChromium)('comes from a menu item that wakes the service worker', async () => {
    const page = await subject.open('article.html');
    await chromium(subject.driver).killServiceWorker();
    const panel = await subject.driver.chooseMenuItem(page, 'page', { x: 300, y: 200 });
    expect(await untilDone(panel)).toMatch(/^all \d{3} words/i);
  });
});

function elapsed(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, ms, false));
}
