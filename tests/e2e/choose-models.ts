// The reader's choice of models, made as the options page makes it, from the panel.
import type { ModelSettings } from '../../lib/engine/model-settings.ts';
import type { Panel } from '../../scripts/browser/panel.ts';

/** Other fields stay as they are. */
export async function chooseModels(panel: Panel, change: Partial<ModelSettings>): Promise<void> {
  await panel.evaluate(async (json) => {
    const apis = globalThis as unknown as { browser?: typeof chrome; chrome: typeof chrome };
    const { runtime } = apis.browser ?? apis.chrome; // Firefox's own `chrome` takes callbacks
    await runtime.sendMessage({ target: 'background', request: 'changeModelSettings', args: [JSON.parse(json)] });
  }, JSON.stringify(change));
}
