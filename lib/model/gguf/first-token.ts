// Puts exact, precomputed keys and values in place of the rounded ones where the model's usual first token stands at position 0.
import type { GraphBuilder } from '../onnx/graph-builder.ts';

export interface FirstToken {
  id: number;
  /** As `embed` gives it to the graph. */
  embedding: Float32Array;
}

/** A bool [1, S, 1]: true for the row of `x` at position 0, if it is this embedding. */
export function firstTokenMask(graph: GraphBuilder, x: string, total: string, embedding: string): string {
  const tokens = graph.op('Gather', [graph.op('Shape', [x]), graph.scalar('int64', 1)]);
  const end = graph.op('Cast', [total], { to: { int: 7 } });
  const positions = graph.op('Range', [graph.op('Sub', [end, tokens]), end, graph.scalar('int64', 1)]);
  const atStart = graph.op('Equal', [positions, graph.scalar('int64', 0)]);
  const rows = graph.op('Unsqueeze', [atStart, graph.constant('int64', [2], [0, 2])]);

  const difference = graph.op('Abs', [graph.op('Sub', [x, embedding])]);
  const largest = graph.op('ReduceMax', [difference, graph.constant('int64', [1], [-1])], { keepdims: { int: 1 } });
  return graph.op('And', [rows, graph.op('Equal', [largest, graph.scalar('float32', 0)])]);
}
