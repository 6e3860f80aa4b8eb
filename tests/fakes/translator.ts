// A translator that really translates, word by word with a small dictionary, and loses what real ones lose.
import { throwIfAborted } from '../../lib/errors.ts';
import type { AlignedPiece, SentenceTranslation, TranslateOptions, Translator } from '../../lib/model/translator.ts';
import type { LanguagePair } from '../../lib/protocol.ts';
import { nextTurn } from './engine.ts';

/** English to Portuguese. Adjectives are marked: they change places with the noun behind them. */
const DICTIONARY: Record<string, string> = {
  the: 'a',
  a: 'uma',
  is: 'é',
  was: 'foi',
  and: 'e',
  not: 'não',
  of: 'de',
  in: 'em',
  house: 'casa',
  houses: 'casas',
  dog: 'cachorro',
  water: 'água',
  street: 'rua',
  red: 'vermelha*',
  white: 'branca*',
  big: 'grande*',
  old: 'velha*',
  stands: 'fica',
  cost: 'custam',
  costs: 'custa',
  here: 'aqui',
  news: 'notícias',
  says: 'diz',
  we: 'nós',
  see: 'vemos',
  it: 'isso',
};
/** What the tiny models of Firefox Translations do not know, and a few letters. */
const UNKNOWN = /[“”‘’–—€£\p{So}→•ëïüß@{}#<\u4e00-\u9fff\ufe0f]/gu;

export interface FakeTranslatorOptions {
  /** False: tells nothing of what says what. */
  aligns?: boolean;
  /** What it says instead of a translation; undefined for those that it translates. */
  fault?: (sentence: string, careful: boolean) => string | undefined;
}

export class FakeTranslator implements Translator {
  /** The sentences of each call. */
  readonly calls: string[][] = [];

  constructor(private readonly options: FakeTranslatorOptions = {}) {}

  async translate(
    sentences: readonly string[],
    _pair: LanguagePair,
    signal: AbortSignal,
    { careful = false }: TranslateOptions = {},
  ): Promise<SentenceTranslation[]> {
    throwIfAborted(signal);
    this.calls.push([...sentences]);
    await nextTurn();
    throwIfAborted(signal);
    return sentences.map((sentence) => {
      const fault = this.options.fault?.(sentence, careful);
      if (fault !== undefined) return { text: fault, alignment: [] };
      const { text, alignment } = wordByWord(sentence);
      return { text, alignment: this.options.aligns === false ? [] : alignment };
    });
  }

  unknownCharacters(text: string): Promise<ReadonlySet<string>> {
    return Promise.resolve(new Set(text.match(UNKNOWN)));
  }

  memoryBytes(): number {
    return 0;
  }

  dispose(): void {
    // Holds nothing.
  }
}

interface Piece {
  text: string;
  start: number;
  end: number;
  isAdjective: boolean;
  /** Without space before it. */
  isGlued: boolean;
}

function wordByWord(sentence: string): SentenceTranslation {
  const known = sentence.replace(UNKNOWN, (lost) => '\u0001'.repeat(lost.length));
  const pieces: Piece[] = [];
  for (const match of known.matchAll(
    /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['.,-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*|[^\s\u0001]/gu,
  )) {
    const [word] = match;
    const entry = Object.hasOwn(DICTIONARY, word.toLowerCase()) ? DICTIONARY[word.toLowerCase()] : made(word);
    const plain = entry.replace('*', '');
    const text = /^\p{Lu}/u.test(word) ? plain.charAt(0).toUpperCase() + plain.slice(1) : plain;
    const isGlued = match.index > 0 && /\S/.test(known[match.index - 1]);
    pieces.push({
      text,
      start: match.index,
      end: match.index + word.length,
      isAdjective: entry.endsWith('*'),
      isGlued,
    });
  }
  for (let i = 0; i + 1 < pieces.length; i++) {
    const [first, second] = [pieces[i], pieces[i + 1]];
    if (!first.isAdjective || second.isAdjective || second.isGlued || !/\p{L}/u.test(second.text)) continue;
    [pieces[i], pieces[i + 1]] = [
      { ...second, isGlued: first.isGlued },
      { ...first, isGlued: false },
    ];
    i += 1;
  }
  let text = '';
  const alignment: AlignedPiece[] = [];
  for (const piece of pieces) {
    if (text && !piece.isGlued) text += ' ';
    alignment.push({
      start: text.length,
      end: text.length + piece.text.length,
      sourceStart: piece.start,
      sourceEnd: piece.end,
    });
    text += piece.text;
  }
  return { text, alignment };
}

/** A word that the dictionary has not: names, numbers and signs stay, others get an ending. */
function made(word: string): string {
  return /^\p{Ll}{2,}$/u.test(word) ? `${word}ez` : word;
}
