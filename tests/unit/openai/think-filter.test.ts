import { expect, test } from 'vitest';
import { ThinkFilter } from '../../../lib/model/openai/think-filter.ts';
import { EchoFilter } from '../../../lib/model/openai/echo-filter.ts';
import { mulberry32 } from '../../../lib/model/runtime/random.ts';

function filtered(parts: readonly string[]): string {
  const filter = new ThinkFilter();
  return parts.map((part) => filter.push(part)).join('') + filter.flush();
}

/** The same by one expression over the whole text. */
function expected(text: string): string {
  return text
    .replace(/<think(?:ing)?>[^]*?(?:<\/think(?:ing)?>|$)|<\/think(?:ing)?>/g, '\u0000')
    .replace(/([^\s\0]?)\0[\0\s]*(?=(\S?))/g, (_, before: string, after: string) =>
      before && after ? `${before} ` : before,
    );
}

const split = (text: string, cuts: readonly number[]) =>
  [0, ...cuts].map((from, i) => text.slice(from, [...cuts, text.length][i]));

test.each([
  ['<think>Let me see.</think>\n\nIt is blue.', 'It is blue.'],
  ['<thinking>\nHm\n</thinking> Yes.', 'Yes.'],
  ['It is <b>blue</b> & a < b.', 'It is <b>blue</b> & a < b.'],
  ['never ends <think>so', 'never ends '],
  ['of the prompt </think> The answer', 'of the prompt The answer'],
  ['a <thin', 'a <thin'],
  ['<think></think>', ''],
  ['one <think>x</think> two <think>y</think> three', 'one two three'],
])('%s', (text, shown) => {
  expect(filtered([text])).toBe(shown);
  expect(expected(text)).toBe(shown);
});

test('the same comes out over every way to cut a text in three', () => {
  for (const text of [
    '<think>a<b</think>\n <i>x',
    'q</thinking>\t<think>w</think>e<th',
    'a<think>b</think>c</think> d',
  ]) {
    for (let one = 0; one <= text.length; one++) {
      for (let two = one; two <= text.length; two++) {
        expect(filtered(split(text, [one, two])), `${one} ${two} of ${text}`).toBe(expected(text));
      }
    }
  }
});

test('the same comes out of any text, however it is cut', () => {
  const random = mulberry32(7);
  const draw = (below: number) => Math.floor(random() * below);
  const words = [
    '<think>',
    '</think>',
    '<thinking>',
    '</thinking>',
    '<',
    'th',
    'ink>',
    '/',
    '>',
    ' ',
    '\n',
    'a',
    '思',
    '😀',
  ];
  for (let round = 0; round < 5000; round++) {
    const text = Array.from({ length: draw(14) }, () => words[draw(words.length)]).join('');
    const cuts = Array.from({ length: draw(8) }, () => draw(text.length + 1)).sort((a, b) => a - b);
    const shown = filtered(split(text, cuts));
    expect(shown, JSON.stringify([text, cuts])).toBe(expected(text));
    expect(shown).not.toMatch(/<\/?think(ing)?>/);
  }
});

test('an echo is taken off, whole and in pieces; anything else stays', () => {
  const echoed = (echo: string, parts: string[]) => {
    const filter = new EchoFilter(echo);
    return parts.map((part) => filter.push(part)).join('') + filter.flush();
  };
  expect(echoed('Sure: ', ['Su', 're', ': it is'])).toBe('it is');
  expect(echoed('Sure: ', ['Su', 'ch is'])).toBe('Such is');
  expect(echoed('Sure: ', ['Su'])).toBe('Su');
  expect(echoed('', ['a', 'b'])).toBe('ab');
});
