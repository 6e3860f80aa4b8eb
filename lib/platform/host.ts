// The engine's host in its browser: Chrome's offscreen document, Firefox's background page. Gives the host its worker, its store
// and the ports that may come to it.
import { browser } from 'wxt/browser';
import { createHost } from '../engine/host.ts';
import { probeBackends } from '../engine/probe.ts';
import { ResultStore } from '../engine/result-store.ts';
import { deviceMemoryGb } from './device-memory.ts';
import { ENGINE_PORT } from './engine-port.ts';
import type { HostStorage } from './host-storage.ts';
import { installedModels } from './installed-models.ts';
import { handle, send } from './messaging.ts';
import { classifySender } from './sender.ts';

/** Of all code that a model's answer depends on: the build says it (scripts/code-version.ts). */
declare const CODE_VERSION: string;
/** Built from entrypoints/engine-worker.ts. */
const WORKER = '/engine-worker.js';
/** Built from entrypoints/transformers-worker.ts. */
const TRANSFORMERS = '/transformers-worker.js';
/** Built from entrypoints/translation-worker.ts. */
const TRANSLATOR = '/translation-worker.js';
/** Built from entrypoints/checker-worker.ts. */
const CHECKER = '/checker-worker.js';
/** Built from entrypoints/download-worker.ts. */
const DOWNLOADER = '/download-worker.js';

/** Call it in the context's first turn. */
export function startHost(storage: HostStorage): void {
  // Asking nobody where storage is unlimited, it then deletes no models for want of room, and counts all of the disk.
  if (import.meta.env.FIREFOX) void navigator.storage.persist().catch(() => undefined); // Private windows have none.
  const host = createHost({
    spawnWorker: () => new Worker(browser.runtime.getURL(WORKER), { type: 'module' }),
    spawnTransformers: () => new Worker(browser.runtime.getURL(TRANSFORMERS), { type: 'module' }),
    spawnTranslator: () => new Worker(browser.runtime.getURL(TRANSLATOR), { type: 'module' }),
    spawnChecker: () => new Worker(browser.runtime.getURL(CHECKER), { type: 'module' }),
    spawnDownloader: () => new Worker(browser.runtime.getURL(DOWNLOADER), { type: 'module' }),
    logicalCores: navigator.hardwareConcurrency,
    assetsUrl: browser.runtime.getURL('/'),
    store: storage.crashes,
    packMirror: storage.packMirror,
    modelSettings: storage.modelSettings,
    installedModels,
    probe: () => probeBackends(),
    deviceMemoryGb: deviceMemoryGb(),
    results: new ResultStore({ version: CODE_VERSION }),
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
    readsAhead: () => host.readsAhead(),
    translatingModel: () => host.translatingModel(),
    pageGone: ({ tab }) => {
      if (tab?.id !== undefined) host.tabGone(tab.id);
    },
  });
  if (import.meta.env.FIREFOX) browser.tabs.onRemoved.addListener((tabId) => host.tabGone(tabId));
  else void send('hostReady');
}
