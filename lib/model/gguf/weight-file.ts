// The external weights of a graph: places are reserved while the graph is built, bytes are written afterwards, one job at a time and
// in the file's order, so that no more than one matrix of it is ever in memory.
import type { GraphBuilder, Region } from '../onnx/graph-builder.ts';
import type { Matrix } from './matrix.ts';

/** Fills its regions, which are zero at first; yields between pieces of work of some ten milliseconds at most. */
type Fill = (regions: Uint8Array<ArrayBuffer>[]) => AsyncIterable<void> | Iterable<void>;

interface Job {
  regions: Region[];
  fill: Fill;
}

export class WeightFile {
  #jobs: Job[] = [];

  constructor(readonly graph: GraphBuilder) {}

  /** The regions are the latest of the graph, in their order: jobs are added as places are reserved. */
  add(regions: Region[], fill: Fill): void {
    this.#jobs.push({ regions, fill });
  }

  /** A float32 initializer whose values are at hand. */
  addFloats(name: string, dimensions: number[], values: Float32Array): string {
    const region = this.graph.external(name, 'float32', dimensions);
    this.add([region], function* ([bytes]) {
      asFloats(bytes).set(values);
      yield;
    });
    return region.name;
  }

  /** A float32 initializer with the matrix's rows as they are. */
  addMatrix(matrix: Matrix, dimensions: number[]): string {
    const region = this.graph.external(matrix.name, 'float32', dimensions);
    this.add([region], async function* ([bytes]) {
      let offset = 0;
      for await (const slice of matrix.slices()) {
        asFloats(bytes).set(slice, offset);
        offset += slice.length;
        yield;
      }
    });
    return region.name;
  }

  /** The file from its beginning to its end, piece by piece. `pause` is awaited between pieces of work and may throw to stop it. */
  async *pieces(pause: (fraction: number) => Promise<void>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    let position = 0;
    for (const [index, { regions, fill }] of this.#jobs.entries()) {
      if (regions[0].offsetBytes !== position) throw new Error(`a hole before ${regions[0].name}`);
      const end = this.#jobs[index + 1]?.regions[0].offsetBytes ?? this.graph.externalBytes;
      const piece = new Uint8Array(end - position);
      const parts = regions.map(({ offsetBytes, lengthBytes }) =>
        piece.subarray(offsetBytes - position, offsetBytes - position + lengthBytes),
      );
      for await (const _ of fill(parts)) await pause(position / this.graph.externalBytes);
      yield piece;
      position = end;
    }
  }
}

/** All pieces as one. */
export async function joined(pieces: AsyncIterable<Uint8Array>, lengthBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(lengthBytes);
  let at = 0;
  for await (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export function asFloats(bytes: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}
