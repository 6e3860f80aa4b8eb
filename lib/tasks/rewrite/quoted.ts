// What somebody else has said: text between quotation marks, which nobody else puts into other words.
import type { Span } from '../sentences.ts';

const QUOTATION =
  /(?<![\p{L}\p{N}])"(?=\S)[^"\n]*"(?![\p{L}\p{N}])|“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»|「[^」\n]*」|『[^』\n]*』/gu;

/** The quotations of a text, with their marks. */
export function quotedSpans(text: string): Span[] {
  return [...text.matchAll(QUOTATION)].map(({ 0: quotation, index }) => ({
    start: index,
    end: index + quotation.length,
  }));
}
