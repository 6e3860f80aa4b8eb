// Makes the translator on a runtime of its own, with one thread. Its models come when the first text of their languages does, while
// the runtime starts.
import { createMarianTranslator } from './marian-translator.ts';
import { GraphBuilder } from './onnx/graph-builder.ts';
import { loadOrtModule, type OrtModule, type PreparedRuntime } from './ort/module.ts';
import { OrtSession } from './ort/session.ts';
import type { PackSource } from './packs/pack.ts';
import type { Translator } from './translator.ts';

/**
 * `assetsUrl`: base URL of the package's files, with a slash at its end; `prepared`: a started runtime, where somebody has it. A
 * runtime that does not start fails what is translated.
 */
export function loadTranslator(source: PackSource, assetsUrl: string, prepared?: Promise<PreparedRuntime>): Translator {
  const module = prepared ? loadOrtModule('cpu', 1, assetsUrl, prepared) : startRuntime(assetsUrl);
  module.catch(() => undefined); // Said by the translation that waits for it.
  return createMarianTranslator({ module, source });
}

/** With a first graph, of one operator, for which the runtime makes its list of operators: that takes as long as a model's graph. */
export async function startRuntime(assetsUrl: string): Promise<OrtModule> {
  const module = await loadOrtModule('cpu', 1, assetsUrl);
  const graph = new GraphBuilder('');
  graph.input('x', 'float32', ['rows', 1]);
  graph.node('Relu', ['x'], ['y']);
  graph.output('y', 'float32', ['rows', 1]);
  const session = await OrtSession.create(module, { graph: graph.finish(), asWritten: true });
  session.dispose();
  return module;
}
