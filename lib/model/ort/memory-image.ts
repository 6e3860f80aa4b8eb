// The memory of a runtime that has started, as a file. A start asks the world nothing (its imports are calls within itself), so it
// ends the same every time; to read how it ended takes a hundredth of the time. The build writes it (scripts/ort-image.ts).

const BLOCK_BYTES = 4096;

/** As 32-bit numbers how many blocks are not zero and which they are, then the blocks. */
export function memoryImage(heap: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Array.from({ length: heap.length / BLOCK_BYTES }, (_, block) => block).filter((block) =>
    blockOf(heap, block).some((byte) => byte !== 0),
  );
  const head = Uint32Array.of(blocks.length, ...blocks);
  const image = new Uint8Array(head.byteLength + blocks.length * BLOCK_BYTES);
  image.set(new Uint8Array(head.buffer));
  blocks.forEach((block, i) => image.set(blockOf(heap, block), head.byteLength + i * BLOCK_BYTES));
  return image;
}

/** Makes a memory that is as long, or longer, the one that `image` is of. */
export function restoreMemory(heap: Uint8Array, image: ArrayBuffer): void {
  const [count] = new Uint32Array(image, 0, 1);
  const blocks = new Uint32Array(image, 4, count);
  heap.fill(0);
  blocks.forEach((block, i) => {
    heap.set(new Uint8Array(image, 4 + 4 * count + i * BLOCK_BYTES, BLOCK_BYTES), block * BLOCK_BYTES);
  });
}

function blockOf(heap: Uint8Array, block: number): Uint8Array {
  return heap.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES);
}
