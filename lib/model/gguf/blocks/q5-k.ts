// Q5_K: as Q4_K with a fifth bit: byte j of 32 holds, from its lowest bit up, that of q[j] of each of the eight runs.
import { float16Table } from '../../float16.ts';
import type { BlockFormat } from './block-format.ts';
import { unpackScales } from './k-scales.ts';

const scales = new Uint8Array(8);
const minimums = new Uint8Array(8);

export const q5_k: BlockFormat = {
  name: 'Q5_K',
  type: 13,
  blockValues: 256,
  blockBytes: 176,
  dequantize(bytes, offsetBytes, out) {
    const halves = float16Table();
    for (let i = 0, at = offsetBytes; i < out.length; i += 256, at += 176) {
      const scale = halves[bytes[at] | (bytes[at + 1] << 8)];
      const minimum = halves[bytes[at + 2] | (bytes[at + 3] << 8)];
      unpackScales(bytes, at + 4, scales, minimums);
      for (let run = 0; run < 8; run += 2) {
        const [lowScale, lowMinimum] = [scale * scales[run], minimum * minimums[run]];
        const [highScale, highMinimum] = [scale * scales[run + 1], minimum * minimums[run + 1]];
        const to = i + 32 * run;
        const from = at + 48 + 16 * run;
        for (let j = 0; j < 32; j++) {
          const pair = bytes[from + j];
          const fifth = bytes[at + 16 + j] >> run;
          out[to + j] = lowScale * ((pair & 15) | ((fifth & 1) << 4)) - lowMinimum;
          out[to + j + 32] = highScale * ((pair >> 4) | ((fifth & 2) << 3)) - highMinimum;
        }
      }
    }
  },
};
