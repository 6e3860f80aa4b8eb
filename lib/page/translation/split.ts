// Cuts a run into what is translated as one text each: paragraphs that only empty lines divide, the links of a list.

import type { Inline, InlineChild, Run } from './inline-run.ts';
import { hasLetters, nodeOf } from './inline-run.ts';

export interface Part {
  run: Run;
  /** One of several links in a row: no sentence. */
  isListed: boolean;
  /** A form's field is in the line. */
  hasField: boolean;
  /** What ends the line that the run is in: images and reference marks may follow its text. */
  lineEnd: Node;
}

interface Piece extends Omit<Part, 'lineEnd'> {
  lineEnd: Node | null;
  /** An inline element with a background that the piece is all of, as a run: only on it may the text be legible. */
  filled: Pick<Part, 'run' | 'lineEnd'> | null;
}

/** In the order of the page. What has no letters is left out. */
export function splitRun(whole: Run): Part[] {
  const parts: Part[] = [];
  const stack: Piece[] = [{ run: whole, isListed: false, hasField: false, lineEnd: null, filled: null }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { run, filled, ...rest } = next;
    const lines = splitAtEmptyLines(run.children);
    if (lines.length > 1) {
      const runs = lines.map((children): Run => ({ ...run, children }));
      stack.push(...runs.map((line) => ({ ...rest, run: line, filled: null })).toReversed());
      continue;
    }
    const children = trim(lines[0]);
    if (children.length === 0) continue;
    const last = nodeOf(lines[0].findLast((child) => !isBlank(child) && !isBreak(child))!);
    const isTrimmed = last !== nodeOf(children.at(-1)!);
    const lineEnd = rest.lineEnd ?? (isTrimmed ? last : null);
    const hasField = rest.hasField || lines[0].some(isField);
    const part = filled ?? { run: { ...run, children }, lineEnd: lineEnd ?? last };
    const inner = { ...rest, hasField, lineEnd };
    const links = listedLinks(children);
    const [first] = children;
    if (children.length === 1 && first.kind === 'inline') {
      stack.push({ ...inner, run: contentOf(first), filled: filled ?? (first.isFilled ? part : null) });
    } else if (links) {
      const runs = links.map(contentOf);
      stack.push(...runs.map((link) => ({ ...inner, run: link, isListed: true, filled: null })).toReversed());
    } else if (hasLetters(part.run)) {
      parts.push({ ...part, isListed: rest.isListed, hasField });
    }
  }
  return parts;
}

/** Two line breaks are a paragraph's end. */
function splitAtEmptyLines(children: InlineChild[]): InlineChild[][] {
  const pieces: InlineChild[][] = [];
  let piece: InlineChild[] = [];
  let breaks = 0;
  for (const child of children) {
    if (isBreak(child)) breaks += 1;
    else if (!isBlank(child)) {
      if (breaks > 1) {
        pieces.push(piece);
        piece = [];
      }
      breaks = 0;
    }
    piece.push(child);
  }
  return [...pieces, piece];
}

/** Without white space, line breaks, images and controls at its ends: they stay where they are. */
function trim(children: InlineChild[]): InlineChild[] {
  const isMeant = (child: InlineChild) => !isBlank(child) && !(child.kind === 'atom' && !child.hasText);
  return children.slice(Math.max(children.findIndex(isMeant), 0), children.findLastIndex(isMeant) + 1);
}

function contentOf({ element, children }: Inline): Run {
  return { kind: 'run', parent: element, children };
}

/** Several links with no words between them. */
function listedLinks(piece: InlineChild[]): Inline[] | null {
  const links: Inline[] = [];
  for (const child of piece) {
    if (child.kind === 'text' && /\p{L}/u.test(child.node.data)) return null;
    if (child.kind === 'atom' && child.hasText) return null;
    if (child.kind === 'inline' && !isLink(child)) return null;
    if (child.kind === 'inline') links.push(child);
  }
  return links.length > 1 ? links : null;
}

function isLink(inline: Inline): boolean {
  for (let at: Inline | undefined = inline; at;) {
    if (/^(a|label)$/.test(at.element.localName)) return true;
    const meant: InlineChild[] = at.children.filter((child) => !isBlank(child));
    at = meant.length === 1 && meant[0].kind === 'inline' ? meant[0] : undefined;
  }
  return false;
}

function isBlank(child: InlineChild): boolean {
  return child.kind === 'text' && !/\S/.test(child.node.data);
}

function isBreak(child: InlineChild): boolean {
  return child.kind === 'atom' && child.isBreak;
}

function isField(child: InlineChild): boolean {
  return child.kind === 'atom' && /^(input|select|textarea)$/.test(child.element.localName);
}
