// What the worker of a language model is told at its start. Types only.
import type { CatalogEntry, ModelEntry } from '../model/catalog.ts';
import type { Sampling } from '../model/language-model.ts';
import type { ServerEntry } from '../model/openai/server.ts';
import type { Backend } from './backend.ts';
import type { StartMessage } from './worker-link.ts';

interface Start extends StartMessage {
  /** Where a task does not choose its own. */
  sampling?: Sampling | undefined;
}

export interface LocalStart extends Start, Backend {
  entry: CatalogEntry;
  /** A GPU is there too: what the model has to do on it is to be measured here. */
  measuresAnswer: boolean;
}

/** The model runs on a server; what checks its text runs here, on so many threads. */
interface RemoteStart extends Start {
  device: 'remote';
  threads: number;
  entry: ServerEntry;
}

/** The model is the browser's, which has it in documents only: the worker reaches it over the port (lib/engine/model-port.ts). */
interface BrowserStart extends Start {
  device: 'browser';
  threads: number;
  entry: ModelEntry;
  model: MessagePort;
}

export type ModelStart = LocalStart | RemoteStart | BrowserStart;
