// The panel's translation part as a reader meets it: languages to choose, the offer of a pack, what comes of it.
import type { Panel } from '../../scripts/browser/panel.ts';

/** The list of languages to translate into, here and in the card. */
export const TO = '.languages select:last-of-type';

/** Shows the translation part, with the language to translate into chosen. */
export async function openTranslation(panel: Panel, to: string): Promise<void> {
  await panel.click('#tab-translation');
  await panel.waitFor((tag) => document.querySelector(`.languages option[value=${tag}]`), { args: [to] });
  await panel.choose(TO, to);
}

/** Where packs are downloaded from. There is no button for it: it stands in the extension's storage. */
export async function setMirror(panel: Panel, packMirror: string): Promise<void> {
  await panel.evaluate(async (url) => {
    const apis = globalThis as unknown as { browser?: typeof chrome; chrome: typeof chrome };
    const { storage } = apis.browser ?? apis.chrome; // Firefox's own `chrome` takes callbacks
    const { settings } = await storage.local.get<{ settings: object }>('settings');
    await storage.local.set({ settings: { ...settings, packMirror: url } });
  }, packMirror);
}

export async function untilTranslated(panel: Panel): Promise<void> {
  await panel.waitFor(() => {
    const failure = document.querySelector<HTMLElement>('.failure');
    if (failure) throw new Error(`failed: ${failure.textContent}`);
    return document.querySelector<HTMLElement>('.outcome')?.innerText.startsWith('Translated');
  });
}

/** What the panel says went wrong, with its details. */
export function untilFailed(panel: Panel): Promise<string> {
  return panel.waitFor(() => {
    const failure = document.querySelector<HTMLElement>('.failure');
    failure?.querySelector('details')?.setAttribute('open', '');
    return failure?.innerText;
  });
}

/** Whether Translate can be pressed. */
export function canTranslate(panel: Panel): Promise<boolean> {
  return panel.evaluate(() => document.querySelector('.main-action.primary:not(:disabled)') !== null);
}

/** "English to Spanish · 22 MB", as the list has them. */
export function listedPacks(panel: Panel): Promise<string[]> {
  return panel.evaluate(() =>
    [...document.querySelectorAll('.packs li')].map((item) =>
      [...item.querySelectorAll('span')].map((span) => span.textContent).join(' · '),
    ),
  );
}

/** The first that can be deleted, if there is one. */
export async function deletePack(panel: Panel): Promise<void> {
  if (!(await panel.evaluate(() => document.querySelector('.packs li button') !== null))) return;
  if (await panel.evaluate(() => !document.querySelector<HTMLDetailsElement>('.packs')?.open)) {
    await panel.click('.packs summary');
  }
  await panel.click('.packs li button');
  await panel.waitFor(() => !document.querySelector('.packs li button'));
}
