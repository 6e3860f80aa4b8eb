// Reads a SentencePiece model file: its pieces, and how it wants text normalized.
// https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto
import { AppError } from '../../errors.ts';
import { ByteReader } from './byte-reader.ts';

export interface Piece {
  text: string;
  score: number;
  kind: 'normal' | 'unknown' | 'control' | 'unused';
}

export interface SentencePieceModel {
  /** A piece's place is its id. */
  pieces: Piece[];
  charsmap: Uint8Array<ArrayBuffer>;
}

const KINDS: Partial<Record<number, Piece['kind']>> = { 1: 'normal', 2: 'unknown', 3: 'control', 5: 'unused' };
const UNIGRAM = 1;

/** Throws `model-corrupt`, or `unsupported` for another kind of tokenizer. */
export function readSentencePiece(bytes: Uint8Array<ArrayBuffer>): SentencePieceModel {
  const pieces: Piece[] = [];
  let charsmap: Uint8Array<ArrayBuffer> = new Uint8Array();
  for (const [number, value] of fields(bytes)) {
    if (number === 1) pieces.push(readPiece(message(value)));
    if (number === 2) requireUnigram(message(value));
    if (number === 3) charsmap = readNormalizer(message(value));
  }
  if (pieces.length === 0) throw new AppError('model-corrupt', 'SentencePiece: no pieces');
  return { pieces, charsmap };
}

function readPiece(bytes: Uint8Array<ArrayBuffer>): Piece {
  let piece: Piece = { text: '', score: 0, kind: 'normal' };
  for (const [number, value] of fields(bytes)) {
    if (number === 1) piece = { ...piece, text: new TextDecoder().decode(message(value)) };
    if (number === 2) piece = { ...piece, score: new ByteReader(message(value), 'SentencePiece').float32() };
    if (number === 3) piece = { ...piece, kind: pieceKind(value) };
  }
  return piece;
}

function pieceKind(value: FieldValue): Piece['kind'] {
  const kind = KINDS[Number(value)];
  if (!kind) throw new AppError('unsupported', `SentencePiece with pieces of kind ${String(value)}`);
  return kind;
}

function requireUnigram(trainer: Uint8Array<ArrayBuffer>): void {
  for (const [number, value] of fields(trainer)) {
    if (number === 3 && value !== UNIGRAM) throw new AppError('unsupported', `SentencePiece model ${String(value)}`);
  }
}

/** Its map of characters. The three switches must be as they are by default: `normalize` does what they say. */
function readNormalizer(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let charsmap: Uint8Array<ArrayBuffer> = new Uint8Array();
  for (const [number, value] of fields(bytes)) {
    if (number === 2) charsmap = message(value);
    if (number >= 3 && number <= 5 && value !== 1) throw new AppError('unsupported', 'SentencePiece normalization');
  }
  return charsmap;
}

/** A varint (also an enum or a boolean), or the bytes of anything else. */
type FieldValue = number | Uint8Array<ArrayBuffer>;

/** Protobuf's wire format: https://protobuf.dev/programming-guides/encoding/ */
function* fields(bytes: Uint8Array<ArrayBuffer>): Iterable<[number: number, value: FieldValue]> {
  const reader = new ByteReader(bytes, 'SentencePiece');
  while (reader.remaining > 0) {
    const key = varint(reader);
    const wireType = key % 8;
    const number = Math.floor(key / 8);
    if (wireType === 0) yield [number, varint(reader)];
    else if (wireType === 1) yield [number, reader.take(8)];
    else if (wireType === 2) yield [number, reader.take(varint(reader))];
    else if (wireType === 5) yield [number, reader.take(4)];
    else throw reader.corrupt(`wire type ${wireType}`);
  }
}

/** Not exact beyond 2^53: no number that is used is so great. */
function varint(reader: ByteReader): number {
  let value = 0;
  for (let factor = 1; factor < 2 ** 70; factor *= 128) {
    const byte = reader.uint8();
    value += (byte & 127) * factor;
    if (byte < 128) return value;
  }
  throw reader.corrupt('a number without end');
}

function message(value: FieldValue): Uint8Array<ArrayBuffer> {
  if (typeof value === 'number') throw new AppError('model-corrupt', 'SentencePiece: a number where bytes belong');
  return value;
}
