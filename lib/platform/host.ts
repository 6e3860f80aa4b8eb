// The engine's host in its browser: Chrome's offscreen document, Firefox's background page. Gives the host its worker, its store
// and the ports that may come to it. The offscreen document has only `runtime`: everything else goes through the background.
import { browser } from 'wxt/browser';
import type { BreakerStore } from '../engine/crash-breaker.ts';
import { createHost } from '../engine/host.ts';
import { probeBackends } from '../engine/probe.ts';
import { readCrashRecord, writeCrashRecord } from './crash-record.ts';
import { ENGINE_PORT } from './engine-port.ts';
import { installedModels } from './installed-models.ts';
import { handle, send } from './messaging.ts';
import { readModelSettings } from './model-settings.ts';
import { classifySender } from './sender.ts';
import { readPackMirror } from './settings.ts';

/** Built from entrypoints/engine-worker.ts. */
const WORKER = '/engine-worker.js';
/** Built from entrypoints/translation-worker.ts. */
const TRANSLATOR = '/translation-worker.js';
/** Built from entrypoints/checker-worker.ts. */
const CHECKER = '/checker-worker.js';
/** Built from entrypoints/download-worker.ts. */
const DOWNLOADER = '/download-worker.js';

const ownStore: BreakerStore = { get: async () => (await readCrashRecord()) ?? undefined, set: writeCrashRecord };
const storeOfBackground: BreakerStore = {
  get: async () => (await send('readCrashRecord')) ?? undefined,
  set: (record) => send('writeCrashRecord', record),
};

/** Call it in the context's first turn. */
export function startHost(): void {
  const host = createHost({
    spawnWorker: () => new Worker(browser.runtime.getURL(WORKER), { type: 'module' }),
    spawnTranslator: () => new Worker(browser.runtime.getURL(TRANSLATOR), { type: 'module' }),
    spawnChecker: () => new Worker(browser.runtime.getURL(CHECKER), { type: 'module' }),
    spawnDownloader: () => new Worker(browser.runtime.getURL(DOWNLOADER), { type: 'module' }),
    logicalCores: navigator.hardwareConcurrency,
    assetsUrl: browser.runtime.getURL('/'),
    store: import.meta.env.FIREFOX ? ownStore : storeOfBackground,
    packMirror: import.meta.env.FIREFOX ? readPackMirror : () => send('readPackMirror'),
    modelSettings: import.meta.env.FIREFOX ? readModelSettings : () => send('readModelSettings'),
    installedModels,
    probe: () => probeBackends(),
    deviceMemoryGb: (navigator as { deviceMemory?: number }).deviceMemory,
    // Closing the document frees its memory; a background page stays.
    onIdle: () => import.meta.env.FIREFOX || globalThis.close(),
  });

  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== ENGINE_PORT) return;
    const sender = port.sender && classifySender(port.sender);
    if (sender === 'extension') host.accept(port, 'panel');
    else if (sender === 'content-script') host.accept(port, 'content');
    else port.disconnect();
  });

  handle('host', {
    pingHost: () => undefined,
    tabGone: (tabId) => host.tabGone(tabId),
    rewritesFreely: () => host.rewritesFreely(),
    pageGone: ({ tab }) => {
      if (tab?.id !== undefined) host.tabGone(tab.id);
    },
  });
  if (import.meta.env.FIREFOX) browser.tabs.onRemoved.addListener((tabId) => host.tabGone(tabId));
  else void send('hostReady');
}
