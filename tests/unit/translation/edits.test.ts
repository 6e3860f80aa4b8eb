import { describe, expect, it } from 'vitest';
import { applyEdits, sortEdits, spanAfter, spanBefore } from '../../../lib/tasks/translation/edits.ts';

const text = '"and green leaves"';
const edits = sortEdits([
  { start: 14, end: 14, text: ' - ' },
  { start: 5, end: 10, text: 'X' },
  { start: 0, end: 1, text: '' },
]);
const after = applyEdits(text, edits);

describe('edits', () => {
  it('replace, delete and insert', () => {
    expect(after).toBe('and X lea - ves"');
  });

  it('leave out what overlaps an earlier one', () => {
    const overlapping = [
      { start: 2, end: 5, text: 'a' },
      { start: 4, end: 6, text: 'b' },
    ];
    expect(sortEdits(overlapping)).toEqual(overlapping.slice(0, 1));
  });

  it('keep two insertions at one place in their order', () => {
    const both = sortEdits([
      { start: 1, end: 1, text: 'b' },
      { start: 1, end: 1, text: 'c' },
    ]);
    expect(applyEdits('ad', both)).toBe('abcd');
  });

  it.each([
    ['and', 'and'],
    ['ree', 'X'],
    ['lea', 'lea'],
    ['ves', 'ves'],
    ['leaves', 'lea - ves'],
    ['nd green l', 'nd X l'],
  ])('know where "%s" lies afterwards', (part, expected) => {
    const start = text.indexOf(part);
    const moved = spanAfter(edits, { start, end: start + part.length });
    expect(after.slice(moved.start, moved.end)).toBe(expected);
  });

  it.each([
    ['and', 'and'],
    ['X', 'green'],
    ['lea - ves', 'leaves'],
    ['d X l', 'd green l'],
  ])('know where "%s" lay before', (part, expected) => {
    const start = after.indexOf(part);
    const moved = spanBefore(edits, { start, end: start + part.length });
    expect(text.slice(moved.start, moved.end)).toBe(expected);
  });
});
