/// <reference types="@webgpu/types" />
// Loads a model on the GPU in a worker of a page, as the engine's worker does, and says what came of it. Bundled and served by gpu.test.ts.
import type { CatalogEntry } from '../../lib/model/catalog.ts';
import { loadLanguageModel } from '../../lib/model/load.ts';

export interface GpuTrial {
  entry: CatalogEntry;
  /** Changes one byte in so many of the weights on their way to the GPU, so that it computes wrongly. 0: none. */
  perturbEvery: number;
  acceptSoftware: boolean;
  /** After the first words of its answer it is stopped, or its device taken away; absent: it is let go on. */
  then?: 'stop' | 'lose the device';
  /** So often it writes; once where nothing is said. */
  generations?: number;
}

/** Of different lengths, one after the other. */
const PROMPTS = ['the', 'the cat and the hat in the sea', 'a'];
/** Until then buffers grow to the size that they keep. */
const WARM = 5;

addEventListener('message', ({ data }: MessageEvent<GpuTrial>) => {
  void trial(data).then((outcome) => postMessage(outcome));
});

/** What the model writes and how much more GPU memory it holds then, how soon it ended, or why it was refused. */
async function trial({ entry, perturbEvery, acceptSoftware, then, generations = 1 }: GpuTrial): Promise<string> {
  if (perturbEvery > 0) perturbUploads(perturbEvery);
  const gpu = watchGpu();
  const controller = new AbortController();
  const { signal } = controller;
  let endedMs = 0;
  let written: (content: string) => Promise<string> = () => Promise.resolve('');
  try {
    const { model } = await loadLanguageModel({
      entry,
      device: 'gpu',
      threads: 1,
      assetsUrl: new URL('/', location.href).href,
      acceptSoftware,
      files: null,
      signal,
    });
    written = async (content) => {
      let text = '';
      for await (const event of model.generate([{ role: 'user', content }], { maxNewTokens: 8 }, signal)) {
        if (event.kind !== 'delta') continue;
        text += event.text;
        if (!then || endedMs > 0) continue;
        endedMs = performance.now();
        if (then === 'stop') controller.abort();
        else gpu.device?.destroy();
      }
      return text;
    };
    let text = '';
    let warmBytes = 0;
    for (let i = 0; i < generations; i++) {
      text = await written(PROMPTS[i % PROMPTS.length]);
      if (i < WARM) warmBytes = gpu.heldBytes();
    }
    const grown = gpu.heldBytes() - warmBytes;
    await model.dispose();
    return `wrote: ${text}; held ${warmBytes}, ${grown} more in the end, ${gpu.heldBytes()} afterwards`;
  } catch (error) {
    const again = await written('the').catch((second: unknown) => String(second));
    return endedMs > 0 ? `ended in ${performance.now() - endedMs} ms: ${String(error)}; then ${again}` : String(error);
  }
}

/** The device that is opened from now on, and the bytes of its buffers that have not been let go. */
function watchGpu() {
  const watched = { device: undefined as GPUDevice | undefined, heldBytes: () => held };
  let held = 0;
  const sizes = new Map<GPUBuffer, number>();
  const requestDevice = Reflect.get(GPUAdapter.prototype, 'requestDevice');
  const createBuffer = Reflect.get(GPUDevice.prototype, 'createBuffer');
  const destroy = Reflect.get(GPUBuffer.prototype, 'destroy');
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    return (watched.device = await requestDevice.call(this, descriptor));
  };
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    sizes.set(buffer, buffer.size);
    held += buffer.size;
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    held -= sizes.get(this) ?? 0;
    sizes.delete(this);
    destroy.call(this);
  };
  return watched;
}

/** Weights reach the GPU in buffers that are mapped when they are made: spoils them on their way. */
function perturbUploads(every: number): void {
  const { prototype } = GPUBuffer;
  const getMappedRange = Reflect.get(prototype, 'getMappedRange');
  const unmap = Reflect.get(prototype, 'unmap');
  const mapped = new WeakMap<GPUBuffer, ArrayBuffer>();
  prototype.getMappedRange = function (offset, size) {
    const range = getMappedRange.call(this, offset, size);
    if (!(this.usage & GPUBufferUsage.MAP_READ)) mapped.set(this, range);
    return range;
  };
  prototype.unmap = function () {
    const bytes = new Uint8Array(mapped.get(this) ?? new ArrayBuffer());
    for (let i = 0; i < bytes.length; i += every) bytes[i] ^= 0x55;
    unmap.call(this);
  };
}
