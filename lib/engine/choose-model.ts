// Which model does a task: as the reader chose, and never another in its place. Pure.
import { AppError } from '../errors.ts';
import { BROWSER_MODEL } from '../model/browser-language-model.ts';
import { DEFAULT_MODEL } from '../model/catalog.ts';
import type { CatalogEntry, ModelEntry } from '../model/catalog.ts';
import { serverEntry } from '../model/openai/server.ts';
import type { ServerEntry } from '../model/openai/server.ts';
import type { LanguagePair, ModelTask } from '../protocol.ts';
import { primarySubtag } from '../tasks/stop-words.ts';
import type { ModelChoice, ModelSettings } from './model-settings.ts';

export type ChosenModel =
  | { kind: 'local'; entry: CatalogEntry }
  | { kind: 'browser'; entry: ModelEntry }
  /** In the order in which they are asked: the next where one is down. */
  | { kind: 'remote'; entries: ServerEntry[] };

export interface Candidates {
  /** On this machine now, those of the package among them. */
  installed: readonly CatalogEntry[];
  /** The browser's own, where it has been asked for and is there. */
  browser?: ModelEntry | null;
  /** False for what would not fit in memory, or has brought the browser down. Asked for `automatic` only. */
  isUsable: (entry: CatalogEntry) => boolean;
}

/** Throws `model-missing` where what was chosen is gone. */
export function chooseModel(kind: ModelTask['kind'], settings: ModelSettings, candidates: Candidates): ChosenModel {
  const choice = settings.choices[kind];
  if (choice === 'automatic') return { kind: 'local', entry: bestFor(kind, candidates) };
  return find(choice, kind, settings, candidates);
}

/** What translates for want of a language pack: as the reader chose, else the largest on this machine that may; null where none may. */
export function chooseTranslatingModel(settings: ModelSettings, candidates: Candidates): ChosenModel | null {
  const choice = settings.choices.translate;
  if (choice !== 'automatic') {
    const chosen = find(choice, 'translate', settings, candidates);
    return entryOf(chosen).methods.translate ? chosen : null;
  }
  const best = candidates.installed
    .filter((entry) => entry.methods.translate && candidates.isUsable(entry))
    .sort((a, b) => b.weights.bytes - a.weights.bytes)
    .at(0);
  return best ? { kind: 'local', entry: best } : null;
}

/** Whether both languages are among those that it knows. */
export function knowsPair({ languages }: Pick<ModelEntry, 'languages'>, { from, to }: LanguagePair): boolean {
  return [from, to].every((tag) => languages.includes(primarySubtag(tag)));
}

function find(choice: ModelChoice, kind: string, settings: ModelSettings, candidates: Candidates): ChosenModel {
  if (choice === BROWSER_MODEL && candidates.browser) return { kind: 'browser', entry: candidates.browser };
  const servers = choice === 'servers' ? settings.servers : settings.servers.filter(({ id }) => id === choice);
  if (servers.length > 0) return { kind: 'remote', entries: servers.map(serverEntry) };
  const entry = candidates.installed.find(({ id }) => id === choice);
  if (!entry) throw new AppError('model-missing', kind);
  return { kind: 'local', entry };
}

/** What is to be known of it; of several servers, of the first. */
export function entryOf(chosen: ChosenModel): ModelEntry {
  return chosen.kind === 'remote' ? chosen.entries[0] : chosen.entry;
}

/** One that writes by itself before one that selects, then the larger; the packaged one where none is usable. */
export function bestFor(kind: ModelTask['kind'], { installed, isUsable }: Candidates): CatalogEntry {
  const writes = ({ methods }: CatalogEntry) => Number(methods[kind] === 'composes');
  const [best] = installed
    .filter((entry) => entry.id === DEFAULT_MODEL.id || isUsable(entry))
    .sort((a, b) => writes(b) - writes(a) || b.weights.bytes - a.weights.bytes);
  return installed.length > 0 ? best : DEFAULT_MODEL;
}
