// Running heads, running feet and page numbers: what stands at the edge of page after page is no part of the text. Pure.
import type { Line } from './pdf-text.ts';

/** Of the page's height, at its top and at its foot. */
const EDGE = 0.12;
/** So many lines of a page can be furniture, from each end. */
const EDGE_LINES = 3;
/** The same words at the same height are furniture on so many pages (a chapter's head does not stand on all), */
const ENOUGH_PAGES = 3;
/** and in a short file on two, if that is so large a share of them. */
const SHORT_SHARE = 0.4;

const PAGE_NUMBER =
  /^(?:[-–—|·\s]*(?:page|p\.|página|seite|第)?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*(?:页|頁)?(?:\s*(?:\/|of|de|von)\s*\d{1,4})?[-–—|·\s]*)$/iu;

/** The lines without furniture, in their order. */
export function withoutFurniture(lines: Line[]): Line[] {
  const pages = new Map<number, Line[]>();
  for (const line of lines) {
    const page = pages.get(line.page);
    if (page) page.push(line);
    else pages.set(line.page, [line]);
  }
  const edges = new Set([...pages.values()].flatMap(edgeLines));
  const seenOn = new Map<string, Set<number>>();
  for (const line of edges) {
    const key = keyOf(line);
    seenOn.set(key, (seenOn.get(key) ?? new Set()).add(line.page));
  }
  const repeats = (line: Line) => {
    const count = seenOn.get(keyOf(line))!.size;
    return count >= ENOUGH_PAGES || (count === 2 && count >= SHORT_SHARE * pages.size);
  };
  return lines.filter((line) => !edges.has(line) || !(PAGE_NUMBER.test(line.text) || repeats(line)));
}

function edgeLines(lines: Line[]): Line[] {
  const byHeight = lines.toSorted((a, b) => b.y - a.y);
  return [
    ...byHeight.slice(0, EDGE_LINES).filter(({ level }) => level > 1 - EDGE),
    ...byHeight.slice(-EDGE_LINES).filter(({ level }) => level < EDGE),
  ];
}

/** Equal for the same words at the same height, whatever number stands among them. */
function keyOf({ text, y }: Line): string {
  return `${text.toLowerCase().replace(/\d+/g, '#')} ${Math.round(y / 6)}`;
}
