// The packed scales of Q4_K and Q5_K: eight 6-bit scales and eight 6-bit minimums in twelve bytes.
// Layout: https://github.com/ggml-org/ggml/blob/master/src/ggml-quants.c (get_scale_min_k4)

/** Unpacks the twelve bytes at `at` into the first eight numbers of each. */
export function unpackScales(bytes: Uint8Array, at: number, scales: Uint8Array, minimums: Uint8Array): void {
  for (let i = 0; i < 4; i++) {
    scales[i] = bytes[at + i] & 63;
    minimums[i] = bytes[at + 4 + i] & 63;
    scales[4 + i] = (bytes[at + 8 + i] & 15) | ((bytes[at + i] >> 6) << 4);
    minimums[4 + i] = (bytes[at + 8 + i] >> 4) | ((bytes[at + 4 + i] >> 6) << 4);
  }
}
