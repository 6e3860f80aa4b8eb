// Makes the translator on a runtime of its own, with one thread. Its models come when the first text of their languages does, while
// the runtime starts.
import { createMarianTranslator } from './marian-translator.ts';
import { GraphBuilder } from './onnx/graph-builder.ts';
import { loadOrtModule, type OrtModule } from './ort/module.ts';
import { OrtSession } from './ort/session.ts';
import type { PackSource } from './packs/pack.ts';
import type { Translator } from './translator.ts';

/** `assetsUrl`: base URL of the package's files, with a slash at its end. A runtime that does not start fails what is translated. */
export function loadTranslator(source: PackSource, assetsUrl: string): Translator {
  const module = startRuntime(assetsUrl);
  module.catch(() => undefined); // Said by the translation that waits for it.
  return createMarianTranslator({ module, source });
}

/**
 * With a first graph, of one operator: a runtime makes its list of operators for it, and the browser compiles what makes sessions. That
 * takes as long as making a model's session does, and is done while the model's files still come.
 */
async function startRuntime(assetsUrl: string): Promise<OrtModule> {
  const module = await loadOrtModule('cpu', 1, assetsUrl);
  const graph = new GraphBuilder('');
  graph.input('x', 'float32', ['rows', 1]);
  graph.node('Relu', ['x'], ['y']);
  graph.output('y', 'float32', ['rows', 1]);
  const session = await OrtSession.create(module, { graph: graph.finish(), asWritten: true });
  session.dispose();
  return module;
}
