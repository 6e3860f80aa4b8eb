// What a guard is: it puts something that the translator knows in the place of what it would lose, and puts it back afterwards.
import type { SentenceTranslation } from '../../../model/translator.ts';
import type { LanguagePair } from '../../../protocol.ts';
import type { Span } from '../../sentences.ts';
import type { Edit } from '../edits.ts';

export interface Dangers {
  /** True for a character (code point) that the translator drops or changes without a trace. */
  isLost: (character: string) => boolean;
  /** True for an offset that an earlier guard has claimed. */
  isClaimed: (offset: number) => boolean;
  pair: LanguagePair;
  /** The second try of a sentence: other stand-ins than usual. */
  careful: boolean;
}

/** One sentence on its way: `edits` lead from `source` to `prepared`, which `translation` translates. */
export interface Passage {
  source: string;
  edits: readonly Edit[];
  prepared: string;
  pair: LanguagePair;
  translation: SentenceTranslation;
}

/** An edit of the translation; what it puts there says what stands in `source` of the sentence, where that is known. */
export interface Return extends Edit {
  source?: Span;
}

/** `isWhole` is false where something is not found again. */
export interface Restored {
  edits: Return[];
  isWhole: boolean;
}

export interface Guard {
  /** Edits of the sentence, in order. Those that touch an earlier guard's are left out. */
  protect(sentence: string, dangers: Dangers): Edit[];
  /** `own` are those of this guard's edits that were made. */
  restore(own: readonly Edit[], passage: Passage): Restored;
}

/** True where a quotation mark at `index` opens: behind space or an opening mark, before what is no space. */
export function isOpening(text: string, index: number): boolean {
  const before = text[index - 1] ?? ' ';
  if (/^[\s.,;:!?)\]]?$/.test(text[index + 1] ?? '')) return false;
  if (/["'“”‘’]/.test(before)) return isOpening(text, index - 1);
  return /[\s\p{Ps}\p{Pi}\p{Pd}/]/u.test(before);
}
