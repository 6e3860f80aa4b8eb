// Cuts a run into what is translated as one text each: paragraphs that only empty lines divide, the links of a list.

import type { Inline, InlineChild, Run } from './inline-run.ts';
import { hasLetters } from './inline-run.ts';

export interface Part {
  run: Run;
  /** One of several links in a row: a label, no sentence. */
  isListed: boolean;
}

/** In the order of the page. What has no letters is left out. */
export function splitRun(whole: Run): Part[] {
  const parts: Part[] = [];
  const stack: Part[] = [{ run: whole, isListed: false }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { run, isListed } = next;
    const pieces = splitAtEmptyLines(run.children).map(trim);
    const inner = pieces.length === 1 ? wrapped(pieces[0]) : null;
    if (inner) {
      stack.push({ run: inner, isListed });
    } else if (pieces.length === 1) {
      const links = listedLinks(pieces[0]);
      const piece: Run = { ...run, children: pieces[0] };
      if (links) stack.push(...links.map((link) => ({ run: contentOf(link), isListed: true })).toReversed());
      else if (hasLetters(piece)) parts.push({ run: piece, isListed });
    } else {
      stack.push(...pieces.map((children) => ({ run: { ...run, children }, isListed })).toReversed());
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
    if (child.kind === 'atom' && child.isBreak) breaks += 1;
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

/** The content of the only element of a piece. */
function wrapped(piece: InlineChild[]): Run | null {
  return piece.length === 1 && piece[0].kind === 'inline' ? contentOf(piece[0]) : null;
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
