// Every architecture of Firefox Translations, small and with random weights, against a forward pass written out in plain loops.
import { beforeAll, describe, expect, it } from 'vitest';
import { MarianFile } from '../../../lib/model/marian/marian-file.ts';
import { MarianModel } from '../../../lib/model/marian/marian-model.ts';
import { Shortlist } from '../../../lib/model/marian/shortlist.ts';
import { translateAll } from '../../../lib/model/marian/translate-all.ts';
import { readConfig } from '../../../lib/model/marian/config.ts';
import type { OrtModule } from '../../../lib/model/ort/module.ts';
import { marianTranslate } from '../../reference/marian-fp32.ts';
import { openRuntime } from '../../reference/marian-pack.ts';
import { writePack, type MarianShape } from '../../reference/marian-writer.ts';

const { signal } = new AbortController();
const TEXTS = ['hello world', 'a', 'the quick fox', 'zzz yyy x'];

let module: OrtModule;
beforeAll(async () => {
  module = await openRuntime();
});

const SHAPES: [string, MarianShape][] = [
  ['tiny', { encoderLayers: 6, decoderLayers: 2, hiddenSize: 32, feedForwardSize: 96, heads: 8 }],
  ['base-memory', { encoderLayers: 6, decoderLayers: 4, hiddenSize: 48, feedForwardSize: 96, heads: 8 }],
  ['base', { encoderLayers: 6, decoderLayers: 2, hiddenSize: 64, feedForwardSize: 128, heads: 8 }],
  ['split', { encoderLayers: 6, decoderLayers: 4, hiddenSize: 48, feedForwardSize: 96, heads: 8, split: true }],
];

describe.each(SHAPES)('%s', (_, shape) => {
  const pack = writePack(shape);
  const file = MarianFile.open(pack.model);
  const { sourceTokens, targetTokens } = readConfig(file.configuration);
  const shortlist = Shortlist.open(pack.shortlist, sourceTokens, targetTokens, !shape.split);
  let model: MarianModel;
  beforeAll(async () => {
    model = await MarianModel.open(module, pack);
    return () => model.dispose();
  });

  const expected = (text: string, choices: 'shortlist' | 'all') => {
    const source = model.vocabulary.encode(text);
    const allowed =
      choices === 'all' ? Array(targetTokens).keys() : shortlist.select([...source.map(({ id }) => id), 0]);
    const input = source.map(({ id, start, end }) => ({ id, hasText: end > start }));
    const written = marianTranslate(file, input, allowed, 3 * (source.length + 1));
    const { text: translation, tokens } = model.targetVocabulary.decode(written.ids);
    const alignment = tokens.map(({ start, end }, t) => {
      const from = source[written.alignment[t]];
      return { start, end, sourceStart: from.start, sourceEnd: from.end };
    });
    return { text: translation, alignment: alignment.filter(({ start, end }) => end > start) };
  };

  it.each(['shortlist', 'all'] as const)('fp32 writes and aligns as the plain model does (%s)', async (choices) => {
    const tokens = TEXTS.map((text) => model.vocabulary.encode(text));
    const way = { precisions: { encoder: 'fp32', decoder: 'fp32' }, choices } as const;
    const translations = await model.translate(tokens, way, signal);
    expect(translations).toEqual(TEXTS.map((text) => expected(text, choices)));
    expect(new Set(translations.map(({ text }) => text)).size).toBe(TEXTS.length);
  });

  it('int8 begins most translations alike', async () => {
    const way = { precisions: { encoder: 'int8', decoder: 'int8' }, choices: 'all' } as const;
    const translations = await model.translate(
      TEXTS.map((text) => model.vocabulary.encode(text)),
      way,
      signal,
    );
    const alike = TEXTS.filter((text, i) => expected(text, 'all').text.startsWith(translations[i].text[0]));
    expect(alike.length).toBeGreaterThanOrEqual(3);
  });
});

describe('a few sentences', () => {
  const few = { precisions: { encoder: 'int8', decoder: 'fp32' }, choices: 'shortlist' } as const;
  const isOpenAfter = async (...calls: string[][]) => {
    const model = await MarianModel.open(module, writePack(SHAPES[0][1]));
    for (const texts of calls) await translateAll(model, texts, false, signal);
    const isOpen = model.isOpen(few);
    model.dispose();
    return isOpen;
  };

  it('have a decoder of their own, which is not built where there is one for many', async () => {
    expect(await isOpenAfter(['hello world'])).toBe(true);
    expect(await isOpenAfter(TEXTS, ['hello world'])).toBe(false);
    expect(await isOpenAfter(['hello world'], TEXTS)).toBe(true);
  });
});
