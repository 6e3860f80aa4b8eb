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
const UTF_8 = new TextDecoder();

/** Throws `model-corrupt`, or `unsupported` for another kind of tokenizer. */
export function readSentencePiece(bytes: Uint8Array<ArrayBuffer>): SentencePieceModel {
  const pieces: Piece[] = [];
  let charsmap: Uint8Array<ArrayBuffer> = new Uint8Array();
  forEachField(bytes, (number, value) => {
    if (number === 1) pieces.push(readPiece(message(value)));
    if (number === 2) requireUnigram(message(value));
    if (number === 3) charsmap = readNormalizer(message(value));
  });
  if (pieces.length === 0) throw new AppError('model-corrupt', 'SentencePiece: no pieces');
  return { pieces, charsmap };
}

function readPiece(bytes: Uint8Array<ArrayBuffer>): Piece {
  const piece: Piece = { text: '', score: 0, kind: 'normal' };
  forEachField(bytes, (number, value) => {
    if (number === 1) piece.text = UTF_8.decode(message(value));
    if (number === 2) piece.score = Number(value);
    if (number === 3) piece.kind = pieceKind(value);
  });
  return piece;
}

function pieceKind(value: FieldValue): Piece['kind'] {
  const kind = KINDS[Number(value)];
  if (!kind) throw new AppError('unsupported', `SentencePiece with pieces of kind ${String(value)}`);
  return kind;
}

function requireUnigram(trainer: Uint8Array<ArrayBuffer>): void {
  forEachField(trainer, (number, value) => {
    if (number === 3 && value !== UNIGRAM) throw new AppError('unsupported', `SentencePiece model ${String(value)}`);
  });
}

/** Its map of characters. The three switches must be as they are by default: `normalize` does what they say. */
function readNormalizer(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let charsmap: Uint8Array<ArrayBuffer> = new Uint8Array();
  forEachField(bytes, (number, value) => {
    if (number === 2) charsmap = message(value);
    if (number >= 3 && number <= 5 && value !== 1) throw new AppError('unsupported', 'SentencePiece normalization');
  });
  return charsmap;
}

/** A varint (also an enum or a boolean) or a float, or the bytes of anything else. */
type FieldValue = number | Uint8Array<ArrayBuffer>;

/** Protobuf's wire format: https://protobuf.dev/programming-guides/encoding/ */
function forEachField(bytes: Uint8Array<ArrayBuffer>, visit: (number: number, value: FieldValue) => void): void {
  const reader = new ByteReader(bytes, 'SentencePiece');
  while (reader.remaining > 0) {
    const key = varint(reader);
    const number = Math.floor(key / 8);
    visit(number, readValue(reader, key % 8));
  }
}

function readValue(reader: ByteReader, wireType: number): FieldValue {
  if (wireType === 0) return varint(reader);
  if (wireType === 1) return reader.take(8);
  if (wireType === 2) return reader.take(varint(reader));
  if (wireType === 5) return reader.float32();
  throw reader.corrupt(`wire type ${wireType}`);
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
