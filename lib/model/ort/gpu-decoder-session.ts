// A decoder on WebGPU. The KV cache stays in GPU buffers, bound once as past and as present; only the logits come back.
import { AppError } from '../../errors.ts';
import type { BuiltDecoder } from '../decoder.ts';
import { cacheNames, type DecoderSession } from './decoder-session.ts';
import { check, ortError } from './error.ts';
import { allocate, createTensor, ELEMENT_BYTES, float32View, tensorData } from './heap.ts';
import type { OrtModule } from './module.ts';
import { OrtSession } from './session.ts';
import { StepInputs } from './step-inputs.ts';

const STEP_INPUTS = ['x', 'seqlens_k', 'total', 'rows'];
const CPU = 1;

/** `positions` is the size of the KV cache. Takes over `device`. Throws `load-failed`, `out-of-memory` or `device-lost`. */
export async function createGpuDecoderSession(
  module: OrtModule,
  decoder: BuiltDecoder,
  positions: number,
  maxTokens: number,
  device: GPUDevice,
): Promise<DecoderSession> {
  const { config, graph, keyValueType } = decoder;
  let lost: GPUDeviceLostInfo | undefined;
  void device.lost.then((info) => (lost = info));
  const throwIfLost = () => {
    if (lost) throw new AppError('device-lost', lost.message);
  };

  module.webgpuInit?.(() => undefined);
  const weights = { path: 'weights.bin', data: decoder.weights };
  const session = await OrtSession.create(module, { graph, weights, gpu: device });
  const binding = module._OrtCreateBinding(session.handle);
  if (binding === 0) throw ortError(module, 'load-failed', 'binding');
  const inputs = new StepInputs(session, config.hiddenSize, maxTokens, positions);

  const shape = [1, config.keyValueHeads, positions, config.headSize];
  const bytes = shape.reduce((product, size) => product * size, ELEMENT_BYTES[keyValueType]);
  const buffers: GPUBuffer[] = [];
  const tensors: number[] = [];
  for (const [past, present] of cacheNames(config.layers)) {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ size: Math.ceil(bytes / 16) * 16, usage });
    const registered = module.webgpuRegisterBuffer?.(buffer, session.handle) ?? 0;
    const tensor = createTensor(module, keyValueType, registered, shape, 'gpu-buffer');
    check(module, await module._OrtBindInput(binding, session.namePointer(past), tensor), 'load-failed', past);
    check(module, module._OrtBindOutput(binding, session.namePointer(present), tensor, 0), 'load-failed', present);
    buffers.push(buffer);
    tensors.push(tensor);
  }

  const outputs = allocate(module, 4 * session.outputNames.length);
  const logitsIndex = session.outputNames.indexOf('logits');
  let logits = 0;
  const releaseLogits = () => {
    if (logits !== 0) module._OrtReleaseTensor(logits);
    logits = 0;
  };
  const step = async () => {
    for (const name of STEP_INPUTS) {
      const status = await module._OrtBindInput(binding, session.namePointer(name), session.input(name));
      check(module, status, 'internal', name);
    }
    check(module, module._OrtBindOutput(binding, session.namePointer('logits'), 0, CPU), 'internal', 'logits');
    const count = session.outputNames.length;
    check(module, await module._OrtRunWithBinding(session.handle, binding, count, outputs, 0), 'internal', 'run');
    // Each run hands over new handles for all outputs; those of the KV cache are only further names of the bound tensors.
    for (let i = 0; i < count; i++) {
      const tensor = module.getValue(outputs + 4 * i, '*');
      if (i === logitsIndex) logits = tensor;
      else if (!tensors.includes(tensor)) module._OrtReleaseTensor(tensor);
    }
  };
  return {
    config,
    maxPositions: positions,
    maxTokens,
    embeddings: (tokens) => inputs.embeddings(tokens),
    async run(tokens, past, rows) {
      throwIfLost();
      releaseLogits();
      inputs.set(tokens, past, rows);
      try {
        await step();
      } catch (error) {
        throwIfLost();
        throw error;
      } finally {
        inputs.release();
      }
      throwIfLost();
      const { pointer, length } = tensorData(module, logits);
      return float32View(module, pointer, length);
    },
    memoryBytes: () => module.HEAPU8.byteLength,
    dispose() {
      releaseLogits();
      inputs.dispose();
      module._OrtReleaseBinding(binding);
      for (const tensor of tensors) module._OrtReleaseTensor(tensor);
      for (const buffer of buffers) module.webgpuUnregisterBuffer?.(buffer);
      session.dispose();
      module._free(outputs);
      for (const buffer of buffers) buffer.destroy();
      device.destroy();
    },
  };
}
