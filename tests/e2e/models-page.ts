// The options page's models section as a reader meets it, in either browser. Its buttons are pressed by key: sizes above them are
// still being found out when a page opens, which moves them from under the mouse.
import type { ElementHandle, Page } from 'puppeteer-core';
import type { Driver } from '../../scripts/browser/driver.ts';

/** The options page in a tab of its own, with models to come from `hub`. */
export async function openModels(driver: Driver, hub: string): Promise<Page> {
  const page = await driver.openPage(`${driver.extensionUrl}options.html`);
  await page.evaluate(async (url) => {
    const apis = globalThis as unknown as { browser?: typeof chrome; chrome: typeof chrome };
    const { storage } = apis.browser ?? apis.chrome; // Firefox's own `chrome` takes callbacks
    const { settings } = await storage.local.get<{ settings: object }>('settings');
    await storage.local.set({ settings: { ...settings, hubEndpoint: url } });
  }, hub);
  await page.waitForSelector('.model-card');
  return page;
}

/** Types the repository's name and has its files listed, and the best looked into: each line with its name and what is said of it. */
export async function listFiles(page: Page, repository: string): Promise<string[]> {
  const field = await page.waitForSelector('.from-hub input');
  await field!.evaluate((input) => input.select());
  await field!.type(repository);
  await field!.press('Enter');
  await page.waitForSelector('.repository-files[aria-busy=false] li, .from-hub .failure');
  return page.$$eval('.repository-files li', (items) =>
    items.map((item) => [...item.querySelectorAll(':scope > span')].map(({ textContent }) => textContent).join(' · ')),
  );
}

/** Presses the only button of that file's line. */
export async function pressFile(page: Page, file: string): Promise<void> {
  const lines = await page.$$('.repository-files li');
  for (const line of lines) {
    if ((await line.$eval('.file-name', ({ textContent }) => textContent)) === file) {
      await (await line.$('button'))!.press('Enter');
      return;
    }
  }
  throw new Error(`${file} is not listed`);
}

/** Resolves when the model's card is there in that state. */
export async function untilState(page: Page, id: string, state: string): Promise<ElementHandle> {
  return (await page.waitForSelector(`.model-card[data-model="${id}"][data-state="${state}"]`, { timeout: 30_000 }))!;
}

export async function pressIn(card: ElementHandle, label: string): Promise<void> {
  for (const button of await card.$$('button')) {
    if ((await button.evaluate(({ textContent }) => textContent)) === label) return button.press('Enter');
  }
  throw new Error(`no button ${label}`);
}

export async function untilGone(page: Page, id: string): Promise<void> {
  await page.waitForFunction((model) => !document.querySelector(`.model-card[data-model="${model}"]`), {}, id);
}

/** What stands where something went wrong, within `place`. */
export async function untilFailed(page: Page, place: string): Promise<string> {
  const failure = await page.waitForSelector(`${place} .failure`, { timeout: 30_000 });
  return failure!.evaluate((element) => (element as HTMLElement).innerText);
}

/** Models that are not of the catalog or not to be had only: `id state`, in order. */
export function ownModels(page: Page): Promise<string[]> {
  return page.$$eval('.model-card', (cards) =>
    cards
      .map((card) => (card as HTMLElement).dataset)
      .filter(({ state }) => state !== 'available' && state !== 'packaged')
      .map(({ model, state }) => `${model} ${state}`),
  );
}
