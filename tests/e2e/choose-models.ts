// The reader's choice of models, made as the options page makes it, from a page of the extension.
import type { ModelSettings } from '../../lib/engine/model-settings.ts';

/** The panel, or a tab. */
interface OwnPage {
  evaluate(fn: (json: string) => Promise<void>, json: string): Promise<unknown>;
}

/** Other fields stay as they are. */
export async function chooseModels(page: OwnPage, change: Partial<ModelSettings>): Promise<void> {
  await page.evaluate(async (json) => {
    const apis = globalThis as unknown as { browser?: typeof chrome; chrome: typeof chrome };
    const { runtime } = apis.browser ?? apis.chrome; // Firefox's own `chrome` takes callbacks
    await runtime.sendMessage({ target: 'background', request: 'changeModelSettings', args: [JSON.parse(json)] });
  }, JSON.stringify(change));
}
