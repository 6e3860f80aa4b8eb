// The sizes that every architecture keeps under the same names, checked before anything is allocated by them.
import { AppError } from '../../../errors.ts';
import type { DecoderConfig } from '../../decoder.ts';
import type { GgufFile } from '../gguf-file.ts';
import type { Metadata } from '../metadata.ts';

/** WebGPU's blocks of weights; every size of a matrix is a multiple of it. */
const BLOCK = 32;
const LARGEST = 1 << 20;

/** Throws `model-corrupt` where sizes are missing or fit no decoder, `unsupported` where no kernel takes them. */
export function readConfig(gguf: GgufFile, architecture: string, headSize?: number): DecoderConfig {
  const { metadata } = gguf;
  const key = (name: string) => `${architecture}.${name}`;
  const size = (name: string, fallback?: number) => wholeNumber(metadata.number(key(name), fallback), key(name));
  const hiddenSize = size('embedding_length');
  const heads = size('attention.head_count');
  const config = {
    architecture,
    layers: size('block_count'),
    heads,
    keyValueHeads: size('attention.head_count_kv', heads),
    headSize: size('attention.key_length', headSize ?? hiddenSize / heads),
    hiddenSize,
    feedForwardSize: size('feed_forward_length'),
    vocabularySize: gguf.tensor('token_embd.weight', undefined, hiddenSize).rows,
    contextLength: size('context_length'),
    ropeTheta: metadata.number(key('rope.freq_base'), 10000),
    normEpsilon: metadata.number(key('attention.layer_norm_rms_epsilon')),
  };
  check(config, metadata);
  return config;
}

function check(config: DecoderConfig, metadata: Metadata): void {
  const { architecture, heads, keyValueHeads, headSize, hiddenSize, feedForwardSize } = config;
  const key = (name: string) => `${architecture}.${name}`;
  if (heads % keyValueHeads !== 0) throw new AppError('model-corrupt', `GGUF: ${heads} heads on ${keyValueHeads}`);
  if (!(config.ropeTheta > 0 && config.normEpsilon >= 0))
    throw new AppError('model-corrupt', 'GGUF: positions or norms');
  if ([hiddenSize, feedForwardSize, heads * headSize].some((size) => size % BLOCK !== 0) || headSize % 16 !== 0) {
    throw new AppError('unsupported', `sizes ${hiddenSize}, ${feedForwardSize}, ${headSize}`);
  }
  if (metadata.number(key('attention.value_length'), headSize) !== headSize) {
    throw new AppError('unsupported', `${architecture} with values of another size than keys`);
  }
  if (metadata.number(key('rope.dimension_count'), headSize) !== headSize) {
    throw new AppError('unsupported', `${architecture} with rotary positions on a part of the head`);
  }
  for (const cap of ['attn_logit_softcapping', 'final_logit_softcapping']) {
    if (metadata.number(key(cap), 0) !== 0) throw new AppError('unsupported', `${architecture} with ${cap}`);
  }
  if (metadata.number(key('expert_count'), 0) !== 0) throw new AppError('unsupported', `${architecture} with experts`);
}

/** The divisor of positions. Throws `unsupported` for other ways to stretch them. */
export function readRopeDivisor(metadata: Metadata, architecture: string): number {
  const type = metadata.string(`${architecture}.rope.scaling.type`, 'none');
  if (type === 'none') return 1;
  if (type !== 'linear') throw new AppError('unsupported', `${architecture} with ${type} rotary positions`);
  const divisor = metadata.number(`${architecture}.rope.scaling.factor`, 1);
  if (!(divisor > 0)) throw new AppError('model-corrupt', `GGUF: ${architecture}.rope.scaling.factor ${divisor}`);
  return divisor;
}

function wholeNumber(value: number, name: string): number {
  if (Number.isInteger(value) && value > 0 && value <= LARGEST) return value;
  throw new AppError('model-corrupt', `GGUF: ${name} is ${value}`);
}
