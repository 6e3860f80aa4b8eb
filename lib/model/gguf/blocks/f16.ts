// F16: half precision.
import { float16Table } from '../../float16.ts';
import type { BlockFormat } from './block-format.ts';

export const f16: BlockFormat = {
  name: 'F16',
  type: 1,
  blockValues: 1,
  blockBytes: 2,
  dequantize(bytes, offsetBytes, out) {
    const halves = float16Table();
    for (let i = 0, at = offsetBytes; i < out.length; i++, at += 2) out[i] = halves[bytes[at] | (bytes[at + 1] << 8)];
  },
};
