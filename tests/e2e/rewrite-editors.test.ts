// Replacing text in the editors that people write in, the real ones: their own state is what is read back, and one step of undo
// is what it takes. What each takes is what the README's table says (scripts/editors/table.ts).
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { EditorBrowser, type EditorPage } from '../editors/editor-page.ts';
import { EDITORS, type EditorCase } from '../editors/editors.ts';

const SELECTED = ' fox jump over the ';
const AFTER_SELECTED = 'lazy dog';
const ALL = '';
const MOST_STEPS = 8;
/** After which the reader goes on writing. */
const TYPED = new Set<EditorCase>(['words', 'hunks']);

interface Change {
  /** What is selected, ALL or a text; where it is absent, the caret stands in the middle paragraph. */
  select?: string;
  replace: [text: string, by: string][];
}

const CHANGES: Record<EditorCase, Change> = {
  words: { select: SELECTED, replace: [['jump over', 'jumps across']] },
  lines: { select: SELECTED, replace: [['jump over', 'jumps\nover']] },
  hunks: {
    replace: [
      ['jump', 'jumps'],
      ['teh river', 'the river'],
    ],
  },
  formatted: { replace: [['brown', 'red']] },
  deletion: { select: SELECTED, replace: [[' over', '']] },
  paragraphs: {
    select: ALL,
    replace: [
      ['First line stays', 'The first line stays'],
      ['jump', 'jumps'],
      ['teh river', 'the river'],
      ['line stays, too', 'line stays too'],
    ],
  },
};

describe('rewriting in', () => {
  let browser: EditorBrowser;
  let page: EditorPage;
  /** How many steps of undo the card would have said that it takes. */
  let foretold: number;

  beforeAll(async () => {
    browser = await EditorBrowser.launch(inject('browser'));
  });
  afterAll(() => browser.close());

  describe.each(EDITORS)('$title', ({ page: name, onlySelections = false, ...editor }) => {
    const { refuses = [], lacks = [] } = editor;
    const cases = (Object.keys(CHANGES) as EditorCase[]).filter((each) => !lacks.includes(each));
    let before: string;

    beforeAll(async () => {
      page = await browser.open(name);
      before = await page.state();
    });
    // Most tests leave all as it was, but for what can be undone and redone.
    beforeEach(async () => {
      if ((await page.state()) !== before) await page.reload();
      expect(await page.state()).toBe(before);
    });
    afterAll(() => page.close());

    test.each(cases)('%s', async (each) => {
      const text = await page.text();
      const change = CHANGES[each];
      const wanted = change.replace.reduce((now, [from, to]) => now.replace(from, to), text);
      const result = await rewrite(change);

      if (refuses.includes(each)) {
        expect(result).toBe('refused');
        expect(await page.state()).toBe(before);
        return;
      }
      expect(result).toBe('applied');
      expect(await page.text()).toBe(wanted);
      const after = await page.state();
      const kept = change.replace.reduce((now, [from, to]) => now.replace(from, to), before);
      // A line break is a paragraph in the state; where it is not, all but the words is as it was.
      if (each !== 'lines') expect(after).toBe(kept);

      const undone = await repeat(() => page.undo(), before);
      expect([undone, foretold]).toEqual([1, 1]);
      expect(await repeat(() => page.redo(), after)).toBe(undone);
      await repeat(() => page.undo(), before);
      if (!TYPED.has(each)) return;

      expect(await rewrite(change)).toBe('applied');
      await page.type('!');
      const rest = onlySelections ? AFTER_SELECTED : ' the lazy';
      const [, last] = change.replace.at(-1)!;
      const end = onlySelections || last === '' ? wanted.indexOf(rest) : wanted.indexOf(last) + last.length;
      expect(await page.text()).toBe(`${wanted.slice(0, end)}!${wanted.slice(end)}`);
    });

    test('a text that has changed meanwhile', async () => {
      await page.select(SELECTED);
      const captured = await page.ask('capture');
      await page.change();
      const changed = await page.text();
      expect(changed).toContain('fox will jump over');
      expect(await page.ask('apply', editsOf(captured!.text, CHANGES.words))).toBe('stale');
      expect(await page.text()).toBe(changed);
    });
  });

  /** As the reader would: the text selected, or the caret in it; the card takes the focus; then what it shows is applied. */
  async function rewrite(change: Change): Promise<string> {
    await page.select(change.select || SELECTED);
    if (change.select === undefined) await page.press('ArrowLeft');
    if (change.select === ALL) await page.press('a', ['Control']);
    const captured = await page.ask('capture');
    if (!captured) throw new Error('nothing captured');
    if (change.select) expect(captured.text.trim()).toBe(change.select.trim());
    if (change.select === ALL) expect(captured.text).toBe((await page.text()).trim());
    const edits = editsOf(captured.text, change);
    expect(await page.ask('losesFormatting', edits)).toBe(false);
    foretold = await page.ask('stepsOf', edits);
    return page.ask('apply', edits);
  }

  /** How often it takes until the editor's state is that one. */
  async function repeat(step: () => Promise<void>, state: string): Promise<number> {
    let count = 0;
    for (; count < MOST_STEPS && (await page.state()) !== state; count++) await step();
    expect(await page.state()).toBe(state);
    return count;
  }
});

function editsOf(text: string, { replace }: Change) {
  return replace.map(([from, replacement]) => {
    const start = text.indexOf(from);
    return { start, end: start + from.length, replacement };
  });
}
