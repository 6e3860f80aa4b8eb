// Runs a built decoder in Node through ONNX Runtime's stock JavaScript API: slow, but nobody's own runtime code is in the way.
import * as ort from 'onnxruntime-web/wasm';
import type { BuiltDecoder } from '../../lib/model/decoder.ts';

ort.env.wasm.numThreads = 1;

/** ONNX Runtime's attention kernel for the web takes long for long runs; short ones keep it in bounds. */
const CHUNK_TOKENS = 64;

export class DecoderSession {
  #length = 0;
  #cache: Record<string, ort.Tensor> = {};

  private constructor(
    readonly decoder: BuiltDecoder,
    private readonly session: ort.InferenceSession,
  ) {
    this.reset();
  }

  static async open(decoder: BuiltDecoder): Promise<DecoderSession> {
    const data = decoder.weights.subarray(0, decoder.weights.byteLength);
    const session = await ort.InferenceSession.create(decoder.graph, {
      externalData: [{ path: 'weights.bin', data }],
      logSeverityLevel: 3,
    });
    return new DecoderSession(decoder, session);
  }

  /** Forgets all tokens. */
  reset(): void {
    const { config, keyValueType, maxPositions } = this.decoder;
    const dimensions = [1, config.keyValueHeads, maxPositions, config.headSize];
    const values = dimensions.reduce((product, size) => product * size, 1);
    this.#length = 0;
    for (let layer = 0; layer < config.layers; layer++) {
      for (const side of ['key', 'value']) {
        const data = keyValueType === 'float16' ? new Uint16Array(values) : new Float32Array(values);
        this.#cache[`past_${side}.${layer}`] = new ort.Tensor(keyValueType, data, dimensions);
      }
    }
  }

  /** Logits at every position of `ids`, appended to the tokens so far: ids.length x vocabulary. */
  async forward(ids: number[]): Promise<Float32Array> {
    const { vocabularySize } = this.decoder.config;
    const logits = new Float32Array(ids.length * vocabularySize);
    for (let start = 0; start < ids.length; start += CHUNK_TOKENS) {
      const chunk = ids.slice(start, start + CHUNK_TOKENS);
      const rows = chunk.map((_, row) => row);
      logits.set(await this.run(chunk, rows), start * vocabularySize);
    }
    return logits;
  }

  /** One run over `ids`: logits of `rows` only. */
  async run(ids: number[], rows: number[]): Promise<Float32Array> {
    const { config, embed } = this.decoder;
    const x = new Float32Array(ids.length * config.hiddenSize);
    embed(ids, x);
    const outputs = await this.session.run({
      x: new ort.Tensor('float32', x, [1, ids.length, config.hiddenSize]),
      seqlens_k: new ort.Tensor('int32', Int32Array.of(this.#length + ids.length - 1), [1]),
      total: new ort.Tensor('int32', Int32Array.of(this.#length + ids.length), []),
      rows: new ort.Tensor('int64', BigInt64Array.from(rows, BigInt), [rows.length]),
      ...this.#cache,
    });
    for (const name of Object.keys(this.#cache)) this.#cache[name] = outputs[name.replace('past', 'present')];
    this.#length += ids.length;
    return outputs.logits.data as Float32Array;
  }

  /** Keys of one layer at one position, head by head. */
  keys(layer: number, position: number): number[] {
    const { keyValueHeads, headSize } = this.decoder.config;
    const cache = this.#cache[`past_key.${layer}`].data as Float32Array;
    return Array.from(
      { length: keyValueHeads },
      (_, head) => (head * this.decoder.maxPositions + position) * headSize,
    ).flatMap((start) => [...cache.subarray(start, start + headSize)]);
  }

  close(): Promise<void> {
    return this.session.release();
  }
}
