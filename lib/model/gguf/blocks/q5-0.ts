// Q5_0: 32 values as a half-precision scale d, the fifth bits of all q, and their lower four as in Q4_0; value = d (q - 16).
import { float16Table } from '../../float16.ts';
import type { BlockFormat } from './block-format.ts';

export const q5_0: BlockFormat = {
  name: 'Q5_0',
  type: 6,
  blockValues: 32,
  blockBytes: 22,
  dequantize(bytes, offsetBytes, out) {
    const halves = float16Table();
    for (let i = 0, at = offsetBytes; i < out.length; i += 32, at += 22) {
      const scale = halves[bytes[at] | (bytes[at + 1] << 8)];
      const low = bytes[at + 2] | (bytes[at + 3] << 8);
      const high = bytes[at + 4] | (bytes[at + 5] << 8);
      for (let j = 0; j < 16; j++) {
        const pair = bytes[at + 6 + j];
        out[i + j] = scale * (((pair & 15) | (((low >> j) & 1) << 4)) - 16);
        out[i + j + 16] = scale * (((pair >> 4) | (((high >> j) & 1) << 4)) - 16);
      }
    }
  },
};
