// Where a token stands in its sentence, as Marian adds it to embeddings: sines, then cosines, of falling frequencies.
// https://github.com/browsermt/marian-dev/blob/master/src/graph/node_initializers.cpp (sinusoidalPositionEmbeddings)

/** [positions, size]. */
export function positionTable(positions: number, size: number): Float32Array<ArrayBuffer> {
  const table = new Float32Array(positions * size);
  const half = size / 2;
  for (let i = 0; i < half; i++) {
    const frequency = Math.exp((-i * Math.log(10000)) / (half - 1));
    for (let position = 0; position < positions; position++) {
      table[position * size + i] = Math.sin(position * frequency);
      table[position * size + half + i] = Math.cos(position * frequency);
    }
  }
  return table;
}
