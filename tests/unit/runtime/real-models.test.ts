// The models of the package themselves, in Node on one thread: that they say what these weights say.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import type { Embedder, LanguageModel, Message } from '../../../lib/model/language-model.ts';
import { loadEmbedder, loadLanguageModel } from '../../../lib/model/load.ts';
import { ortFolder } from './ort-runtime.ts';

const signal = new AbortController().signal;
const MODELS = new URL('../../../.cache/models/', import.meta.url);
const LOAD_MS = 120_000;

/** Reads `models/<name>` where setup put the model files. */
const fetchModel: typeof fetch = async (url) => {
  const name = new URL(url as string).pathname.split('/').at(-1) ?? '';
  return new Response(await readFile(fileURLToPath(new URL(name, MODELS))));
};

let folder: Awaited<ReturnType<typeof ortFolder>>;
beforeAll(async () => {
  folder = await ortFolder();
});
afterAll(() => folder.remove());

describe('the default model', () => {
  let model: LanguageModel;
  beforeAll(async () => {
    const options = {
      device: 'cpu',
      threads: 1,
      assetsUrl: folder.url,
      signal,
      files: null,
      fetch: fetchModel,
    } as const;
    ({ model } = await loadLanguageModel({ entry: DEFAULT_MODEL, ...options }));
  }, LOAD_MS);
  afterAll(() => model.dispose());

  const ask = async (content: string, maxNewTokens: number) => {
    let text = '';
    for await (const event of model.generate([{ role: 'user', content }], { maxNewTokens }, signal)) {
      if (event.kind === 'delta') text += event.text;
    }
    return text;
  };

  it('answers', async () => {
    expect(await ask('What is the capital of France?', 24)).toContain('Paris');
    expect(await ask('Count from one to five.', 24)).toMatch(/1.*2.*3/s);
  });

  it('finds what is true likelier than what is not', async () => {
    const question: Message[] = [{ role: 'user', content: 'What is the capital of France?' }];
    const likelihood = async (reply: string) => {
      const { tokens } = await model.score(question, reply, signal);
      return tokens.reduce((sum, { logProb }) => sum + logProb, 0) / tokens.length;
    };
    const right = await likelihood('The capital of France is Paris.');
    expect(right).toBeGreaterThan(await likelihood('The capital of France is Leuven.'));
    expect(right).toBeGreaterThan(await likelihood('France the is of capital Paris.'));
  });
});

describe('the embedder', () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await loadEmbedder({ threads: 1, assetsUrl: folder.url, signal, fetch: fetchModel });
  }, LOAD_MS);
  afterAll(() => embedder.dispose());

  const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);

  it('puts like by like, at length 1, whatever the company', async () => {
    const texts = ['A man is eating food.', 'A man is eating a piece of bread.', 'The girl is carrying a baby.'];
    const [food, bread, baby] = await embedder.embed(texts, signal);
    for (const vector of [food, bread, baby]) expect(cosine(vector, vector)).toBeCloseTo(1, 5);
    expect(cosine(food, bread)).toBeGreaterThan(0.7); // 0.755 by the reference model
    expect(cosine(food, baby)).toBeLessThan(0.1); // -0.103
    expect(await embedder.embed([texts[1]], signal)).toEqual([bread]);
  });

  it('cuts long texts and takes empty ones', async () => {
    const [long, longer, none] = await embedder.embed(['sea '.repeat(300), 'sea '.repeat(400), ''], signal);
    expect(longer).toEqual(long);
    expect(none.every(Number.isFinite)).toBe(true);
  });

  it('stops on abort', async () => {
    const stop = new AbortController();
    const run = embedder.embed(new Array<string>(500).fill('One of many sentences.'), stop.signal);
    stop.abort();
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
    expect(await embedder.embed(['after'], signal)).toHaveLength(1);
  });
});
