// What holds while the model computes: the panel stays quick, the host lives on, and nobody computes for a page that is gone.
import { describe, expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/panel.ts';
import { isChromium, useBrowser } from './harness.ts';
import { pressMainButton, untilDone } from './summary-panel.ts';

const PANEL_ANSWERS_WITHIN_MS = 100;
const PINGS = 20;
const LONG_JOB_MS = 40_000;

describe('the host of the engine', () => {
  const subject = useBrowser();

  async function startWriting(path: string): Promise<Panel> {
    const page = await subject.open(path);
    const panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    await untilDone(panel);
    await panel.click('.quiet-action');
    await panel.waitFor(() => document.querySelector('.activity progress[value]'));
    return panel;
  }

  test('leaves the panel its own thread', async () => {
    const panel = await startWriting('long.html');
    const delaysMs = await panel.evaluate(async (pings) => {
      const delays: number[] = [];
      for (let ping = 0; ping < pings; ping++) {
        const asked = performance.now();
        await new Promise((answered) => setTimeout(answered, 0));
        delays.push(performance.now() - asked);
      }
      return delays;
    }, PINGS);
    await pressMainButton(panel);
    expect(Math.max(...delaysMs)).toBeLessThan(PANEL_ANSWERS_WITHIN_MS);
  });

  // Firefox ends an event page after 30 s, also while its worker computes: the persistent page must not be one.
  test.runIf(!isChromium)('writes on for longer than an event page lives', { timeout: 300_000 }, async () => {
    const panel = await startWriting('long.html');
    await new Promise((later) => setTimeout(later, LONG_JOB_MS));
    const amount = await panel.text('.activity');
    await panel.waitFor(
      (before) => {
        const now = document.querySelector<HTMLElement>('.activity')?.innerText ?? '';
        return now !== before && /part \d+ of \d+/.test(now);
      },
      { args: [amount], timeoutMs: 60_000 },
    );
    await pressMainButton(panel);
  });
});
