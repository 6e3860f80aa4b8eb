// BF16: the upper half of a float32.
import type { BlockFormat } from './block-format.ts';

export const bf16: BlockFormat = {
  name: 'BF16',
  type: 30,
  blockValues: 1,
  blockBytes: 2,
  dequantize(bytes, offsetBytes, out) {
    const bits = new Uint32Array(out.buffer, out.byteOffset, out.length);
    for (let i = 0, at = offsetBytes; i < out.length; i++, at += 2) bits[i] = (bytes[at] << 16) | (bytes[at + 1] << 24);
  },
};
