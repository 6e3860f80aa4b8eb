// Who has just installed Inkling sees what works, and what this machine can do, without doing anything.
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Page } from 'puppeteer-core';
import type { Driver } from '../../scripts/browser/driver.ts';
import { launch } from '../../scripts/browser/launch.ts';

let driver: Driver;
let page: Page;

beforeAll(async () => {
  driver = await launch(inject('browser'), { keepWelcome: true });
  page = await driver.ownPage('welcome.html');
});
afterAll(() => driver.close());

const read = (selector: string) =>
  page.evaluate((wanted) => [...document.querySelectorAll(wanted)].map(({ textContent }) => textContent), selector);

test('the welcome page opens by itself, measures the machine and asks no other', async () => {
  await page.waitForSelector('h1');
  expect(await read('h1')).toEqual(['Inkling is ready']);
  // About, as soon as may be; then as it is, when the model has been made ready and has run.
  await page.waitForSelector('.figures[data-kind=estimated]', { timeout: 150_000 });
  const about = await read('.figures dd');
  expect(about[1]).toMatch(/^CPU, \d+ threads?$/);
  expect(about[2]).toMatch(/^about \d[\d.]* words a second$/);
  await page.waitForSelector('.figures[data-kind=tried]', { timeout: 150_000 });
  const figures = await read('.figures dd');
  expect(figures[0]).toBe('SmolLM2 135M');
  expect(figures[1]).toMatch(/^CPU, \d+ threads?$/);
  expect(parseFloat(figures[3])).toBeGreaterThan(0);
  // Either a model that fits or that none does, never both or nothing.
  expect((await read('section .offer')).length + (await read('section > p:last-child:not(.quiet)')).length).toBe(1);
  // The list of models, which is where it leads, names the same one.
  const models = await driver.openPage(`${driver.extensionUrl}options.html`);
  await models.waitForSelector('.model-card');
  const proposed = await models.$$eval('.model-card:has(button.primary) h3', (names) =>
    names.map((n) => n.textContent),
  );
  const offer = (await read('section .offer')).join();
  expect(proposed).toHaveLength(offer ? 1 : 0);
  expect(offer).toContain(proposed.join());
  expect(driver.foreignRequests).toEqual([]);
}, 330_000);
