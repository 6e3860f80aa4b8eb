// Q4_K: 256 values in eight runs of 32, each with a 6-bit scale s and minimum m; value = d s q - dmin m, with d and dmin in half
// precision for all. 32 bytes hold the q of two runs: the low halves one, the high halves the next.
import { float16Table } from '../../float16.ts';
import type { BlockFormat } from './block-format.ts';
import { unpackScales } from './k-scales.ts';

const scales = new Uint8Array(8);
const minimums = new Uint8Array(8);

export const q4_k: BlockFormat = {
  name: 'Q4_K',
  type: 12,
  blockValues: 256,
  blockBytes: 144,
  dequantize(bytes, offsetBytes, out) {
    const halves = float16Table();
    for (let i = 0, at = offsetBytes; i < out.length; i += 256, at += 144) {
      const scale = halves[bytes[at] | (bytes[at + 1] << 8)];
      const minimum = halves[bytes[at + 2] | (bytes[at + 3] << 8)];
      unpackScales(bytes, at + 4, scales, minimums);
      for (let run = 0; run < 8; run += 2) {
        const [lowScale, lowMinimum] = [scale * scales[run], minimum * minimums[run]];
        const [highScale, highMinimum] = [scale * scales[run + 1], minimum * minimums[run + 1]];
        const to = i + 32 * run;
        const from = at + 16 + 16 * run;
        for (let j = 0; j < 32; j++) {
          const pair = bytes[from + j];
          out[to + j] = lowScale * (pair & 15) - lowMinimum;
          out[to + j + 32] = highScale * (pair >> 4) - highMinimum;
        }
      }
    }
  },
};
