// A long page that is not one sentence over and over: the record of an invented railway, station by station, always the same.

const PLACES = [
  'Alder',
  'Brack',
  'Corrin',
  'Dunmere',
  'Elsing',
  'Farrow',
  'Gantry',
  'Holm',
  'Ivel',
  'Jarrow',
  'Keld',
  'Lorne',
];
const ENDINGS = ['Halt', 'Junction', 'Cross', 'Moor', 'Quay'];

type Fact = (name: string, number: (from: number, to: number) => number) => string;

const FACTS: Fact[] = [
  (name, n) => `${name} opened in ${n(1848, 1911)}, when the line reached the valley after ${n(2, 9)} years of work.`,
  (name, n) =>
    `The platform of ${name} is ${n(80, 240)} metres long and was raised by ${n(10, 60)} centimetres in ${n(1950, 1999)}.`,
  (_, n) =>
    `Some ${n(40, 900)} people board here on a working day, about ${n(3, 30)} per cent more than ten years ago.`,
  (name, n) => `A fire destroyed the goods shed of ${name} in ${n(1912, 1946)}, and no one was hurt.`,
  (_, n) => `The signal box has ${n(8, 64)} levers, of which ${n(2, 7)} still move anything.`,
  (_, n) => `Its clock was built in the railway’s own workshop and is wound every ${n(3, 8)} days by a volunteer.`,
  (name, n) => `From ${name} a siding of ${n(200, 1900)} metres led to a quarry that closed in ${n(1955, 1985)}.`,
  (_, n) => `Trains wait here for the crossing traffic, in summer sometimes ${n(4, 18)} minutes.`,
  (name, n) =>
    `The waiting room of ${name} was sold for ${n(9, 70)},000 and is now a library with ${n(2, 9)},000 books.`,
  (_, n) => `Snow closed this section on ${n(3, 40)} days in the winter of ${n(1946, 1990)}.`,
];

interface Section {
  heading: string;
  paragraphs: string[];
}

/** With about so many words of text. */
export function inventedSections(words: number): Section[] {
  const number = numbers(20260914);
  const sections: Section[] = [];
  let written = 0;
  for (let station = 0; written < words; station++) {
    const heading = `${PLACES[station % PLACES.length]} ${ENDINGS[Math.floor(station / PLACES.length) % ENDINGS.length]}`;
    const first = number(0, FACTS.length - 1);
    const order = [...FACTS.slice(first), ...FACTS.slice(0, first)];
    const paragraphs = [order.slice(0, 5), order.slice(5)].map((facts) =>
      facts.map((fact) => fact(heading, number)).join(' '),
    );
    written += paragraphs.join(' ').split(' ').length + 2;
    sections.push({ heading, paragraphs });
  }
  return sections;
}

/** An HTML page with about so many words of text. */
export function articleOfWords(words: number): string {
  const sections = inventedSections(words).map(
    ({ heading, paragraphs }) => `<h2>${heading}</h2>\n${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The stations of the Northern Line</title>
    <link rel="icon" href="data:,"></head><body><article><h1>The stations of the Northern Line</h1>
    ${sections.join('\n')}</article></body></html>`;
}

/** Whole numbers from a range, the same sequence for the same seed (mulberry32). */
function numbers(seed: number): (from: number, to: number) => number {
  let state = seed;
  return (from, to) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return from + (((t ^ (t >>> 14)) >>> 0) % (to - from + 1));
  };
}
