// The packaged models on ONNX Runtime say what the reference engine says: word for word in fp32, nearly so in int8. Runs the real
// weights for a minute.
import { beforeAll, describe, expect, it } from 'vitest';
import { MarianModel, type Way } from '../../../lib/model/marian/marian-model.ts';
import { translateAll } from '../../../lib/model/marian/translate-all.ts';
import type { OrtModule } from '../../../lib/model/ort/module.ts';
import { chrF } from '../../reference/chrf.ts';
import { openRuntime, readPack, referenceTranslations } from '../../reference/marian-pack.ts';

const MINUTES = 60_000;
const { signal } = new AbortController();
const EXACT: Way = { precisions: { encoder: 'fp32', decoder: 'fp32' }, choices: 'shortlist' };
const SINGLE: Way = { precisions: { encoder: 'int8', decoder: 'fp32' }, choices: 'shortlist' };

let module: OrtModule;
beforeAll(async () => {
  module = await openRuntime();
});

describe.each(['en-pt', 'pt-en'] as const)('%s', (pair) => {
  const expected = referenceTranslations(pair);
  const texts = expected.map(({ source }) => source);
  let model: MarianModel;
  beforeAll(async () => {
    const [from, to] = pair.split('-');
    model = await MarianModel.open(module, await readPack(from, to));
    return () => model.dispose();
  });

  const oneByOne = async (way: Way) => {
    const translations: string[] = [];
    for (const text of texts) {
      const [{ text: translation }] = await model.translate([model.vocabulary.encode(text)], way, signal);
      translations.push(translation);
    }
    return translations;
  };
  const quality = (translations: string[]) => {
    const score = chrF(translations.map((text, i) => ({ text, reference: expected[i].reference })));
    const same = translations.filter((text, i) => text === expected[i].reference).length;
    console.log(`${pair}: ${same} of ${texts.length} the same, chrF ${score.toFixed(2)}`);
    return score;
  };

  it('there are sentences enough', () => expect(expected.length).toBeGreaterThanOrEqual(250));

  it(
    'fp32 is the reference, word for word',
    async () => {
      const translations = await oneByOne(EXACT);
      expect(translations).toEqual(expected.map(({ reference }) => reference));
    },
    5 * MINUTES,
  );

  it(
    'fp32 does not change in company: a sentence of a batch is translated as if alone',
    async () => {
      const some = expected.filter((_, i) => i % 8 === 0);
      for (let i = 0; i < some.length; i += 8) {
        const batch = some.slice(i, i + 8);
        const tokens = batch.map(({ source }) => model.vocabulary.encode(source));
        const translations = await model.translate(tokens, EXACT, signal);
        expect(translations.map(({ text }) => text)).toEqual(batch.map(({ reference }) => reference));
      }
    },
    5 * MINUTES,
  );

  it(
    'int8 says nearly the same, sentence by sentence and in batches',
    async () => {
      expect(quality(await oneByOne(SINGLE))).toBeGreaterThanOrEqual(99);
      const batched = await translateAll(model, texts, false, signal);
      expect(quality(batched.map(({ text }) => text))).toBeGreaterThanOrEqual(99);
    },
    5 * MINUTES,
  );
});
