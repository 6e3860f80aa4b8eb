import { describe, expect, it } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { MemoryCache } from '../../../lib/tasks/translation/cache.ts';
import type { MarkedText, TaskEvent } from '../../../lib/protocol.ts';
import { collect, drain } from '../../fakes/events.ts';
import { FakeTranslator } from '../../fakes/translator.ts';
import { run, translated, translations } from './run.ts';

const plain = (text: string): MarkedText => ({ text, marks: [] });
const kinds = (events: TaskEvent[]) => events.map(({ kind }) => kind);

describe('the text of a translation', () => {
  it.each([
    ['The house is red.', 'A casa é vermelha.'],
    ['  The house.\n\n The red house.  The dog.\n', '  A casa.\n\n A casa vermelha.  A cachorro.\n'],
    ['• The house | The dog →', '• A casa | A cachorro →'],
    ['12,345.6', '12,345.6'],
    ['https://example.com/the/house', 'https://example.com/the/house'],
    ['', ''],
    [' \n ', ' \n '],
  ])('keeps all between the sentences: %j', async (text, expected) => {
    expect(await translated(text)).toBe(expected);
  });

  it.each([
    ['“The house” is the dog’s', '“A casa” é a dog’s'],
    ['The house – the dog – is red', 'A casa – a cachorro – é vermelha'],
    ['The house stands in 1998–2004', 'A casa fica em 1998–2004'],
    ['The house (–5 °C) is red', 'A casa (–5 °C) é vermelha'],
    ['The house—the dog—is red', 'A casa—a cachorro—é vermelha'],
    ['The house costs €100', 'A casa custa €100'],
    ['The house costs €100 and $20', 'A casa custa €100 e $20'],
    ['The house 🏠 is here 🎉 red', 'A casa 🏠 é aqui 🎉 vermelha'],
    ['The red 🏠 house', 'A casa vermelha 🏠'],
    ['See the house at https://example.com/a_b?c=d#e here', 'Vemos a casa atez https://example.com/a_b?c=d#e aqui'],
    ['The house of me@example.com is red', 'A casa de me@example.com é vermelha'],
    ['The {count} houses of %s', 'A {count} casas de %s'],
    ['The house of Zoë and Noël', 'A casa de Zoë e Noël'],
    ['The word 東京 is here', 'A wordez 東京 é aqui'],
    ['The house is 100 m² big', 'A casa é 100 m² grande'],
    ['The house… is red', 'A casa… é vermelha'],
  ])('keeps what the vocabulary lacks: %s', async (text, expected) => {
    expect(await translated(text)).toBe(expected);
  });

  it.each([
    ['THE RED HOUSE', 'A CASA VERMELHA'],
    ['NEWS: THE FBI SAYS IT', 'NOTÍCIAS: A FBI DIZ ISSO'],
    ['The house is NOT red', 'A casa é NÃO vermelha'],
    ['The FBI is here', 'A FBI é aqui'],
  ])('keeps capitals: %s', async (text, expected) => {
    expect(await translated(text)).toBe(expected);
  });
});

describe('a run', () => {
  it('answers the texts in their order, tells how far it is, and ends with done', async () => {
    const texts = Array.from({ length: 40 }, (_, i) => plain(`The house ${String(i)} is red.`));
    const events = await drain(run(texts));
    const order = events.flatMap((event) => (event.kind === 'translation' ? [event.index] : []));
    expect(order).toEqual(texts.map((_, index) => index));
    const fractions = events.flatMap((event) => (event.kind === 'progress' ? [event.fraction] : []));
    expect(fractions.length).toBeGreaterThan(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(kinds(events).at(-1)).toBe('done');
    expect(kinds(events).indexOf('translation')).toBeLessThan(kinds(events).lastIndexOf('progress'));
  });

  it('translates a repeated sentence once', async () => {
    const translator = new FakeTranslator();
    const results = await translations([plain('The house. The dog.'), plain('The dog.'), plain('The house.')], {
      translator,
    });
    expect(results.map(({ text }) => text)).toEqual(['A casa. A cachorro.', 'A cachorro.', 'A casa.']);
    expect(translator.calls.flat()).toEqual(['The house.', 'The dog.']);
  });

  it('asks for at most 16 sentences at once', async () => {
    const translator = new FakeTranslator();
    await translations([plain(Array.from({ length: 50 }, (_, i) => `The dog ${String(i)} is red.`).join(' '))], {
      translator,
    });
    expect(translator.calls.map((call) => call.length)).toEqual([16, 16, 16, 2]);
  });

  it('asks the cache first, and keeps what it made', async () => {
    const cache = new MemoryCache();
    const texts = [plain('The red house. “The dog”')];
    const first = await translations(texts, { cache });
    const translator = new FakeTranslator();
    expect(await translations(texts, { cache, translator })).toEqual(first);
    expect(translator.calls).toEqual([]);
  });

  it('neither reads nor writes the cache where nothing may be remembered', async () => {
    const cache = new MemoryCache();
    await translations([plain('The house.')], { cache, remember: false });
    const translator = new FakeTranslator();
    await translations([plain('The house.')], { cache, translator });
    expect(translator.calls.flat()).toEqual(['The house.']);
  });

  it('leaves a sentence that is in the language already as it is', async () => {
    const text = 'A casa da minha avó não é mais a mesma que eu vi quando era criança.';
    const translator = new FakeTranslator();
    const [result] = await translations([plain(text)], { translator });
    expect(result).toEqual({ text, marks: [], kept: [] });
    expect(translator.calls).toEqual([]);
  });

  it('stops between two calls', async () => {
    const stop = new AbortController();
    const translator = new FakeTranslator();
    const texts = Array.from({ length: 60 }, (_, i) => plain(`The dog ${String(i)}.`));
    const { error } = await collect(
      (async function* () {
        for await (const event of run(texts, { translator }, stop.signal)) {
          yield event;
          stop.abort();
        }
      })(),
    );
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('aborted');
    expect(translator.calls.length).toBe(1);
  });

  it('passes on what the translator throws', async () => {
    const translator = new FakeTranslator();
    translator.translate = () => Promise.reject(new AppError('pack-missing', 'en-pt'));
    const { error } = await collect(run([plain('The house.')], { translator }));
    expect(error).toMatchObject({ code: 'pack-missing', detail: 'en-pt' });
  });
});

describe('a sentence whose translation is no good', () => {
  it('is tried once more, another way', async () => {
    const tries: boolean[] = [];
    const translator = new FakeTranslator({
      fault: (_, careful) => {
        tries.push(careful);
        return careful ? undefined : '';
      },
    });
    expect(await translated('The house.', { translator })).toBe('A casa.');
    expect(tries).toEqual([false, true]);
  });

  it('stays as it was where the second try is no better, with its doubts and its place', async () => {
    const translator = new FakeTranslator({ fault: (sentence) => (sentence.includes('dog') ? '...' : undefined) });
    const [result] = await translations([plain('The house. The dog is red. It is here.')], { translator });
    expect(result.text).toBe('A casa. The dog is red. Isso é aqui.');
    expect(result.kept).toEqual([{ start: 8, end: 23, doubts: ['empty'] }]);
  });

  it('is not tried again in later runs', async () => {
    const translator = new FakeTranslator({ fault: () => '' });
    const cache = new MemoryCache();
    const first = await translations([plain('The house.')], { translator, cache });
    const calls = translator.calls.length;
    expect(await translations([plain('The house.')], { translator, cache })).toEqual(first);
    expect(translator.calls.length).toBe(calls);
  });

  it.each([
    ['The house.', 'A casa (em inglês).', 'A casa.'],
    ['The house', 'A casa (em', 'A casa'],
    ['The house.', '(em inglês) A casa.', 'A casa.'],
    ['House', 'Casa casa Casa', 'Casa'],
    ['red red', 'vermelho vermelho', 'vermelho vermelho'],
    ['The house (red).', 'A casa (vermelha).', 'A casa (vermelha).'],
  ])('loses what was added to it: %s', async (sentence, faulty, expected) => {
    expect(await translated(sentence, { translator: new FakeTranslator({ fault: () => faulty }) })).toBe(expected);
  });

  it('sends a measure in another unit as one name the second time, and nothing else in brackets', async () => {
    const translator = new FakeTranslator({ fault: () => '' });
    await translated('The dog ran 22 kilometres (14 mi) or 35 kilometres (1,200 sq mi) on a day (12 May).', {
      translator,
    });
    expect(translator.calls[1]).toEqual(['The dog ran X1 kilometres X2 or X3 kilometres X4 on a day (X5 May).']);
  });

  it('counts an address that got lost as a fault', async () => {
    const translator = new FakeTranslator({ fault: () => 'Vemos aqui.' });
    const [result] = await translations([plain('See it at https://example.com here.')], { translator });
    expect(result.kept).toEqual([{ start: 0, end: 35, doubts: ['link'] }]);
  });
});

describe('bad input', () => {
  it.each([
    ['out of bounds', [{ id: 0, start: 2, end: 99 }]],
    ['negative', [{ id: 0, start: -1, end: 2 }]],
    ['backwards', [{ id: 0, start: 3, end: 2 }]],
    ['fractional', [{ id: 0, start: 0.5, end: 2 }]],
    ['not a number', [{ id: 0, start: NaN, end: 2 }]],
    [
      'crossing',
      [
        { id: 0, start: 0, end: 5 },
        { id: 1, start: 3, end: 8 },
      ],
    ],
    [
      'out of order',
      [
        { id: 0, start: 4, end: 5 },
        { id: 1, start: 0, end: 2 },
      ],
    ],
    [
      'twice the same',
      [
        { id: 0, start: 0, end: 2 },
        { id: 0, start: 4, end: 5 },
      ],
    ],
  ])('throws internal for marks that are %s', async (_, marks) => {
    const { events, error } = await collect(run([plain('The dog.'), { text: 'The house.', marks }]));
    expect(events).toEqual([]);
    expect(error).toMatchObject({ code: 'internal' });
  });

  it.each([
    ['a lone surrogate', 'The house \ud83c is red'],
    ['half a pair at the end', 'The red house\udf89'],
    ['control characters', 'The\u0000 house \u0007is red'],
    ['bidi controls', 'The \u202ehouse\u202c is red'],
  ])('keeps %s', async (_, text) => {
    const result = await translated(text);
    const odd = (from: string) => from.replace(/[A-Za-zé ]/g, '');
    expect(odd(result)).toBe(odd(text));
    expect(result).toContain('vermelha');
  });

  it('takes 100,000 characters without a space, and with', async () => {
    const text = `${'x'.repeat(100_000)} The house. ${'the red house and '.repeat(5000)}`;
    const result = await translated(text);
    expect(result.startsWith(`${'x'.repeat(100_000)} A casa. a casa vermelha e`)).toBe(true);
    expect(result.endsWith(' ')).toBe(true);
  });
});
