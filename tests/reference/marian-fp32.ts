// Marian's transformer written out in plain loops, one sentence, greedy: what the graphs are measured against. Shares nothing with
// them but the file reader and the configuration.
import { readConfig, type MarianConfig } from '../../lib/model/marian/config.ts';
import type { Int8Matrix, MarianFile } from '../../lib/model/marian/marian-file.ts';

type Vector = number[];

/** Ids and, for each, the source position with text that the first head of the last layer looks at most. */
export function marianTranslate(
  file: MarianFile,
  source: readonly { id: number; hasText: boolean }[],
  allowed: Iterable<number>,
  maxTokens: number,
): { ids: number[]; alignment: number[] } {
  const model = new Plain(file, readConfig(file.configuration));
  const encoded = model.encode([...source.map(({ id }) => id), 0]);
  const { ids, looks } = model.decode(encoded, [...allowed], maxTokens);
  const alignment = looks.map((weights) => argmax(source.map(({ hasText }, i) => (hasText ? weights[i] : -1))));
  return { ids, alignment };
}

class Plain {
  private readonly size: number;

  constructor(
    private readonly file: MarianFile,
    private readonly config: MarianConfig,
  ) {
    this.size = config.hiddenSize;
  }

  encode(ids: number[]): Vector[] {
    const { size, config } = this;
    const table = this.embeddings('encoder', config.sourceTokens);
    let rows = ids.map((id, position) =>
      sum(
        row(table, id).map((value) => value * Math.sqrt(size)),
        this.position(position),
      ),
    );
    for (let layer = 1; layer <= config.encoderLayers; layer++) {
      const prefix = `encoder_l${layer}_self`;
      const keys = rows.map((x) => this.affine(`${prefix}_Wk`, `${prefix}_bk`, x));
      const values = rows.map((x) => this.affine(`${prefix}_Wv`, `${prefix}_bv`, x));
      rows = rows.map((x) => this.attend(prefix, x, keys, values).output);
      rows = rows.map((x) => this.feedForward(`encoder_l${layer}_ffn`, x));
    }
    return rows;
  }

  decode(encoded: Vector[], allowed: number[], maxTokens: number): { ids: number[]; looks: Vector[] } {
    const { size, config, file } = this;
    const table = this.embeddings('decoder', config.targetTokens);
    const bias = file.floats('decoder_ff_logit_out_b', config.targetTokens);
    const layers = Array.from({ length: config.decoderLayers }, (_, i) => `decoder_l${i + 1}`);
    const project = (prefix: string, part: string) =>
      encoded.map((x) => this.affine(`${prefix}_context_W${part}`, `${prefix}_context_b${part}`, x));
    const keys = layers.map((prefix) => project(prefix, 'k'));
    const values = layers.map((prefix) => project(prefix, 'v'));
    const states = layers.map(() => new Array<number>(size).fill(0));
    let previous = new Array<number>(size).fill(0);
    const ids: number[] = [];
    const allLooks: Vector[] = [];
    for (let step = 0; step < maxTokens; step++) {
      let x = sum(previous, this.position(step));
      let looks: Vector = [];
      for (const [i, prefix] of layers.entries()) {
        const forget = this.affine(`${prefix}_rnn_Wf`, `${prefix}_rnn_bf`, x).map(
          (value) => 1 / (1 + Math.exp(-value)),
        );
        const input = times(file.weights(`${prefix}_rnn_W`, size, size), x);
        states[i] = states[i].map((state, k) => forget[k] * state + (1 - forget[k]) * input[k]);
        x = this.norm(
          `${prefix}_rnn_ffn_ln`,
          sum(
            x,
            states[i].map((value) => Math.max(0, value)),
          ),
        );
        ({ output: x, looks } = this.attend(`${prefix}_context`, x, keys[i], values[i]));
        x = this.feedForward(`${prefix}_ffn`, x);
      }
      const logits = allowed.map((id) => (id === 1 ? -Infinity : dot(row(table, id), x) + bias[id]));
      const id = allowed[argmax(logits)];
      if (id === 0) break;
      ids.push(id);
      allLooks.push(looks);
      previous = row(table, id).map((value) => value * Math.sqrt(size));
    }
    return { ids, looks: allLooks };
  }

  /** The normed sum, and the weights of the first head. */
  private attend(prefix: string, x: Vector, keys: Vector[], values: Vector[]): { output: Vector; looks: Vector } {
    const headSize = this.size / this.config.heads;
    const query = this.affine(`${prefix}_Wq`, `${prefix}_bq`, x);
    let looks: Vector = [];
    const attended: Vector = [];
    for (let head = 0; head < this.config.heads; head++) {
      const part = (vector: Vector) => vector.slice(head * headSize, (head + 1) * headSize);
      const weights = softmax(keys.map((key) => dot(part(query), part(key)) / Math.sqrt(headSize)));
      if (head === 0) looks = weights;
      for (let i = 0; i < headSize; i++) {
        attended.push(weights.reduce((total, weight, at) => total + weight * part(values[at])[i], 0));
      }
    }
    const output = this.affine(`${prefix}_Wo`, `${prefix}_bo`, attended);
    return { output: this.norm(`${prefix}_Wo_ln`, sum(x, output)), looks };
  }

  private feedForward(prefix: string, x: Vector): Vector {
    const { size, file } = this;
    const { feedForwardSize } = this.config;
    const first = times(file.weights(`${prefix}_W1`, feedForwardSize, size), x);
    const inner = sum(first, [...file.floats(`${prefix}_b1`, feedForwardSize)]).map((value) => Math.max(0, value));
    const second = times(file.weights(`${prefix}_W2`, size, feedForwardSize), inner);
    return this.norm(`${prefix}_ffn_ln`, sum(x, sum(second, [...file.floats(`${prefix}_b2`, size)])));
  }

  private affine(matrix: string, bias: string, x: Vector): Vector {
    return sum(times(this.file.weights(matrix, this.size, this.size), x), [...this.file.floats(bias, this.size)]);
  }

  private norm(name: string, x: Vector): Vector {
    const mean = x.reduce((total, value) => total + value, 0) / x.length;
    const variance = x.reduce((total, value) => total + (value - mean) ** 2, 0) / x.length;
    const scale = this.file.floats(`${name}_scale`, this.size);
    const bias = this.file.floats(`${name}_bias`, this.size);
    return x.map((value, i) => ((value - mean) / Math.sqrt(variance + 1e-6)) * scale[i] + bias[i]);
  }

  private position(position: number): Vector {
    const half = this.size / 2;
    const angles = Array.from({ length: half }, (_, i) => position * 10000 ** (-i / (half - 1)));
    return [...angles.map(Math.sin), ...angles.map(Math.cos)];
  }

  private embeddings(side: 'encoder' | 'decoder', tokens: number): Int8Matrix {
    return this.file.embeddings(this.file.has('Wemb') ? 'Wemb' : `${side}_Wemb`, tokens, this.size);
  }
}

function row({ values, columns, scale }: Int8Matrix, index: number): Vector {
  return Array.from(values.subarray(index * columns, (index + 1) * columns), (value) => value * scale);
}

function times({ values, rows, scale }: Int8Matrix, x: Vector): Vector {
  const products = new Array<number>(rows).fill(0);
  for (let i = 0, at = 0; i < rows; i++) for (const value of x) products[i] += values[at++] * scale * value;
  return products;
}

function dot(a: Vector, b: Vector): number {
  return a.reduce((total, value, i) => total + value * b[i], 0);
}

function sum(a: Vector, b: Vector): Vector {
  return a.map((value, i) => value + b[i]);
}

function softmax(scores: Vector): Vector {
  const greatest = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - greatest));
  const total = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / total);
}

function argmax(values: Vector): number {
  return values.indexOf(Math.max(...values));
}
