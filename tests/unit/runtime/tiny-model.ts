// A generated GGUF on the real runtime in Node: what the tests of the language model run on.
import { DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import type { Precision } from '../../../lib/model/decoder.ts';
import { buildDecoder } from '../../../lib/model/gguf/build-decoder.ts';
import { GgufFile } from '../../../lib/model/gguf/gguf-file.ts';
import { tokenizerFromGguf } from '../../../lib/model/gguf/tokenizer.ts';
import { createCpuDecoderSession } from '../../../lib/model/ort/cpu-decoder-session.ts';
import type { OrtModule } from '../../../lib/model/ort/module.ts';
import { CachedDecoder } from '../../../lib/model/runtime/cached-decoder.ts';
import { DecoderLanguageModel } from '../../../lib/model/runtime/decoder-language-model.ts';
import { tinyGguf } from '../../reference/tiny-gguf.ts';

export async function tinyParts(module: OrtModule, precision: Precision = 'fp32', positions = 256) {
  const gguf = await GgufFile.open(tinyGguf().buffer);
  const signal = new AbortController().signal;
  const built = await buildDecoder(gguf, precision, { maxPositions: positions, signal });
  const decoder = new CachedDecoder(await createCpuDecoderSession(module, built, positions, 128), (ids, out) =>
    built.embed(ids, out),
  );
  return { entry: DEFAULT_MODEL, decoder, tokenizer: tokenizerFromGguf(gguf.metadata), loadMs: 0 };
}

export async function tinyModel(module: OrtModule, precision: Precision = 'fp32', positions = 256) {
  const parts = await tinyParts(module, precision, positions);
  return { ...parts, model: new DecoderLanguageModel(parts) };
}
