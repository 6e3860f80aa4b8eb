// The lexical shortlist: which target tokens a source token may become, so that the output layer need not weigh the whole vocabulary.
// Format and selection: https://github.com/browsermt/marian-dev/blob/master/src/data/shortlist.cpp
import { ByteReader } from './byte-reader.ts';

/** Low half, high half. */
const MAGIC = [0x013417f5, 0xf11a48d5];
/** Marian's matrices want a multiple of so many columns; kept, so that its choices are ours. */
const MULTIPLE = 8;

export class Shortlist {
  private constructor(
    private readonly frequent: number,
    private readonly offsets: Uint32Array,
    private readonly targets: Uint32Array,
    private readonly targetTokens: number,
    private readonly sharedVocabulary: boolean,
  ) {}

  /** Throws `model-corrupt`. */
  static open(
    bytes: Uint8Array<ArrayBuffer>,
    sourceTokens: number,
    targetTokens: number,
    sharedVocabulary: boolean,
  ): Shortlist {
    const reader = new ByteReader(bytes, 'shortlist');
    if (reader.uint32() !== MAGIC[0] || reader.uint32() !== MAGIC[1]) throw reader.corrupt('another format');
    reader.uint64(); // a checksum of Marian's own; the file's SHA-256 was checked
    const frequent = reader.uint64();
    reader.uint64(); // most targets of one source token
    const offsetCount = reader.uint64();
    const targetCount = reader.uint64();
    if (frequent < 2 || frequent > targetTokens) throw reader.corrupt(`${frequent} frequent tokens`);
    if (offsetCount !== sourceTokens + 1) throw reader.corrupt(`${offsetCount} offsets`);
    if (reader.remaining !== 8 * offsetCount + 4 * targetCount) throw reader.corrupt('another length');
    const offsets = new Uint32Array(offsetCount);
    for (let i = 0; i < offsetCount; i++) offsets[i] = Math.min(reader.uint64(), targetCount);
    const targets = new Uint32Array(reader.take(4 * targetCount).slice().buffer);
    for (let i = 0; i < targetCount; i++) {
      if (targets[i] >= targetTokens) throw reader.corrupt('a target outside the vocabulary');
    }
    return new Shortlist(frequent, offsets, targets, targetTokens, sharedVocabulary);
  }

  /** The target tokens for one sentence's source tokens (its end included), ascending. Always has 0 and 1 in front. */
  select(source: Iterable<number>): Uint32Array {
    const chosen = new Uint8Array(this.targetTokens).fill(1, 0, this.frequent);
    let size = this.frequent;
    const choose = (id: number) => {
      size += 1 - chosen[id];
      chosen[id] = 1;
    };
    for (const id of source) {
      if (this.sharedVocabulary) choose(id);
      for (let i = this.offsets[id]; i < this.offsets[id + 1]; i++) choose(this.targets[i]);
    }
    for (let id = this.frequent; size % MULTIPLE !== 0 && id < this.targetTokens; id++) choose(id);
    return ascending(chosen, size);
  }
}

/** The places of the ones among `flags`, `count` of them. */
export function ascending(flags: Uint8Array, count: number): Uint32Array {
  const places = new Uint32Array(count);
  for (let place = 0, i = 0; i < count; place++) if (flags[place] === 1) places[i++] = place;
  return places;
}
