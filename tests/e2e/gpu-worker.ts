/// <reference types="@webgpu/types" />
// Loads a model on the GPU in a worker of a page, as the engine's worker does, and says what came of it. Bundled and served by gpu.test.ts.
import type { CatalogEntry } from '../../lib/model/catalog.ts';
import { loadLanguageModel } from '../../lib/model/load.ts';

export interface GpuTrial {
  entry: CatalogEntry;
  /** Changes one byte in so many of the weights on their way to the GPU, so that it computes wrongly. 0: none. */
  perturbEvery: number;
  acceptSoftware: boolean;
  /** Stops it after its first words, instead of letting it end. */
  stop: boolean;
}

addEventListener('message', ({ data }: MessageEvent<GpuTrial>) => {
  void trial(data).then((outcome) => postMessage(outcome));
});

/** What the model writes, how soon it stopped, or why it was refused. */
async function trial({ entry, perturbEvery, acceptSoftware, stop }: GpuTrial): Promise<string> {
  if (perturbEvery > 0) perturbUploads(perturbEvery);
  const controller = new AbortController();
  const { signal } = controller;
  let stoppedMs = 0;
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
    let text = '';
    for await (const event of model.generate([{ role: 'user', content: 'the' }], { maxNewTokens: 8 }, signal)) {
      if (event.kind !== 'delta') continue;
      text += event.text;
      if (!stop) continue;
      stoppedMs = performance.now();
      controller.abort();
    }
    await model.dispose();
    return `wrote: ${text}`;
  } catch (error) {
    return stoppedMs > 0 ? `stopped in ${performance.now() - stoppedMs} ms: ${String(error)}` : String(error);
  }
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
