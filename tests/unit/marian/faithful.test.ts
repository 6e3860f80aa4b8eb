// The packaged models say what the reference engine says, word for word. Runs the real weights for some seconds.
import { beforeAll, describe, expect, it } from 'vitest';
import { MarianModel } from '../../../lib/model/marian/marian-model.ts';
import { translateAll } from '../../../lib/model/marian/translate-all.ts';
import { openKernels, readPack, referenceTranslations } from '../../reference/marian-pack.ts';

const MINUTE = 60_000;

let kernels: WebAssembly.Module;
beforeAll(async () => {
  kernels = await openKernels();
});

describe.each(['en-pt', 'pt-en'] as const)('%s', (pair) => {
  const sentences = referenceTranslations(pair);
  const sources = sentences.map(({ source }) => source);
  const references = sentences.map(({ reference }) => reference);
  let model: MarianModel;
  beforeAll(async () => {
    const [from, to] = pair.split('-');
    model = await MarianModel.open(kernels, await readPack(from, to));
  });

  it('there are sentences enough', () => expect(sentences.length).toBeGreaterThanOrEqual(250));

  it(
    'one by one',
    () => {
      const translations = sources.map((text) => model.translate([model.vocabulary.encode(text)], 'shortlist'));
      expect(translations.map(([{ text }]) => text)).toEqual(references);
    },
    MINUTE,
  );

  it(
    'in batches',
    async () => {
      const translations = await translateAll(model, sources, false, new AbortController().signal);
      expect(translations.map(({ text }) => text)).toEqual(references);
    },
    MINUTE,
  );
});
