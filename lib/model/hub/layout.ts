// How models of any architecture are laid out on the hub: which files beside the graph make one, and what they say. Pure but for reading.
import { AppError } from '../../errors.ts';
import { isObject } from '../download/json.ts';
import type { HubFile } from './hub.ts';

export const companionNames = {
  config: 'config.json',
  tokenizer: 'tokenizer.json',
  tokenizerConfig: 'tokenizer_config.json',
  generationConfig: 'generation_config.json',
  chatTemplate: 'chat_template.jinja',
} as const;

const NEEDED: string[] = [companionNames.config, companionNames.tokenizer];

/** What the graph at `path` needs beside itself, of what the repository has. Throws `unsupported` where something is missing. */
export function companionsOf(path: string, files: readonly HubFile[]): HubFile[] {
  const names: string[] = Object.values(companionNames);
  const found = files.filter((file) => names.includes(file.path) || isDataOf(path, file.path));
  const missing = NEEDED.filter((name) => !found.some((file) => file.path === name));
  if (missing.length > 0) throw new AppError('unsupported', `${path} comes without ${missing.join(', ')}`);
  return found;
}

/** Weights outside of the graph: `model.onnx_data`, `model.onnx_data_1` and so on. */
export function isDataOf(graph: string, path: string): boolean {
  return path.startsWith(`${graph}_data`) && /^(_\d+)?$/.test(path.slice(`${graph}_data`.length));
}

/** The chat template, from its own file or the tokenizer's configuration. Throws `unsupported` where there is none. */
export async function readTemplate(companions: ReadonlyMap<string, Blob>): Promise<string> {
  const own = await companions.get(companionNames.chatTemplate)?.text();
  if (own) return own;
  const config = JSON.parse((await companions.get(companionNames.tokenizerConfig)?.text()) ?? '{}') as unknown;
  const template = isObject(config) ? config.chat_template : undefined;
  if (typeof template === 'string') return template;
  const named: unknown[] = Array.isArray(template) ? template : [];
  const usual = named.filter(isObject).find(({ name }) => name === 'default')?.template;
  if (typeof usual === 'string') return usual;
  throw new AppError('unsupported', 'a model without a chat template');
}
