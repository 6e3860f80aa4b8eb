// Marian's transformer, post-norm, over sentences of any lengths one behind the other: the encoder once, then a step of the decoder
// (SSRU, cross-attention, feed-forward) for all sentences that have not ended. Greedy. Knows no text.
// https://github.com/browsermt/marian-dev/blob/master/src/models/transformer.h
import type { Arena } from './arena.ts';
import type { MarianConfig } from './config.ts';
import { END, UNKNOWN } from './vocabulary.ts';
import { gather, stepsFor, wholeColumns } from './weights.ts';
import type { DecoderLayer, EncoderLayer, Matrix, Norm, Table, Weights } from './weights.ts';

export interface Sentence {
  /** Ids, the end included. */
  source: readonly number[];
  /** Ids to choose from, ascending; END is among them. */
  choices: Uint32Array;
  /** To be written at most. */
  maxTokens: number;
}

export interface Written {
  /** Without an end. */
  ids: number[];
  /** For each of them, how much the first head of the last layer, which was trained to align, looked at each source token. */
  looks: Float32Array[];
}

/** A sentence while it is written. */
interface Writing {
  sentence: Sentence;
  written: Written;
  /** Its first row in the encoder's output. */
  start: number;
  table: number;
  bias: number;
  /** The last id; -1 at the beginning. */
  previous: number;
}

/** Memory of one run. */
interface Work {
  /** [rows, hiddenSize] */
  x: number;
  y: number;
  /** [rows, the widest that is needed] */
  wide: number;
  keysAndValues: number;
  /** [heads, keys] */
  attention: number;
}

/** Of one sentence's choices. */
interface Logits {
  values: number;
  /** Of the columns, as `product` wants them: the same for all. */
  scales: number;
}

const FLOAT = Float32Array.BYTES_PER_ELEMENT;
const SHORT = Int16Array.BYTES_PER_ELEMENT;
/** Of an int8 number, without its sign. */
const GREATEST_WEIGHT = 0x80;
/** What no maximum ever takes; Marian's own number. */
const NEVER = -1e8;

export class MarianNetwork {
  /** Of `#linear`: rows as int16, and their scales. */
  #rounded = 0;
  #scales = 0;

  /** `positions`, in the arena: [most steps, hiddenSize]. */
  constructor(
    private readonly arena: Arena,
    private readonly config: MarianConfig,
    private readonly weights: Weights,
    private readonly positions: number,
  ) {}

  /** Translates sentences together; each as if it were alone. Throws `out-of-memory`. */
  translate(sentences: readonly Sentence[]): Written[] {
    return this.arena.scoped(() => {
      const rows = sentences.reduce((sum, { source }) => sum + source.length, 0);
      const { hiddenSize, feedForwardSize } = this.config;
      const widest = Math.max(feedForwardSize, 3 * hiddenSize, this.weights.keysAndValues.outputs);
      const longest = Math.max(...sentences.map(({ source }) => source.length));
      this.#rounded = this.arena.take(rows * Math.max(feedForwardSize, hiddenSize) * SHORT);
      this.#scales = this.arena.take(rows * FLOAT);
      const work: Work = {
        x: this.arena.take(rows * hiddenSize * FLOAT),
        y: this.arena.take(rows * hiddenSize * FLOAT),
        wide: this.arena.take(rows * widest * FLOAT),
        keysAndValues: this.arena.take(rows * this.weights.keysAndValues.outputs * FLOAT),
        attention: this.arena.take(this.config.heads * (longest + 3) * FLOAT),
      };
      this.#encode(sentences, rows, work);
      return this.#write(sentences, work);
    });
  }

  #encode(sentences: readonly Sentence[], rows: number, work: Work): void {
    const { kernels } = this.arena;
    const { hiddenSize, heads } = this.config;
    let row = 0;
    for (const { source } of sentences) {
      for (const [at, id] of source.entries()) this.#embed(this.weights.source, id, at, work.x, row++);
    }
    const stride = 3 * hiddenSize * FLOAT;
    for (const layer of this.weights.encoder) {
      this.#linear(work.x, rows, layer.queryKeyValue, work.wide);
      let start = 0;
      for (const { source } of sentences) {
        const query = work.wide + start * stride;
        const [key, value] = [1, 2].map((part) => query + part * hiddenSize * FLOAT);
        kernels.attention(
          ...[query, stride, source.length],
          ...[key, value, stride, source.length],
          ...[heads, hiddenSize / heads],
          ...[work.y + start * hiddenSize * FLOAT, work.attention],
        );
        start += source.length;
      }
      this.#outputs(layer, rows, work);
    }
    this.#linear(work.x, rows, this.weights.keysAndValues, work.keysAndValues);
  }

  #write(sentences: readonly Sentence[], work: Work): Written[] {
    const all = this.#beginnings(sentences);
    const { hiddenSize } = this.config;
    const most = wholeColumns(Math.max(...sentences.map(({ choices }) => choices.length)));
    const logits: Logits = {
      values: this.arena.take(most * FLOAT),
      scales: this.arena.takeFloats(new Float32Array(most).fill(this.weights.target.scale)),
    };
    const states = this.weights.decoder.map(() => this.arena.takeFloats(new Float32Array(all.length * hiddenSize)));
    const steps = stepsFor(hiddenSize * GREATEST_WEIGHT);
    let writing = all;
    for (let step = 0; writing.length > 0; step++) {
      for (const [row, { previous }] of writing.entries())
        this.#embed(this.weights.target, previous, step, work.x, row);
      const looks = this.#step(writing, states, work);
      this.#quantize(work.x, writing.length, hiddenSize, -Infinity, steps);
      const goesOn = writing.map((each, row) => this.#choose(each, row, looks[row], logits));
      for (const state of states) this.#keepRows(state, goesOn);
      writing = writing.filter((_, row) => goesOn[row]);
    }
    return all.map(({ written }) => written);
  }

  #beginnings(sentences: readonly Sentence[]): Writing[] {
    const { hiddenSize } = this.config;
    let start = 0;
    return sentences.map((sentence) => {
      const { source } = sentence;
      const choices = new Uint32Array(wholeColumns(sentence.choices.length)).fill(UNKNOWN);
      choices.set(sentence.choices);
      const table = this.arena.take(choices.length * hiddenSize);
      const bias = this.arena.takeFloats(
        Float32Array.from(choices, (id) => (id === UNKNOWN ? NEVER : this.weights.outputBias[id])),
      );
      gather(this.arena, this.weights.target, choices, hiddenSize, table);
      const writing = { sentence, written: { ids: [], looks: [] }, start, table, bias, previous: -1 };
      start += source.length;
      return writing;
    });
  }

  /** Leaves in x what the next tokens are chosen by; returns what each sentence looked at. */
  #step(writing: readonly Writing[], states: readonly number[], work: Work): Float32Array[] {
    const { kernels } = this.arena;
    const { hiddenSize, heads } = this.config;
    const rows = writing.length;
    const stride = this.weights.keysAndValues.outputs * FLOAT;
    const looks: Float32Array[] = [];
    for (const [i, layer] of this.weights.decoder.entries()) {
      this.#linear(work.x, rows, layer.recurrence, work.wide);
      kernels.recurrence(work.wide, rows, hiddenSize, states[i], work.y);
      this.#addNorm(work.x, work.y, rows, layer.recurrenceNorm);
      this.#linear(work.x, rows, layer.query, work.wide);
      for (const [row, { sentence, start }] of writing.entries()) {
        const key = work.keysAndValues + start * stride + 2 * i * hiddenSize * FLOAT;
        kernels.attention(
          ...[work.wide + row * hiddenSize * FLOAT, 0, 1],
          ...[key, key + hiddenSize * FLOAT, stride, sentence.source.length],
          ...[heads, hiddenSize / heads],
          ...[work.y + row * hiddenSize * FLOAT, work.attention],
        );
        looks[row] = this.arena.floats(work.attention, sentence.source.length);
        if (i === this.weights.decoder.length - 1) looks[row] = looks[row].slice();
      }
      this.#outputs(layer, rows, work);
    }
    return looks;
  }

  /** Whether the sentence goes on. */
  #choose(writing: Writing, row: number, looks: Float32Array, logits: Logits): boolean {
    const { kernels } = this.arena;
    const { hiddenSize } = this.config;
    const { sentence, written, table, bias } = writing;
    const columns = wholeColumns(sentence.choices.length);
    const rounded = this.#rounded + row * hiddenSize * SHORT;
    const scale = this.#scales + row * FLOAT;
    kernels.product(rounded, scale, 1, hiddenSize, table, logits.scales, columns, bias, logits.values);
    const id = sentence.choices[kernels.greatest(logits.values, sentence.choices.length)];
    if (id === END) return false;
    written.ids.push(id);
    written.looks.push(looks);
    writing.previous = id;
    return written.ids.length < sentence.maxTokens;
  }

  /** Attention's output projection and the feed-forward layer, each added to x and normed; attention's result is in y. */
  #outputs({ attention, feedForward }: EncoderLayer | DecoderLayer, rows: number, { x, y, wide }: Work): void {
    this.#linear(y, rows, attention.output, wide);
    this.#addNorm(x, wide, rows, attention.norm);
    this.#linear(x, rows, feedForward.inner, wide);
    this.#linear(wide, rows, feedForward.outer, y, 0);
    this.#addNorm(x, y, rows, feedForward.norm);
  }

  #linear(x: number, rows: number, matrix: Matrix, out: number, floor = -Infinity): void {
    const { inputs, outputs, steps, numbers, scales, bias } = matrix;
    this.#quantize(x, rows, inputs, floor, steps);
    this.arena.kernels.product(this.#rounded, this.#scales, rows, inputs, numbers, scales, outputs, bias, out);
  }

  #quantize(x: number, rows: number, n: number, floor: number, steps: number): void {
    this.arena.kernels.quantize(x, rows, n, floor, steps, this.#rounded, this.#scales);
  }

  #addNorm(x: number, y: number, rows: number, { scale, shift }: Norm): void {
    this.arena.kernels.addNorm(x, y, rows, this.config.hiddenSize, scale, shift);
  }

  /** Nothing but the position for an id of -1. */
  #embed({ pointer, scale }: Table, id: number, at: number, x: number, row: number): void {
    const { hiddenSize } = this.config;
    const position = this.positions + at * hiddenSize * FLOAT;
    const factor = id < 0 ? 0 : scale * Math.sqrt(hiddenSize);
    this.arena.kernels.embed(pointer, Math.max(0, id), hiddenSize, factor, position, x + row * hiddenSize * FLOAT);
  }

  /** Moves the rows that are kept to the front. */
  #keepRows(state: number, isKept: readonly boolean[]): void {
    const size = this.config.hiddenSize;
    const rows = this.arena.floats(state, isKept.length * size);
    let to = 0;
    for (const [from, kept] of isKept.entries()) {
      if (!kept) continue;
      if (from !== to) rows.copyWithin(to * size, from * size, (from + 1) * size);
      to++;
    }
  }
}
