// Every architecture of Firefox Translations, small and with random weights, against a forward pass written out in plain loops.
import { beforeAll, describe, expect, it } from 'vitest';
import { MarianFile } from '../../../lib/model/marian/marian-file.ts';
import { MarianModel } from '../../../lib/model/marian/marian-model.ts';
import { Shortlist } from '../../../lib/model/marian/shortlist.ts';
import { readConfig } from '../../../lib/model/marian/config.ts';
import { marianTranslate } from '../../reference/marian-fp32.ts';
import { openKernels } from '../../reference/marian-pack.ts';
import { writePack, type MarianShape } from '../../reference/marian-writer.ts';

const TEXTS = ['hello world', 'a', 'the quick fox', 'zzz yyy x'];

let kernels: WebAssembly.Module;
beforeAll(async () => {
  kernels = await openKernels();
});

const SHAPES: [string, MarianShape][] = [
  ['tiny', { encoderLayers: 6, decoderLayers: 2, hiddenSize: 32, feedForwardSize: 96, heads: 8 }],
  ['base-memory', { encoderLayers: 6, decoderLayers: 4, hiddenSize: 64, feedForwardSize: 96, heads: 8 }],
  ['base', { encoderLayers: 6, decoderLayers: 2, hiddenSize: 96, feedForwardSize: 192, heads: 8 }],
  ['split', { encoderLayers: 6, decoderLayers: 4, hiddenSize: 64, feedForwardSize: 40, heads: 8, split: true }],
];

describe.each(SHAPES)('%s', (_, shape) => {
  const pack = writePack(shape);
  const file = MarianFile.open(pack.model);
  const { sourceTokens, targetTokens } = readConfig(file.configuration);
  const shortlist = Shortlist.open(pack.shortlist, sourceTokens, targetTokens, !shape.split);
  let model: MarianModel;
  beforeAll(async () => {
    model = await MarianModel.open(kernels, pack);
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

  it.each(['shortlist', 'all'] as const)('writes and aligns as the plain model does (%s)', (choices) => {
    const tokens = TEXTS.map((text) => model.vocabulary.encode(text));
    const translations = model.translate(tokens, choices);
    expect(translations).toEqual(TEXTS.map((text) => expected(text, choices)));
    expect(new Set(translations.map(({ text }) => text)).size).toBe(TEXTS.length);
    expect(tokens.map((each) => model.translate([each], choices)[0])).toEqual(translations);
  });
});
