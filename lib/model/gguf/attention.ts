// Grouped-query attention with rotary positions, as one operator over a cache that keeps its place from run to run.
import { float16Bits } from '../float16.ts';
import type { DecoderDraft } from './architectures/architecture.ts';
import { bytesIn } from './weight-file.ts';

export interface Attention {
  /** Adds the attention of one layer over packed queries, keys and values; returns the heads' outputs [1, S, heads x size]. */
  layer(index: number, packed: string): string;
}

/** Declares the inputs that all layers share, and the rotary tables. `frequencies`: radians per position of each pair. */
export function attention(draft: DecoderDraft, frequencies: Float64Array): Attention {
  const { config, keyValueType, maxPositions } = draft;
  const { graph } = draft.weights;
  const seqlens = graph.input('seqlens_k', 'int32', [1]);
  const total = graph.input('total', 'int32', []);
  const cosine = rotaryTable(draft, 'rotary.cosine', frequencies, Math.cos);
  const sine = rotaryTable(draft, 'rotary.sine', frequencies, Math.sin);
  const cacheShape = [1, config.keyValueHeads, maxPositions, config.headSize];
  const half = keyValueType === 'float16';

  return {
    layer(index, packed) {
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
          scale: { float: 1 / Math.sqrt(config.headSize) },
          do_rotary: { int: 1 },
          rotary_interleaved: { int: 0 },
        },
      );
      return half ? graph.op('Cast', [output], { to: { int: 1 } }) : output;
    },
  };
}

/** [maxPositions, pairs] of cos or sin(position x frequency), in the cache's type. */
function rotaryTable(
  { weights, maxPositions, keyValueType }: DecoderDraft,
  name: string,
  frequencies: Float64Array,
  wave: (angle: number) => number,
): string {
  const pairs = frequencies.length;
  const region = weights.graph.external(name, keyValueType, [maxPositions, pairs]);
  weights.add(function* (file) {
    const table = new Float32Array(maxPositions * pairs);
    for (let i = 0; i < table.length; i++) table[i] = wave(Math.floor(i / pairs) * frequencies[i % pairs]);
    const stored = keyValueType === 'float16' ? Uint16Array.from(table, float16Bits) : table;
    bytesIn(file, region).set(new Uint8Array(stored.buffer));
    yield;
  });
  return region.name;
}
