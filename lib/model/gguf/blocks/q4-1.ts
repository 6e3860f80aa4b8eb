// Q4_1: 32 values as half-precision scale d and minimum m and 16 bytes of two 4-bit q each; value = d q + m.
// Byte j holds q[j] in its low and q[j + 16] in its high half.
import { float16Table } from '../../float16.ts';
import type { BlockFormat } from './block-format.ts';

export const q4_1: BlockFormat = {
  name: 'Q4_1',
  type: 3,
  blockValues: 32,
  blockBytes: 20,
  dequantize(bytes, offsetBytes, out) {
    const halves = float16Table();
    for (let i = 0, at = offsetBytes; i < out.length; i += 32, at += 20) {
      const scale = halves[bytes[at] | (bytes[at + 1] << 8)];
      const minimum = halves[bytes[at + 2] | (bytes[at + 3] << 8)];
      for (let j = 0; j < 16; j++) {
        const pair = bytes[at + 4 + j];
        out[i + j] = scale * (pair & 15) + minimum;
        out[i + j + 16] = scale * (pair >> 4) + minimum;
      }
    }
  },
};
