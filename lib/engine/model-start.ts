// What the worker of a language model is told at its start. Types only.
import type { CatalogEntry } from '../model/catalog.ts';
import type { Backend } from './backend.ts';
import type { StartMessage } from './worker-link.ts';

export interface ModelStart extends StartMessage, Backend {
  entry: CatalogEntry;
}
