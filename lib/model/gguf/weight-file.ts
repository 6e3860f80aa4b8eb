// The external weights of a graph: places are reserved while the graph is built, bytes are written afterwards, one job at a time.
import type { GraphBuilder, Region } from '../onnx/graph-builder.ts';
import type { Matrix } from './matrix.ts';

/** Writes a part of the file; yields between pieces of work of some ten milliseconds at most. */
type Job = (file: Uint8Array<ArrayBuffer>) => AsyncIterable<void> | Iterable<void>;

export class WeightFile {
  #jobs: Job[] = [];

  constructor(readonly graph: GraphBuilder) {}

  add(job: Job): void {
    this.#jobs.push(job);
  }

  /** A float32 initializer whose values are at hand. */
  addFloats(name: string, dimensions: number[], values: Float32Array): string {
    const region = this.graph.external(name, 'float32', dimensions);
    this.add(function* (file) {
      floatsIn(file, region).set(values);
      yield;
    });
    return region.name;
  }

  /** A float32 initializer with the matrix's rows as they are. */
  addMatrix(matrix: Matrix, dimensions: number[]): string {
    const region = this.graph.external(matrix.name, 'float32', dimensions);
    this.add(async function* (file) {
      let offset = 0;
      for await (const slice of matrix.slices()) {
        floatsIn(file, region).set(slice, offset);
        offset += slice.length;
        yield;
      }
    });
    return region.name;
  }

  /** The whole file. `pause` is awaited between pieces of work and may throw to stop it. */
  async write(pause: (fraction: number) => Promise<void>): Promise<Uint8Array<ArrayBuffer>> {
    const file = new Uint8Array(this.graph.externalBytes);
    for (const [index, job] of this.#jobs.entries()) {
      for await (const _ of job(file)) await pause(index / this.#jobs.length);
    }
    return file;
  }
}

export function bytesIn(file: Uint8Array<ArrayBuffer>, region: Region): Uint8Array<ArrayBuffer> {
  return file.subarray(region.offsetBytes, region.offsetBytes + region.lengthBytes);
}

export function floatsIn(file: Uint8Array<ArrayBuffer>, region: Region): Float32Array<ArrayBuffer> {
  return new Float32Array(file.buffer, file.byteOffset + region.offsetBytes, region.lengthBytes / 4);
}
