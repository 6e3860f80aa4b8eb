// References to notes, emoji, arrows and all else that the vocabulary lacks and no other guard knows: taken out while the sentence
// is translated, and put back by the words that they stand at.
import { spanAfter, type Edit } from '../edits.ts';
import { linkUnits, placeOf } from '../linked-units.ts';
import { NOTES } from '../patterns.ts';
import type { Guard } from './guard.ts';

const NOTES_BEHIND = new RegExp(NOTES, 'gu');

export const symbols: Guard = {
  protect(sentence, { isLost, isClaimed }) {
    const edits: Edit[] = [];
    for (const { 0: notes, index } of sentence.matchAll(NOTES_BEHIND))
      edits.push({ start: index, end: index + notes.length, text: '' });
    let last: Edit | undefined;
    for (const { 0: character, index } of sentence.matchAll(/./gsu)) {
      const isModifier = last?.end === index && /[\p{Cf}\p{Mn}\p{Me}\p{Sk}]/u.test(character);
      if (/\s/.test(character) || isClaimed(index) || (!isLost(character) && !isModifier)) continue;
      if (last?.end === index) last.end += character.length;
      else edits.push((last = { start: index, end: index + character.length, text: '' }));
    }
    for (const edit of edits) {
      const [before, after] = [sentence[edit.start - 1] ?? '', sentence[edit.end] ?? ''];
      if (/\s/.test(before) && /\s/.test(after)) edit.end += 1;
      else if (/[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after)) edit.text = ' ';
    }
    return edits;
  },

  restore(own, { source, prepared, edits, translation: { text, alignment } }) {
    const linked = linkUnits(prepared, text, alignment);
    return {
      edits: own.map((edit) => {
        const symbol = source.slice(edit.start, edit.end).trimEnd();
        const { start } = spanAfter(edits, edit);
        const isSpaced = symbol.length < edit.end - edit.start;
        const isAttached = edit.start > 0 && /\S/.test(source[edit.start - 1]);
        const at = placeOf(linked, start, isSpaced || isAttached ? 'after' : 'before');
        const insertion = isSpaced ? (at === 0 ? `${symbol} ` : ` ${symbol}`) : symbol;
        const place = { start: edit.start, end: edit.start + symbol.length };
        return { start: at, end: at, text: insertion, source: place };
      }),
      isWhole: true,
    };
  },
};
