// F32: plain float32.
import type { BlockFormat } from './block-format.ts';

export const f32: BlockFormat = {
  name: 'F32',
  type: 0,
  blockValues: 1,
  blockBytes: 4,
  dequantize(bytes, offsetBytes, out) {
    // Bytes are copied because a Float32Array cannot begin at an odd offset.
    new Uint8Array(out.buffer, out.byteOffset, out.byteLength).set(
      bytes.subarray(offsetBytes, offsetBytes + out.byteLength),
    );
  },
};
