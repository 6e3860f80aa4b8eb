// Everything that the options page asks of the browser and of the engine. Every rejection is an AppError.
import { browser } from 'wxt/browser';
import type { Backend } from '../engine/backend.ts';
import type { ModelSettings } from '../engine/model-settings.ts';
import { probeBackends } from '../engine/probe.ts';
import { ResultStore } from '../engine/result-store.ts';
import { browserModelState, downloadBrowserModel } from '../model/browser-language-model.ts';
import type { BrowserModelState } from '../model/browser-language-model.ts';
import type { CatalogEntry } from '../model/catalog.ts';
import type { LanguagePack, LanguagePair, TaskEvent } from '../protocol.ts';
import { deleteEverything } from './delete-everything.ts';
import { windowHistory } from './history.ts';
import { installedModels } from './installed-models.ts';
import { fitsHere } from './machine.ts';
import { send } from './messaging.ts';
import { onModelSettings } from './model-settings.ts';
import { onModelsChanged } from './models.ts';
import { deletePack, onPacks } from './packs.ts';
import type { Unsubscribe } from './panel.ts';
import { serversPlatform, type ServersPlatform } from './servers.ts';
import { onQuickActions, saveQuickActions } from './quick-actions.ts';
import { loadSettings, saveSettings, type QuickAction } from './settings.ts';
import { sourcesPlatform, type SourcesPlatform } from './sources.ts';
import { measureModel } from './try-machine.ts';

/** A model on this machine, and whether there is the memory to run it. */
export interface RunnableModel {
  entry: CatalogEntry;
  fits: boolean;
}

/** The model that the browser itself carries. */
export interface BrowserModelPlatform {
  readState(): Promise<BrowserModelState>;
  /** Call it in the click, before any await. Throws `download-failed`, `aborted`. */
  download(onProgress: (fraction: number) => void, signal: AbortSignal): Promise<void>;
}

export interface OptionsPlatform {
  /** Calls back soon, and after each change. */
  onModelSettings(listener: (settings: ModelSettings) => void): Unsubscribe;
  changeModelSettings(change: Partial<ModelSettings>): Promise<void>;
  /** Calls back soon, and whenever a model has come or gone. */
  onRunnableModels(listener: (models: RunnableModel[]) => void): Unsubscribe;
  servers: ServersPlatform;
  sources: SourcesPlatform;
  browserModel: BrowserModelPlatform;
  onPacks(listener: (packs: LanguagePack[]) => void): Unsubscribe;
  deletePack(pair: LanguagePair): Promise<void>;
  /** Calls back soon, and after each change. */
  onQuickActions(listener: (actions: readonly QuickAction[]) => void): Unsubscribe;
  saveQuickActions(actions: readonly QuickAction[]): Promise<void>;
  keepsConversations(): Promise<boolean>;
  keepConversations(on: boolean): Promise<void>;
  deleteConversations(): Promise<void>;
  keepsResults(): Promise<boolean>;
  /** What is kept already stays until it is deleted. */
  keepResults(on: boolean): Promise<void>;
  /** What models have written and is kept, in bytes. */
  resultBytes(): Promise<number>;
  deleteResults(): Promise<void>;
  /** All that Inkling keeps, models and keys too; then it starts anew, and this page closes. */
  deleteEverything(): Promise<void>;
  /** What models can run on here, the CPU first: what it makes of a model is what the GPU is held to. */
  devices(): Promise<Backend['device'][]>;
  /** Has a model write a sentence on that device: `backend`, `progress`, and `done` with its figures. */
  measure(model: string, device: Backend['device'], signal: AbortSignal): AsyncIterable<TaskEvent>;
  logicalCores: number;
  version: string;
}

/** The browser, as the options page sees it. */
export function optionsPlatform(): OptionsPlatform {
  const history = windowHistory();
  const results = new ResultStore();
  return {
    onModelSettings,
    changeModelSettings: (change) => send('changeModelSettings', change),
    onRunnableModels(listener) {
      const report = async () => listener((await installedModels()).map((entry) => ({ entry, fits: fitsHere(entry) })));
      void report();
      return onModelsChanged(() => void report());
    },
    servers: serversPlatform,
    sources: sourcesPlatform,
    browserModel: { readState: () => browserModelState(), download: downloadBrowserModel },
    onPacks,
    deletePack,
    onQuickActions,
    saveQuickActions,
    keepsConversations: async () => (await loadSettings()).keepConversations,
    keepConversations: (on) => saveSettings({ keepConversations: on }),
    deleteConversations: () => history.clear(),
    keepsResults: async () => (await loadSettings()).keepResults,
    keepResults: (on) => saveSettings({ keepResults: on }),
    resultBytes: () => results.usedBytes(),
    deleteResults: () => results.clear(),
    deleteEverything,
    devices: async () => (await probeBackends()).backends.map(({ device }) => device).sort(),
    measure: measureModel,
    logicalCores: navigator.hardwareConcurrency,
    version: browser.runtime.getManifest().version,
  };
}
