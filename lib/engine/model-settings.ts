// What the reader has chosen of the models: which does what, on which servers, with which bounds. The parser is total, as that of
// the other settings: a field that is missing or bad falls back alone.
import type { Server } from '../model/openai/server.ts';
import type { ModelTask } from '../protocol.ts';
import { array, literal, matching, natural, nothing, number, object, string, union } from './schema.ts';
import type { Check } from './schema.ts';

/** automatic: the best model on this machine. browser: the browser's own. servers: the first of the list that answers. Else the id of a model or of a server. */
export type ModelChoice = 'automatic' | 'browser' | 'servers' | (string & {});

/** What a model is chosen for. translate: what no language pack does. */
export type ChosenTask = ModelTask['kind'] | 'translate';

export interface ModelSettings {
  choices: Record<ChosenTask, ModelChoice>;
  /** In the order in which they are asked. */
  servers: Server[];
  /** Where a task does not choose its own; null: the model's own way, which is greedy. */
  temperature: number | null;
  topP: number | null;
  /** Tokens, at most what the model has; null: as much as it has. */
  contextTokens: number | null;
  /** Of the CPU; null: as many as the machine has to give. */
  threads: number | null;
  device: 'automatic' | 'cpu';
}

export const DEFAULT_MODEL_SETTINGS: ModelSettings = {
  choices: { summarize: 'automatic', rewrite: 'automatic', chat: 'automatic', translate: 'automatic' },
  servers: [],
  temperature: null,
  topP: null,
  contextTokens: null,
  threads: null,
  device: 'automatic',
};

export const MAX_TEMPERATURE = 2;
export const CONTEXT_TOKENS = [1024, 2048, 4096, 8192, 16384, 32768] as const;
const MAX_THREADS = 64;

const server: Check<Server> = object<Server>({
  id: string,
  address: matching(/^https?:\/\/\S+$/),
  key: string,
  model: string,
  contextWindow: natural,
});

const CHECKS: { [K in keyof ModelSettings]: Check<ModelSettings[K]> } = {
  choices: object<ModelSettings['choices']>({
    summarize: string,
    rewrite: string,
    chat: string,
    translate: string,
  }),
  servers: array(server),
  temperature: orNull((value) => value >= 0 && value <= MAX_TEMPERATURE),
  topP: orNull((value) => value > 0 && value <= 1),
  contextTokens: orNull((value) => value >= CONTEXT_TOKENS[0] && natural(value)),
  threads: orNull((value) => value >= 1 && value <= MAX_THREADS && natural(value)),
  device: literal('automatic', 'cpu'),
};

const KEYS = Object.keys(CHECKS) as (keyof ModelSettings)[];

/** Settings out of anything. */
export function parseModelSettings(stored: unknown): ModelSettings {
  const record = { ...fieldsOf(stored) };
  // Each choice alone, too: the first versions had none of translating.
  record.choices = { ...DEFAULT_MODEL_SETTINGS.choices, ...onlyStrings(record.choices) };
  const fields = KEYS.map((key) => [key, CHECKS[key](record[key]) ? record[key] : DEFAULT_MODEL_SETTINGS[key]]);
  return Object.fromEntries(fields) as ModelSettings;
}

/** Some of the fields, each as it should be. */
export const isModelSettingsChange: Check<Partial<ModelSettings>> = (value): value is Partial<ModelSettings> => {
  const record = fieldsOf(value);
  return record === value && KEYS.every((key) => !(key in record) || CHECKS[key](record[key]));
};

function fieldsOf(value: unknown): Partial<Record<keyof ModelSettings, unknown>> {
  return typeof value === 'object' && value !== null ? value : {};
}

/** Of the known choices. */
function onlyStrings(choices: unknown): Partial<Record<ChosenTask, string>> {
  const known = Object.entries(fieldsOf(choices)).filter(
    ([task, choice]) => task in DEFAULT_MODEL_SETTINGS.choices && string(choice),
  );
  return Object.fromEntries(known);
}

function orNull(holds: (value: number) => boolean): Check<number | null> {
  return union<[number, null]>((value): value is number => number(value) && holds(value), nothing);
}
