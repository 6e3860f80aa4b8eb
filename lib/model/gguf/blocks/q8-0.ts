// Q8_0: 32 values as a half-precision scale d and 32 signed bytes q; value = d q.
import { float16Table } from '../../float16.ts';
import type { BlockFormat } from './block-format.ts';

export const q8_0: BlockFormat = {
  name: 'Q8_0',
  type: 8,
  blockValues: 32,
  blockBytes: 34,
  dequantize(bytes, offsetBytes, out) {
    const halves = float16Table();
    for (let i = 0, at = offsetBytes; i < out.length; i += 32, at += 34) {
      const scale = halves[bytes[at] | (bytes[at + 1] << 8)];
      for (let j = 0; j < 32; j++) out[i + j] = scale * ((bytes[at + 2 + j] << 24) >> 24);
    }
  },
};
