// Nothing is left behind by what a model has said: not a tensor, not a byte of the heap, however often it is asked.
import { expect, it } from 'vitest';
import type { OrtModule } from '../../../lib/model/ort/module.ts';
import { startRuntime } from './ort-runtime.ts';
import { tinyModel } from './tiny-model.ts';

const GENERATIONS = 100;
/** Until then buffers grow to the size that they keep. */
const WARM = 10;

/** Counts what is allocated and what tensors there are, from now on. */
function counting(module: OrtModule) {
  const pointers = new Set<number>();
  const tensors = new Set<number>();
  const before: OrtModule = { ...module, HEAPU8: module.HEAPU8 };
  const counted: Partial<OrtModule> = {
    _malloc: (bytes) => note(pointers, before._malloc(bytes)),
    _free: (pointer) => {
      pointers.delete(pointer);
      before._free(pointer);
    },
    _OrtCreateTensor: (...args) => note(tensors, before._OrtCreateTensor(...args)),
    // What a run puts out is looked at before it is let go: that is how it becomes known here.
    _OrtGetTensorData: (...args) =>
      before._OrtGetTensorData(note(tensors, args[0]), ...(args.slice(1) as [number, number, number, number])),
    _OrtReleaseTensor: (tensor) => {
      tensors.delete(tensor);
      return before._OrtReleaseTensor(tensor);
    },
  };
  Object.assign(module, counted);
  return () => ({ pointers: pointers.size, tensors: tensors.size, heapBytes: module.HEAPU8.byteLength });
}

function note(known: Set<number>, made: number): number {
  known.add(made);
  return made;
}

it(`${GENERATIONS} generations take no more than ${WARM}, and nothing stays when the model is let go`, async () => {
  const runtime = await startRuntime();
  const held = counting(runtime.module);
  const { model } = await tinyModel(runtime.module);
  const signal = new AbortController().signal;
  const after: ReturnType<typeof held>[] = [];
  for (let i = 0; i < GENERATIONS; i++) {
    // Of different lengths and beginnings, so that some is kept of the cache and some is not; each third is left in its middle.
    const content = `the ${'cat and the hat '.repeat(1 + (i % 7))}${i}`;
    for await (const event of model.generate([{ role: 'user', content }], { maxNewTokens: 8 }, signal)) {
      if (i % 3 === 2 && event.kind === 'delta') break;
    }
    after.push(held());
  }
  expect(new Set(after.slice(WARM).map((each) => JSON.stringify(each))).size).toBe(1);
  expect(after[WARM].tensors).toBeGreaterThan(0);

  await model.dispose();
  expect(held()).toMatchObject({ pointers: 0, tensors: 0 });
  await runtime.stop();
});
