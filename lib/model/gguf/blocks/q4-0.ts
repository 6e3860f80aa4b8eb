// Q4_0: 32 values as a half-precision scale d and 16 bytes of two 4-bit q each; value = d (q - 8).
// Byte j holds q[j] in its low and q[j + 16] in its high half.
import { float16Table } from '../../float16.ts';
import type { BlockFormat } from './block-format.ts';

export const q4_0: BlockFormat = {
  name: 'Q4_0',
  type: 2,
  blockValues: 32,
  blockBytes: 18,
  dequantize(bytes, offsetBytes, out) {
    const halves = float16Table();
    for (let i = 0, at = offsetBytes; i < out.length; i += 32, at += 18) {
      const scale = halves[bytes[at] | (bytes[at + 1] << 8)];
      for (let j = 0; j < 16; j++) {
        const pair = bytes[at + 2 + j];
        out[i + j] = scale * ((pair & 15) - 8);
        out[i + j + 16] = scale * ((pair >> 4) - 8);
      }
    }
  },
};
