// Loads a model on the GPU in a worker of a page, as the engine's worker does, and says what came of it. Bundled and served by gpu.test.ts.
import type { CatalogEntry } from '../../lib/model/catalog.ts';
import { loadLanguageModel } from '../../lib/model/load.ts';

export interface GpuTrial {
  entry: CatalogEntry;
  /** Changes one part in so many of what is uploaded to the GPU as weights: a GPU that computes wrongly. 0: none. */
  perturbEvery: number;
  acceptSoftware: boolean;
}

addEventListener('message', ({ data }: MessageEvent<GpuTrial>) => {
  void trial(data).then((outcome) => postMessage(outcome));
});

/** What the model writes, or why it was refused. */
async function trial({ entry, perturbEvery, acceptSoftware }: GpuTrial): Promise<string> {
  if (perturbEvery > 0) perturbUploads(perturbEvery);
  const signal = new AbortController().signal;
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
      if (event.kind === 'delta') text += event.text;
    }
    await model.dispose();
    return `wrote: ${text}`;
  } catch (error) {
    return String(error);
  }
}

function perturbUploads(every: number): void {
  const { prototype } = GPUQueue;
  const original = Object.getOwnPropertyDescriptor(prototype, 'writeBuffer')?.value as GPUQueue['writeBuffer'];
  prototype.writeBuffer = function (buffer, bufferOffset, data, dataOffset = 0, size) {
    const view = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
    const copy = view.slice(dataOffset, size === undefined ? undefined : dataOffset + size);
    if (copy.length > 1024) for (let i = 0; i < copy.length; i += every) copy[i] ^= 0x55;
    original.call(this, buffer, bufferOffset, copy);
  };
}
