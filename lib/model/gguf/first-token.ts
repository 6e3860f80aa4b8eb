// Puts exact, precomputed keys and values in place of the rounded ones where the model's usual first token stands at position 0.
import type { GraphBuilder } from '../onnx/graph-builder.ts';
import type { DecoderDraft } from './decoder-draft.ts';
import { firstTokenKeyValues } from './first-token-values.ts';
import { stackedMatrix, vectorMatrix } from './matrix.ts';
import { rotaryOrder } from './queries-keys-values.ts';

export interface FirstToken {
  id: number;
  /** As `embed` gives it to the graph. */
  embedding: Float32Array;
}

export interface ExactFirstToken {
  /** A bool [1, S, 1]: where the first token stands. */
  mask: string;
  /** A layer's exact keys and values, with queries of zero: alone, the token attends to itself whatever it asks. */
  packed(layer: number): string;
}

/** `x` is the graph's input; `pause` is awaited between layers. Undefined where the draft wants no exact token. */
export async function exactFirstToken(
  draft: DecoderDraft,
  x: string,
  pause: () => Promise<void>,
): Promise<ExactFirstToken | undefined> {
  const { gguf, plan, weights, basis, firstToken } = draft;
  if (!firstToken) return undefined;
  const { heads, headSize, hiddenSize } = plan.config;
  const embedding = weights.addFloats('first_token.embedding', [hiddenSize], firstToken.embedding);
  const keyValues = await firstTokenKeyValues(gguf, plan, firstToken.id, pause);
  return {
    mask: firstTokenMask(weights.graph, x, 'total', embedding),
    packed(layer: number): string {
      const { key, value } = keyValues[layer];
      const row = stackedMatrix(`first_token.${layer}.attn_qkv`, [
        vectorMatrix('query', new Float32Array(heads * headSize)),
        rotaryOrder(draft, vectorMatrix('key', key)),
        basis.writesHeads(vectorMatrix('value', value), headSize),
      ]);
      return weights.addMatrix(row, [1, 1, row.outputs]);
    },
  };
}

function firstTokenMask(graph: GraphBuilder, x: string, total: string, embedding: string): string {
  const tokens = graph.op('Gather', [graph.op('Shape', [x]), graph.scalar('int64', 1)]);
  const end = graph.op('Cast', [total], { to: { int: 7 } });
  const positions = graph.op('Range', [graph.op('Sub', [end, tokens]), end, graph.scalar('int64', 1)]);
  const atStart = graph.op('Equal', [positions, graph.scalar('int64', 0)]);
  const rows = graph.op('Unsqueeze', [atStart, graph.constant('int64', [2], [0, 2])]);

  const difference = graph.op('Abs', [graph.op('Sub', [x, embedding])]);
  const largest = graph.op('ReduceMax', [difference, graph.constant('int64', [1], [-1])], { keepdims: { int: 1 } });
  return graph.op('And', [rows, graph.op('Equal', [largest, graph.scalar('float32', 0)])]);
}
