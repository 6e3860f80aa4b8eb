// Editable markup as people leave it behind: nested formatting, lists, breaks, empty paragraphs, every kind of script. From a seed.

const WORDS = [
  'tide',
  'naïve',
  '潮が',
  '遅れて',
  'الماء',
  'שלום',
  '👩‍👩‍👧',
  '🏳️‍🌈',
  'e\u0301a',
  '𝒳y',
  'a\u00a0b',
  '10',
  '&amp;',
];
const INLINE = ['b', 'i', 'a href="#"', 'code', 'span style="color: red"', 'span dir="rtl"'];

export type Random = (below: number) => number;

/** Mulberry32 (Tommy Ettinger, public domain). */
export function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export function randomMarkup(random: Random): string {
  return Array.from({ length: 1 + random(5) }, () => block(random, 0)).join(random(2) ? '\n  ' : '');
}

function block(random: Random, depth: number): string {
  switch (random(7)) {
    case 0:
      return '<div><br></div>';
    case 1:
      return `<ul>${Array.from({ length: 1 + random(3) }, () => item(random, depth)).join('\n')}</ul>`;
    case 2:
      return `<div style="white-space: pre-wrap">${words(random)}\n\n  ${words(random)}</div>`;
    case 3:
      return depth < 2
        ? `<blockquote>${block(random, depth + 1)}${block(random, depth + 1)}</blockquote>`
        : line(random);
    default:
      return `<div>${line(random)}</div>`;
  }
}

function item(random: Random, depth: number): string {
  return `<li>${line(random)}${depth < 2 && random(3) === 0 ? `<ul>${item(random, depth + 1)}</ul>` : ''}</li>`;
}

function line(random: Random): string {
  return Array.from({ length: 1 + random(4) }, () => piece(random, 0)).join(random(2) ? ' ' : '');
}

function piece(random: Random, depth: number): string {
  if (random(8) === 0) return `${words(random)}<br>${random(3) === 0 ? '<br>' : ''}${words(random)}`;
  if (depth > 2 || random(2)) return words(random);
  const open = INLINE[random(INLINE.length)];
  return `<${open}>${piece(random, depth + 1)}</${open.split(' ')[0]}>`;
}

function words(random: Random): string {
  return Array.from({ length: 1 + random(3) }, () => WORDS[random(WORDS.length)]).join(random(4) ? ' ' : '  \n ');
}
