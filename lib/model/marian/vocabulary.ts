// A SentencePiece vocabulary: text to token ids with their places in the text, and back. Knows no model.
import { AppError } from '../../errors.ts';
import { CharacterMap, SPACE } from './character-map.ts';
import { readSentencePiece } from './sentencepiece-model.ts';
import { Unigram } from './unigram.ts';

/** Ends each sentence; also fills the shorter ones of a batch. */
export const END = 0;
export const UNKNOWN = 1;

const WORD_START = new RegExp(`(?=${SPACE})`, 'u');
const MAX_WORDS = 20_000;
const MAX_WORD_CHARACTERS = 40;

/** A token and what it stands for in a text: UTF-16 offsets without spaces around, end exclusive. */
export interface Token {
  id: number;
  start: number;
  end: number;
}

export class Vocabulary {
  #unigram: Unigram;
  #ids = new Map<string, number>();
  #characters: CharacterMap;
  /** The pieces of words met before: most words of a text are common ones. */
  #words = new Map<string, string[]>();

  private constructor(
    /** The pieces' texts by id; '' for those that text neither yields nor shows. */
    private readonly pieces: string[],
    scores: number[],
    charsmap: Uint8Array<ArrayBuffer>,
  ) {
    for (const [id, piece] of pieces.entries()) if (piece !== '') this.#ids.set(piece, id);
    this.#unigram = new Unigram(this.#ids, scores);
    this.#characters = CharacterMap.open(charsmap);
  }

  /** Of a `.spm` file. Throws `model-corrupt` or `unsupported`. */
  static open(bytes: Uint8Array<ArrayBuffer>): Vocabulary {
    const { pieces, charsmap } = readSentencePiece(bytes);
    if (pieces[END]?.kind !== 'control' || pieces[UNKNOWN]?.kind !== 'unknown') {
      throw new AppError('model-corrupt', 'SentencePiece: the first two pieces are others');
    }
    // Control pieces have no text: text that looks like one is ordinary text.
    const texts = pieces.map(({ kind, text }) => (kind === 'normal' ? text : ''));
    return new Vocabulary(
      texts,
      pieces.map(({ score }) => score),
      charsmap,
    );
  }

  get size(): number {
    return this.pieces.length;
  }

  /** The tokens of a text, without an end. Neighbouring characters that no piece has are one unknown token. */
  encode(text: string): Token[] {
    const { text: normalized, starts, ends } = this.#characters.normalize(text);
    const tokens: Token[] = [];
    let at = 0;
    for (const word of normalized.split(WORD_START)) {
      let previous: Token | undefined;
      for (const piece of this.#piecesOf(word)) {
        const id = this.#ids.get(piece) ?? UNKNOWN;
        const start = piece.startsWith(SPACE) ? ends[at] : starts[at];
        const end = ends[at + piece.length - 1];
        at += piece.length;
        if (id === UNKNOWN && previous?.id === UNKNOWN) previous.end = end;
        else tokens.push((previous = { id, start, end }));
      }
    }
    return tokens;
  }

  #piecesOf(word: string): string[] {
    const known = this.#words.get(word);
    if (known) return known;
    const pieces = this.#unigram.encode(word);
    if (this.#words.size === MAX_WORDS) this.#words.clear();
    if (word.length <= MAX_WORD_CHARACTERS) this.#words.set(word, pieces);
    return pieces;
  }

  /** The text of these ids, with each one's place in it. */
  decode(ids: Iterable<number>): { text: string; tokens: Token[] } {
    let text = '';
    const tokens: Token[] = [];
    for (const id of ids) {
      const piece = this.pieces[id].replaceAll(SPACE, ' ');
      const shown = text === '' ? piece.trimStart() : piece;
      const start = text.length + (shown.length - shown.trimStart().length);
      text += shown;
      tokens.push({ id, start, end: text.length });
    }
    return { text, tokens };
  }
}
