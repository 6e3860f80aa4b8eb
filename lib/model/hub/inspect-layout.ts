// Whether a model that is laid out as on the hub can run here, as its small files tell, and what it takes. What its graph really is
// shows when it is loaded (lib/model/transformers).
import { AppError } from '../../errors.ts';
import { isObject } from '../download/json.ts';
import { companionNames, readTemplate } from './layout.ts';
import type { Inspection } from './inspect-weights.ts';

/** ONNX Runtime, its buffers, and the key-value cache of a small model. */
const RUNTIME_BYTES = 300e6;

/** Throws `model-corrupt` where a file is not JSON, `unsupported` with what is missing. */
export async function inspectLayout(weights: Blob, companions: ReadonlyMap<string, Blob>): Promise<Inspection> {
  const tokenizer = await readJson(companions, companionNames.tokenizer);
  if (!isObject(tokenizer.model)) throw new AppError('unsupported', 'a tokenizer without a model');
  const data = [...companions].filter(([path]) => path.includes('.onnx')).map(([, { size }]) => size);
  return inspectConfiguration(
    companions,
    data.reduce((sum, size) => sum + size, weights.size),
  );
}

/** The same from the files that say how the model is run, with nothing else here yet. `bytes`: of the graph and its data. */
export async function inspectConfiguration(companions: ReadonlyMap<string, Blob>, bytes: number): Promise<Inspection> {
  const config = await readJson(companions, companionNames.config);
  if (config.is_encoder_decoder === true) throw new AppError('unsupported', 'a model of two halves');
  if (typeof config.model_type !== 'string') throw new AppError('unsupported', 'a configuration without a model type');
  await readTemplate(companions);
  const { max_position_embeddings: positions } = config;
  return {
    contextLength: Number.isSafeInteger(positions) ? (positions as number) : 0,
    // In JavaScript's memory and, copied from there, in WebAssembly's.
    memoryBytes: 2 * bytes + RUNTIME_BYTES,
  };
}

async function readJson(companions: ReadonlyMap<string, Blob>, name: string): Promise<Record<string, unknown>> {
  const text = await companions.get(name)?.text();
  if (text === undefined) throw new AppError('unsupported', `no ${name}`);
  try {
    const value = JSON.parse(text) as unknown;
    if (isObject(value)) return value;
  } catch {
    // As below.
  }
  throw new AppError('model-corrupt', `${name} is not JSON`);
}
