// Grouped-query attention with rotary positions, as one operator over a cache that keeps its place from run to run.
import { float16Bits } from '../float16.ts';
import { isLocal } from './architectures/architecture.ts';
import type { DecoderDraft } from './decoder-draft.ts';

export interface Attention {
  /** Adds the attention of one layer over packed queries, keys and values; returns the heads' outputs [1, S, heads x size]. */
  layer(index: number, packed: string): string;
}

interface RotaryTables {
  cosine: string;
  sine: string;
}

/** Declares the inputs that all layers share, and the rotary tables. */
export async function attention(draft: DecoderDraft): Promise<Attention> {
  const { plan, keyValueType, maxPositions } = draft;
  const { config, slidingWindow } = plan;
  const { graph } = draft.weights;
  const seqlens = graph.input('seqlens_k', 'int32', [1]);
  const total = graph.input('total', 'int32', []);
  const everywhere = rotaryTables(draft, 'rotary', await frequencies(draft, config.ropeTheta, plan.ropeDivisor));
  const nearby =
    slidingWindow && rotaryTables(draft, 'rotary.local', await frequencies(draft, slidingWindow.ropeTheta, 1));
  const cacheShape = [1, config.keyValueHeads, maxPositions, config.headSize];
  const half = keyValueType === 'float16';

  return {
    layer(index, packed) {
      const local = isLocal(plan, index);
      const { cosine, sine } = local && nearby ? nearby : everywhere;
      const pastKey = graph.input(`past_key.${index}`, keyValueType, cacheShape);
      const pastValue = graph.input(`past_value.${index}`, keyValueType, cacheShape);
      graph.output(`present_key.${index}`, keyValueType, cacheShape);
      graph.output(`present_value.${index}`, keyValueType, cacheShape);
      const query = half ? graph.op('Cast', [packed], { to: { int: 10 } }) : packed;
      const [output] = graph.node(
        'GroupQueryAttention',
        [query, '', '', pastKey, pastValue, seqlens, total, cosine, sine],
        [graph.fresh('attention'), `present_key.${index}`, `present_value.${index}`],
        {
          num_heads: { int: config.heads },
          kv_num_heads: { int: config.keyValueHeads },
          scale: { float: plan.attentionScale },
          do_rotary: { int: 1 },
          rotary_interleaved: { int: 0 },
          ...(local && slidingWindow ? { local_window_size: { int: slidingWindow.tokens } } : {}),
        },
      );
      return half ? graph.op('Cast', [output], { to: { int: 1 } }) : output;
    },
  };
}

/**
 * Radians per position of each pair: theta^(-2i / headSize), divided by the file's own factors where it has them (Llama 3.1 and later).
 */
async function frequencies({ gguf, plan }: DecoderDraft, theta: number, divisor: number): Promise<Float64Array> {
  const pairs = plan.config.headSize / 2;
  const factors = gguf.has('rope_freqs.weight')
    ? await gguf.readRows(gguf.tensor('rope_freqs.weight', 1, pairs))
    : new Float32Array(pairs).fill(1);
  return Float64Array.from(factors, (factor, pair) => theta ** (-pair / pairs) / factor / divisor);
}

/** [maxPositions, pairs] of cos and of sin(position x frequency), in the cache's type. */
function rotaryTables(draft: DecoderDraft, name: string, radians: Float64Array): RotaryTables {
  const table = (part: string, wave: (angle: number) => number) => {
    const { weights, maxPositions, keyValueType } = draft;
    const pairs = radians.length;
    const region = weights.graph.external(`${name}.${part}`, keyValueType, [maxPositions, pairs]);
    weights.add([region], function* ([bytes]) {
      const values = new Float32Array(maxPositions * pairs);
      for (let i = 0; i < values.length; i++) values[i] = wave(Math.floor(i / pairs) * radians[i % pairs]);
      const stored = keyValueType === 'float16' ? Uint16Array.from(values, float16Bits) : values;
      bytes.set(new Uint8Array(stored.buffer));
      yield;
    });
    return region.name;
  };
  return { cosine: table('cosine', Math.cos), sine: table('sine', Math.sin) };
}
