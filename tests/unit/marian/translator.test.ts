// The translator over the packaged packs: order, routes, alignments, long sentences, abort, memory.
import { beforeAll, describe, expect, it } from 'vitest';
import { createMarianTranslator } from '../../../lib/model/marian-translator.ts';
import { cutSentence } from '../../../lib/model/marian/long-sentence.ts';
import type { PackSource } from '../../../lib/model/packs/pack.ts';
import type { SentenceTranslation, Translator } from '../../../lib/model/translator.ts';
import { openKernels, packagedSource } from '../../reference/marian-pack.ts';

const EN_PT = { from: 'en', to: 'pt' };
const PT_EN = { from: 'pt', to: 'en' };
const { signal } = new AbortController();

let kernels: WebAssembly.Module;
let reads: string[] = [];
let translator: Translator;
const counted: PackSource = {
  route: (pair) => packagedSource.route(pair),
  read: (pair, aborted) => {
    reads.push(`${pair.from}-${pair.to}`);
    return packagedSource.read(pair, aborted);
  },
};

beforeAll(async () => {
  kernels = await openKernels();
  translator = createMarianTranslator({ kernels, source: counted });
});

/** Each piece of a translation with the source's. */
function pairs(source: string, { text, alignment }: SentenceTranslation): [string, string][] {
  return alignment.map((piece) => [
    text.slice(piece.start, piece.end),
    source.slice(piece.sourceStart, piece.sourceEnd),
  ]);
}

it('answers in the order of the question, whatever the lengths, and empty for nothing', async () => {
  const texts = ['The cat sat on the mat while the dog slept.', '', 'Yes.', '   ', 'Good morning!'];
  const translations = await translator.translate(texts, EN_PT, signal);
  expect(translations.map(({ text }) => text)).toEqual([expect.stringContaining('gato'), '', 'Sim.', '', 'Bom dia!']);
  expect(translations[1].alignment).toEqual([]);
});

it('tells which words say what', async () => {
  const source = 'The white cat sleeps in the blue house.';
  const [translation] = await translator.translate([source], EN_PT, signal);
  const aligned = pairs(source, translation);
  expect(aligned).toContainEqual(['gato', 'cat']);
  expect(aligned).toContainEqual(['branco', 'white']);
  expect(aligned).toContainEqual(['casa', 'house']);
  expect(aligned).toContainEqual(['azul', 'blue']);
});

it('goes through English, and the alignments with it', async () => {
  const source = 'O gato dorme na casa azul.';
  const [translation] = await translator.translate([source], { from: 'pt', to: 'pt' }, signal);
  expect(translation.text).toBe(source);
  const aligned = pairs(source, translation);
  expect(aligned).toContainEqual(['gato', 'gato']);
  expect(aligned).toContainEqual(['azul', 'azul']);
});

it('translates carefully too', async () => {
  const [{ text }] = await translator.translate(['Where is the station?'], EN_PT, signal, { careful: true });
  expect(text).toBe('Onde está a estação?');
});

it('says what it would drop: letters of the source language’s own never, signs of any vocabulary on the way', async () => {
  const unknown = await translator.unknownCharacters!('It’s “5 €” — naïve 😀, not 中.', EN_PT, signal);
  expect(unknown).toEqual(new Set(['’', '“', '€', '”', '—', 'ï', '😀', '中']));
  expect(await translator.unknownCharacters!('Não há ação.', { from: 'pt', to: 'pt' }, signal)).toEqual(new Set());
});

describe('a sentence that is too long', () => {
  it('is translated in parts, aligned as a whole', async () => {
    const source = `${Array.from({ length: 90 }, (_, i) => `the house number ${i}`).join(', ')}.`;
    const [translation] = await translator.translate([source], EN_PT, signal);
    expect(translation.text.match(/casa/g)?.length).toBeGreaterThan(60);
    const last = translation.alignment.at(-1)!;
    expect([last.end, last.sourceEnd]).toEqual([translation.text.length, source.length]);
    expect(translation.alignment.every((piece, i, all) => i === 0 || piece.start >= all[i - 1].end)).toBe(true);
  });

  it('ends, whatever it is', async () => {
    const texts = ['x'.repeat(3000), '\u{1f600}'.repeat(9000), 'word '.repeat(500), '\u{fdfa}'.repeat(60)];
    const translations = await translator.translate(texts, EN_PT, signal);
    expect(translations).toHaveLength(texts.length);
  }, 60_000);

  it('is cut behind punctuation, else between words, else anywhere', () => {
    const characters = (text: string) => Array.from(text, (_, i) => ({ id: 2, start: i, end: i + 1 }));
    const cut = (text: string) => {
      const parts = cutSentence(text, characters, 10);
      return parts.map(({ start, tokens }) => text.slice(start, start + tokens.length));
    };
    expect(cut('short')).toEqual(['short']);
    expect(cut('one, two three')).toEqual(['one, two', ' three']);
    expect(cut('abcdef, gh ijkl')).toEqual(['abcdef,', ' gh ijkl']);
    expect(cut('abcdefghijklmnopqrstuvwxyz')).toEqual(['abcdefghij', 'klmnopqrst', 'uvwxyz']);
  });
});

it('stops between two batches', async () => {
  const controller = new AbortController();
  const running = translator.translate(Array<string>(200).fill('Nobody knows.'), EN_PT, controller.signal);
  setTimeout(() => controller.abort(), 30);
  await expect(running).rejects.toMatchObject({ code: 'aborted' });
  const [{ text }] = await translator.translate(['Yes.'], EN_PT, signal);
  expect(text).toBe('Sim.');
});

it('reads a pack once, and keeps a few models', async () => {
  expect(reads).toEqual(['en-pt', 'pt-en']);
  reads = [];
  const small = createMarianTranslator({ kernels, source: counted, maxModels: 1 });
  for (let i = 0; i < 2; i++) {
    await small.translate(['Yes.'], EN_PT, signal);
    await small.translate(['Sim.'], PT_EN, signal);
  }
  expect(reads).toEqual(['en-pt', 'pt-en', 'en-pt', 'pt-en']);
  small.dispose();
  await expect(small.translate(['Yes.'], EN_PT, signal)).rejects.toMatchObject({ code: 'internal' });
}, 60_000);

it('passes on why a pack cannot be read', async () => {
  await expect(translator.translate(['Ja.'], { from: 'de', to: 'en' }, signal)).rejects.toMatchObject({
    code: 'pack-missing',
  });
});
