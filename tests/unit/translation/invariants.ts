// What holds for every translation of a marked text, whatever the translator says.
import type { Mark, MarkedText, Translation } from '../../../lib/protocol.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Scripts without space between words have no such edge to test. */
const WITHIN_WORD = /^(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}])[\p{L}\p{N}]){2}$/u;

/** "MoreMenu": where two elements meet so, the one ends a text and the other begins one. */
const JOINT = /^\p{Ll}[\p{Lu}[]$/u;
const splits = (whole: string, at: number) => WITHIN_WORD.test(whole.slice(at - 1, at + 1));

/** The laws that `result` breaks, by name; none for a good one. */
export function violations(source: MarkedText, result: Translation): string[] {
  const { text, marks, kept } = result;
  const broken = new Set<string>();
  const require = (holds: boolean, law: string) => {
    if (!holds) broken.add(law);
  };
  const ids = (of: readonly Mark[]) => of.map(({ id }) => id).sort((a, b) => a - b);
  require(JSON.stringify(ids(source.marks)) === JSON.stringify(ids(marks)), 'each mark once');
  const edges = new Set([text.length]);
  for (const { index } of graphemes.segment(text)) edges.add(index);
  const before = new Map(source.marks.map((mark) => [mark.id, mark]));
  const after = new Map(marks.map((mark) => [mark.id, mark]));
  const hasJoints = source.marks.some(({ start, end }) =>
    [start, end].some((at) => JOINT.test(source.text.slice(at - 1, at + 1))),
  );
  let last = 0;
  const open: Mark[] = [];
  for (const mark of marks) {
    const { start, end } = mark;
    require(start >= last && start <= end && end <= text.length, 'in bounds and order');
    last = start;
    require(edges.has(start) && edges.has(end), 'no grapheme split');
    while (open.length > 0 && open[open.length - 1].end <= start) open.pop();
    require((open.at(-1)?.end ?? text.length) >= end, 'no marks cross');
    if (end > start) open.push(mark);
    const was = before.get(mark.id);
    if (!was) continue;
    const said = source.text.slice(was.start, was.end);
    if (start === end) continue;
    require(was.end > was.start, 'what had no text has none');
    const isSpaced = /^\s|\s$/.test(said);
    require(isSpaced || !/^\s|\s$/.test(text.slice(start, end)), 'no space at an edge');
    const wasSplit = splits(source.text, was.start) || splits(source.text, was.end);
    const isNew = (at: number) => splits(text, at) && !(hasJoints && JOINT.test(text.slice(at - 1, at + 1)));
    require(wasSplit || !(isNew(start) || isNew(end)), 'no word split');
  }
  source.marks.forEach((mark, index) => {
    const now = after.get(mark.id);
    for (const outer of source.marks.slice(0, index)) {
      const around = after.get(outer.id);
      const isInside = outer.end > outer.start && outer.end >= mark.end && outer.end > mark.start;
      if (!now || !around || !isInside) continue;
      require(around.start <= now.start && now.end <= around.end, 'nested as before');
    }
    for (const other of source.marks.slice(0, index)) {
      const beside = after.get(other.id);
      if (!now || !beside || other.end > mark.start) continue;
      require(beside.end <= now.start || now.end <= beside.start, 'disjoint as before');
    }
  });
  for (const { start, end, doubts } of kept) {
    require(0 <= start && start < end && end <= text.length && doubts.length > 0, 'kept sentences in bounds');
    require(source.text.includes(text.slice(start, end)), 'kept sentences as they were');
  }
  const edge = (of: string) => [/^\s*/.exec(of)?.[0], /\s*$/.exec(of)?.[0], of.split('\n').length];
  require(JSON.stringify(edge(source.text)) === JSON.stringify(edge(text)), 'space kept');
  return [...broken];
}
