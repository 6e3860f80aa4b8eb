// A decoder on the CPU. Each KV tensor is both an input and an output: GroupQueryAttention sees one pointer and appends in place.
import type { BuiltDecoder } from '../decoder.ts';
import { cacheNames, type DecoderSession } from './decoder-session.ts';
import { allocate, createTensor, float32View, tensorData } from './heap.ts';
import type { OrtModule } from './module.ts';
import { OrtSession } from './session.ts';
import { StepInputs } from './step-inputs.ts';

/** `positions` is the size of the KV cache, at most `decoder.maxPositions`. Throws `load-failed` or `out-of-memory`. */
export async function createCpuDecoderSession(
  module: OrtModule,
  decoder: BuiltDecoder,
  positions: number,
  maxTokens: number,
): Promise<DecoderSession> {
  const { config, graph } = decoder;
  const session = await OrtSession.create(module, { graph, weights: { path: 'weights.bin', data: decoder.weights } });
  const inputs = new StepInputs(session, config.hiddenSize, maxTokens, positions);
  const shape = [1, config.keyValueHeads, positions, config.headSize];
  const buffers: number[] = [];
  const tensors: number[] = [];
  for (const [past, present] of cacheNames(config.layers)) {
    const buffer = allocate(module, 4 * config.keyValueHeads * positions * config.headSize);
    const tensor = createTensor(module, 'float32', buffer, shape);
    session.setInput(past, tensor);
    session.setOutput(present, tensor);
    buffers.push(buffer);
    tensors.push(tensor);
  }
  let logits = 0;
  const releaseLogits = () => {
    if (logits !== 0) module._OrtReleaseTensor(logits);
    logits = 0;
  };
  return {
    config,
    maxPositions: positions,
    maxTokens,
    embeddings: (tokens) => inputs.embeddings(tokens),
    async run(tokens, past, rows) {
      releaseLogits();
      inputs.set(tokens, past, rows);
      session.setOutput('logits', 0);
      try {
        await session.run();
      } finally {
        inputs.release();
      }
      logits = session.output('logits');
      const { pointer, length } = tensorData(module, logits);
      return float32View(module, pointer, length);
    },
    memoryBytes: () => module.HEAPU8.byteLength,
    dispose() {
      releaseLogits();
      inputs.dispose();
      for (const tensor of tensors) module._OrtReleaseTensor(tensor);
      session.dispose();
      for (const buffer of buffers) module._free(buffer);
    },
  };
}
