// Texts with their marks written into them: "Click ⟦here⟧ to ⟦⟧ read". Ids are numbers in the order of the opening brackets.
import type { Mark, MarkedText } from '../../../lib/protocol.ts';

export function marked(written: string): MarkedText {
  let text = '';
  const marks: Mark[] = [];
  const open: Mark[] = [];
  for (const character of written) {
    if (character === '⟦') {
      const mark = { id: marks.length, start: text.length, end: text.length };
      marks.push(mark);
      open.push(mark);
    } else if (character === '⟧') {
      const mark = open.pop();
      if (mark) mark.end = text.length;
    } else text += character;
  }
  return { text, marks };
}

/** The same the other way round, with each mark's id: "Clique ⟦0 aqui⟧ para ⟦1 ⟧ler". */
export function written({ text, marks }: MarkedText): string {
  let result = '';
  for (let at = 0; at <= text.length; at++) {
    result += '⟧'.repeat(marks.filter(({ start, end }) => end === at && start < at).length);
    for (const { id, start, end } of marks) {
      if (start === at) result += end === at ? `⟦${String(id)} ⟧` : `⟦${String(id)} `;
    }
    result += text[at] ?? '';
  }
  return result;
}
