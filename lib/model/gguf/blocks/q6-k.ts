// Q6_K: 256 values in runs of 16, each with a signed 8-bit scale s; value = d s (q - 32), with d in half precision for all.
// Each half of the block: 64 bytes with the lower four bits of q, then (after both halves) 32 bytes with the upper two.
import { float16Table } from '../../float16.ts';
import type { BlockFormat } from './block-format.ts';

export const q6_k: BlockFormat = {
  name: 'Q6_K',
  type: 14,
  blockValues: 256,
  blockBytes: 210,
  dequantize(bytes, offsetBytes, out) {
    const halves = float16Table();
    for (let i = 0, at = offsetBytes; i < out.length; i += 256, at += 210) {
      const scale = halves[bytes[at + 208] | (bytes[at + 209] << 8)];
      for (let half = 0; half < 2; half++) {
        const to = i + 128 * half;
        const low = at + 64 * half;
        const high = at + 128 + 32 * half;
        const scales = at + 192 + 8 * half;
        for (let j = 0; j < 32; j++) {
          const first = bytes[low + j];
          const second = bytes[low + j + 32];
          const upper = bytes[high + j];
          const run = scales + (j >> 4);
          out[to + j] = scale * signed(bytes[run]) * (((first & 15) | ((upper & 3) << 4)) - 32);
          out[to + j + 32] = scale * signed(bytes[run + 2]) * (((second & 15) | ((upper & 12) << 2)) - 32);
          out[to + j + 64] = scale * signed(bytes[run + 4]) * (((first >> 4) | (upper & 48)) - 32);
          out[to + j + 96] = scale * signed(bytes[run + 6]) * (((second >> 4) | ((upper & 192) >> 2)) - 32);
        }
      }
    }
  },
};

const signed = (byte: number) => (byte << 24) >> 24;
