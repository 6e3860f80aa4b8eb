// SentencePiece's own normalization (NFKC and more, compiled into the model file) and its treatment of spaces, keeping for each
// character where it came from. https://github.com/google/sentencepiece/blob/master/src/normalizer.cc
import { ByteReader } from './byte-reader.ts';

/** Stands for a space inside pieces. */
export const SPACE = '\u2581';

export interface NormalizedText {
  /** Each word with a SPACE before it. */
  text: string;
  /** Of each UTF-16 unit of `text`, the part of the source that it stands for: UTF-16 offsets, ends exclusive. */
  starts: number[];
  ends: number[];
}

/** A double-array trie over UTF-8 (https://github.com/s-yata/darts-clone) whose values point at replacements. */
export class CharacterMap {
  private constructor(
    private readonly units: Uint32Array,
    private readonly replacements: Uint8Array,
  ) {}

  /** `compiled` is empty for a map that changes nothing. Throws `model-corrupt`. */
  static open(compiled: Uint8Array<ArrayBuffer>): CharacterMap {
    if (compiled.length === 0) return new CharacterMap(new Uint32Array(), compiled);
    const reader = new ByteReader(compiled, 'SentencePiece');
    const trie = reader.take(reader.uint32());
    if (trie.length % 4 !== 0) throw reader.corrupt('its character map is cut');
    return new CharacterMap(new Uint32Array(trie.slice().buffer), reader.take(reader.remaining));
  }

  /** Half surrogate pairs become U+FFFD. */
  normalize(source: string): NormalizedText {
    const wellFormed = source.replace(/\p{Surrogate}/gu, '\u{FFFD}');
    const bytes = new TextEncoder().encode(wellFormed);
    const result: NormalizedText = { text: '', starts: [], ends: [] };
    let afterSpace = true;
    let spaceStart = 0;
    for (let at = 0, unit = 0; at < bytes.length;) {
      const match = this.#longestMatch(bytes, at);
      const length = match?.length ?? characterBytes(bytes[at]);
      const from = unit;
      for (const end = at + length; at < end; at += characterBytes(bytes[at])) unit += bytes[at] >= 0xf0 ? 2 : 1;
      const replaced = match ? match.replacement : wellFormed.slice(from, unit);
      for (const character of replaced) {
        if (character === ' ') {
          if (!afterSpace) spaceStart = from;
          afterSpace = true;
          continue;
        }
        if (afterSpace) append(result, SPACE, result.text === '' ? from : spaceStart, from);
        afterSpace = false;
        append(result, character, from, unit);
      }
    }
    return result;
  }

  #longestMatch(bytes: Uint8Array, from: number): { length: number; replacement: string } | undefined {
    const { units } = this;
    if (units.length === 0) return undefined;
    let node = childrenOf(units[0]);
    let length = 0;
    let value = 0;
    for (let i = from; i < bytes.length; i++) {
      node ^= bytes[i];
      // Past its end the array has `undefined`, which as a number is 0: the label of no byte that a text has but NUL.
      const unit = units[node];
      if ((unit & LABEL) !== bytes[i]) break;
      node ^= childrenOf(unit);
      if (unit & HAS_VALUE) [length, value] = [i + 1 - from, units[node] & VALUE];
    }
    return length > 0 ? { length, replacement: this.#replacement(value) } : undefined;
  }

  #replacement(offset: number): string {
    const end = this.replacements.indexOf(0, offset);
    return new TextDecoder().decode(this.replacements.subarray(offset, end < 0 ? undefined : end));
  }
}

const LABEL = 0x800000ff;
const HAS_VALUE = 0x100;
const VALUE = 0x7fffffff;

/** Where the children of a trie's node lie, relative to it. */
function childrenOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

/** Of UTF-8, by its first byte. */
function characterBytes(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function append(result: NormalizedText, text: string, start: number, end: number): void {
  result.text += text;
  // A character beyond the first plane is two units.
  result.starts.push(...Array<number>(text.length).fill(start));
  result.ends.push(...Array<number>(text.length).fill(end));
}
