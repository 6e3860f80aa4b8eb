// Dashes that the vocabulary lacks: hyphens while they are translated, with spaces where they part clauses.
import type { AlignedPiece } from '../../../model/translator.ts';
import { spanAfter, type Edit } from '../edits.ts';
import type { Guard, Passage } from './guard.ts';

const DASH = /[‐‑‒–—―−﹣－]/u;
const LONG = /[—―]/u;
const BETWEEN_CLAUSES = ' - ';
const SPACED_HYPHEN = /(?<=\s)--?(?=[\s,;.:!?]|$)|^--?(?=\s)/g;

export const dashes: Guard = {
  protect(sentence, { isLost }) {
    const edits: Edit[] = [];
    for (let start = 0; start < sentence.length; start++) {
      if (!DASH.test(sentence[start]) || !isLost(sentence[start])) continue;
      const isTight = /\S/.test(sentence[start - 1] ?? ' ') && /\S/.test(sentence[start + 1] ?? ' ');
      const text = isTight && LONG.test(sentence[start]) ? BETWEEN_CLAUSES : '-';
      edits.push({ start, end: start + 1, text });
    }
    return edits;
  },

  restore(own, passage) {
    const { prepared, translation, edits, source } = passage;
    const inner = own.filter((edit) => !isBetweenClauses(prepared, edits, edit));
    const between = own.filter((edit) => isBetweenClauses(prepared, edits, edit));
    const restored = inner.flatMap((edit) => withinWord(edit, passage));
    const hyphens = [...prepared.matchAll(SPACED_HYPHEN)].map(({ index }) =>
      between.find((edit) => spanAfter(edits, edit).start <= index && index < spanAfter(edits, edit).end),
    );
    const found = [...translation.text.matchAll(SPACED_HYPHEN)];
    found.forEach((match, index) => {
      const edit = found.length === hyphens.length ? hyphens[index] : between[Math.min(index, between.length - 1)];
      if (!edit) return;
      const dash = source.slice(edit.start, edit.end);
      const isTight = edit.text === BETWEEN_CLAUSES && match.index > 0;
      const [start, end] = [match.index, match.index + match[0].length];
      restored.push(
        isTight
          ? { start: start - 1, end: Math.min(translation.text.length, end + 1), text: dash }
          : { start, end, text: dash },
      );
    });
    return { edits: restored, isWhole: true };
  },
};

function isBetweenClauses(prepared: string, edits: readonly Edit[], edit: Edit): boolean {
  const { start, end } = spanAfter(edits, edit);
  return edit.text === BETWEEN_CLAUSES || (/\s/.test(prepared[start - 1] ?? ' ') && /\s/.test(prepared[end] ?? ' '));
}

/** In "1998–2004" or "Paris–London": the hyphen beside the same characters, else the one that the alignment leads back here. */
function withinWord(edit: Edit, { prepared, translation, edits, source }: Passage): Edit[] {
  const { start, end } = spanAfter(edits, edit);
  const dash = source.slice(edit.start, edit.end);
  const head = /[^\s-]*$/.exec(prepared.slice(0, start))?.[0] ?? '';
  const tail = /^[^\s-]*/.exec(prepared.slice(end))?.[0] ?? '';
  const places = [`${head}-${tail}`, head && `${head}-`, tail && `-${tail}`].map((kept) => {
    const found = kept ? translation.text.indexOf(kept) : -1;
    return found < 0 ? -1 : found + kept.indexOf('-');
  });
  const same = places.find((place) => place >= 0);
  const at = same ?? alignedHyphen(translation.text, translation.alignment, start);
  return at < 0 ? [] : [{ start: at, end: at + 1, text: dash }];
}

function alignedHyphen(text: string, alignment: readonly AlignedPiece[], source: number): number {
  const piece = alignment.find(
    (each) =>
      each.sourceStart <= source &&
      source < each.sourceEnd &&
      /\S-\S/.test(text.slice(Math.max(0, each.start - 1), each.end + 1)),
  );
  return piece ? text.indexOf('-', piece.start) : -1;
}
