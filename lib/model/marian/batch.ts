// The inputs of one run: sentences of several lengths side by side, and the target tokens that they may use. Pure arithmetic.
import type { Int8Matrix } from './marian-file.ts';
import { ascending } from './shortlist.ts';
import { END, UNKNOWN, type Token } from './vocabulary.ts';

export interface BatchInputs {
  batch: number;
  /** Tokens of the longest sentence, its end included. */
  source: number;
  /** Ids of the tokens to choose from, ascending. */
  choices: Uint32Array;
  /** The sentences' tokens, one behind the other: [rows, hiddenSize], of which the last few may be empty. */
  x: Float32Array;
  /** Of each place of the batch its row; where a sentence has ended, 0. [batch, source] */
  rowOfPlace: BigInt64Array;
  /** Of each row its place, counted through the batch. [rows] */
  placeOfRow: BigInt64Array;
  /** 1 where there is a token. [batch, source] */
  isToken: Int32Array;
  /** The same, to be added to scores. [batch, source] */
  mask: Float32Array;
  /** [choices, hiddenSize], the file's own numbers. */
  targets: Int8Array;
  /** [batch, choices] */
  bias: Float32Array;
}

/** What no softmax and no maximum ever takes; Marian's own number. */
const NEVER = -1e8;

/** So many rows the runtime multiplies by a matrix at a time; the one to three left over take longer than four. */
const ROWS = 4;

/**
 * The sentences embedded, and where they lie in the batch, for only attention needs them side by side. `allowed` has each sentence's
 * own tokens to choose from (ascending): what another one of the batch allows, it must not use, so that a translation does not depend
 * on its neighbours.
 */
export function batchInputs(
  sentences: readonly (readonly Token[])[],
  allowed: readonly Uint32Array[],
  embeddings: { source: Int8Matrix; target: Int8Matrix },
  outputBias: Float32Array,
  positions: Float32Array,
): BatchInputs {
  const batch = sentences.length;
  const lengths = sentences.map((tokens) => tokens.length + 1);
  const source = Math.max(...lengths);
  const size = embeddings.source.columns;
  const rows = ROWS * Math.ceil(lengths.reduce((sum, length) => sum + length, 0) / ROWS);
  const x = new Float32Array(rows * size);
  const rowOfPlace = new BigInt64Array(batch * source);
  const placeOfRow = new BigInt64Array(rows);
  const isToken = new Int32Array(batch * source);
  const mask = new Float32Array(batch * source).fill(NEVER);
  let row = 0;
  for (const [b, tokens] of sentences.entries()) {
    for (let at = 0; at <= tokens.length; at++, row++) {
      const place = b * source + at;
      embed(embeddings.source, tokens[at]?.id ?? END, positions.subarray(at * size), x.subarray(row * size));
      rowOfPlace[place] = BigInt(row);
      placeOfRow[row] = BigInt(place);
      isToken[place] = 1;
      mask[place] = 0;
    }
  }
  const choices = union(allowed, embeddings.target.rows);
  return {
    ...{ batch, source, choices, x, rowOfPlace, placeOfRow, isToken, mask },
    targets: rowsOf(embeddings.target, choices),
    bias: biases(choices, allowed, outputBias),
  };
}

function embed({ values, columns, scale }: Int8Matrix, id: number, position: Float32Array, out: Float32Array): void {
  const factor = scale * Math.sqrt(columns);
  for (let i = 0, from = id * columns; i < columns; i++) out[i] = values[from + i] * factor + position[i];
}

function union(lists: readonly Uint32Array[], tokens: number): Uint32Array {
  if (lists.length === 1) return lists[0];
  const flags = new Uint8Array(tokens);
  for (const list of lists) for (const id of list) flags[id] = 1;
  return ascending(
    flags,
    flags.reduce((count, flag) => count + flag, 0),
  );
}

function rowsOf({ values, columns }: Int8Matrix, ids: Uint32Array): Int8Array {
  const chosen = new Int8Array(ids.length * columns);
  ids.forEach((id, i) => chosen.set(values.subarray(id * columns, (id + 1) * columns), i * columns));
  return chosen;
}

function biases(choices: Uint32Array, allowed: readonly Uint32Array[], outputBias: Float32Array): Float32Array {
  const biases = new Float32Array(allowed.length * choices.length).fill(NEVER);
  for (const [b, ids] of allowed.entries()) {
    for (let i = 0, next = 0; next < ids.length; i++) {
      if (choices[i] !== ids[next]) continue;
      if (ids[next] !== UNKNOWN) biases[b * choices.length + i] = outputBias[ids[next]];
      next++;
    }
  }
  return biases;
}
