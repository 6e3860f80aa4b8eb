// Edits put into what an editor copies: the text changes, everything else is as the editor had it.
import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, it } from 'vitest';
import { editFragment, type FragmentFormat } from '../../../lib/page/editable/fragment.ts';
import { applyEdits, type TextEdit } from '../../../lib/page/editable/target.ts';
import type { Character } from '../../../lib/page/editable/text-map.ts';
import { seeded } from './random-markup.ts';

const RUNS = 100;
const { window } = new JSDOM('');
const PIECES = ['tide ', 'naïve', ' 潮が', 'الماء', ' 👩‍👩‍👧 ', 'e\u0301a', '', 'a\u00a0b', '&<b> '];

beforeAll(() => {
  Object.assign(globalThis, { DOMParser: window.DOMParser, NodeFilter: window.NodeFilter });
});

/** One paragraph, each piece with a mark of its own. */
const COPIES: Record<FragmentFormat, { of: (pieces: string[]) => string; texts: (data: string) => string[] }> = {
  'application/x-lexical-editor': {
    of: (pieces) =>
      JSON.stringify({ namespace: 'n', nodes: pieces.map((text, format) => ({ type: 'text', format, text })) }),
    texts: (data) => (JSON.parse(data) as { nodes: { text: string; format: number }[] }).nodes.map(({ text }) => text),
  },
  'application/x-slate-fragment': {
    of: (pieces) =>
      btoa(encodeURIComponent(JSON.stringify([{ children: pieces.map((text, mark) => ({ text, mark })) }]))),
    texts: (data) =>
      (JSON.parse(decodeURIComponent(atob(data))) as [{ children: { text: string }[] }])[0].children.map(
        ({ text }) => text,
      ),
  },
  'text/html': {
    of: (pieces) => {
      const body = window.document.createElement('body');
      for (const piece of pieces) body.appendChild(window.document.createElement('i')).textContent = piece;
      return body.innerHTML;
    },
    texts: (data) =>
      [...new window.DOMParser().parseFromString(data, 'text/html').querySelectorAll('i')].map(
        ({ textContent }) => textContent,
      ),
  },
};

describe.each(Object.keys(COPIES) as FragmentFormat[])('a copy as %s', (format) => {
  const { of, texts } = COPIES[format];

  it('takes edits, and keeps its pieces', () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const random = seeded(seed);
      const pieces = Array.from({ length: 1 + random(6) }, () => PIECES[random(PIECES.length)]);
      const text = pieces.join('');
      if (text === '') continue;
      const edits = randomEdits(text, random);
      const edited = editFragment(format, of(pieces), text, charactersOf(text), edits);
      expect(texts(edited!).join(''), JSON.stringify({ pieces, edits })).toBe(applyEdits(text, edits));
      expect(texts(edited!)).toHaveLength(pieces.length);
    }
  });

  it('that is of another text takes none', () => {
    const edits = [{ start: 0, end: 1, replacement: 'x' }];
    expect(editFragment(format, of(['one ', 'two']), 'one too', charactersOf('one too'), edits)).toBeNull();
    expect(editFragment(format, of(['one ', 'two', ' more']), 'one two', charactersOf('one two'), edits)).toBeNull();
    expect(editFragment(format, '{', 'one two', charactersOf('one two'), edits)).toBeNull();
    expect(editFragment(format, '', 'one two', charactersOf('one two'), edits)).toBeNull();
  });
});

it('leaves mentions and line breaks alone, which have no text in a copy', () => {
  const text = 'Ask @Ana\nagain';
  const characters = charactersOf(text).map((character, at) => ({
    ...character,
    island: at >= 4 && at < 8 ? ({} as Element) : null,
    breaks: text[at] === '\n' ? ('line' as const) : null,
  }));
  const mention = { type: 'mention', children: [{ text: '' }] };
  const copy = (last: string) =>
    btoa(encodeURIComponent(JSON.stringify([{ children: [{ text: 'Ask ' }, mention, { text: `\n${last}` }] }])));
  const edit = { start: 9, end: 14, replacement: 'once more' };
  expect(editFragment('application/x-slate-fragment', copy('again'), text, characters, [edit])).toBe(copy('once more'));
  const over = { start: 0, end: 14, replacement: 'x' };
  expect(editFragment('application/x-slate-fragment', copy('again'), text, characters, [over])).toBeNull();
});

/** Disjoint and ascending; some only insert, some only delete. */
function randomEdits(text: string, random: (below: number) => number): TextEdit[] {
  const edits: TextEdit[] = [];
  for (let at = random(3); at < text.length; at += 1 + random(6)) {
    const end = Math.min(text.length, at + random(4));
    edits.push({ start: at, end, replacement: PIECES[random(PIECES.length)] });
    at = end;
  }
  return edits;
}

function charactersOf(text: string): Character[] {
  return text.split('').map(() => ({ breaks: null, island: null }) as Character);
}
