// Q5_1: 32 values as half-precision scale d and minimum m, the fifth bits of all q, and their lower four as in Q4_1; value = d q + m.
import { float16Table } from '../../float16.ts';
import type { BlockFormat } from './block-format.ts';

export const q5_1: BlockFormat = {
  name: 'Q5_1',
  type: 7,
  blockValues: 32,
  blockBytes: 24,
  dequantize(bytes, offsetBytes, out) {
    const halves = float16Table();
    for (let i = 0, at = offsetBytes; i < out.length; i += 32, at += 24) {
      const scale = halves[bytes[at] | (bytes[at + 1] << 8)];
      const minimum = halves[bytes[at + 2] | (bytes[at + 3] << 8)];
      const low = bytes[at + 4] | (bytes[at + 5] << 8);
      const high = bytes[at + 6] | (bytes[at + 7] << 8);
      for (let j = 0; j < 16; j++) {
        const pair = bytes[at + 8 + j];
        out[i + j] = scale * ((pair & 15) | (((low >> j) & 1) << 4)) + minimum;
        out[i + j + 16] = scale * ((pair >> 4) | (((high >> j) & 1) << 4)) + minimum;
      }
    }
  },
};
