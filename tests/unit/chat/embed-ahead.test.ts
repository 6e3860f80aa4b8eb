// What is embedded of a page before a question about it comes, and what of that the question finds done.
import { describe, expect, test, vi } from 'vitest';
import { DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import type { Embedder } from '../../../lib/model/language-model.ts';
import { chat } from '../../../lib/tasks/chat/chat.ts';
import { readAhead } from '../../../lib/tasks/chat/read-ahead.ts';
import { embedAhead, tokenMatches } from '../../../lib/tasks/chat/token-matches.ts';
import type { Models } from '../../../lib/tasks/models.ts';
import { ARTICLE } from '../../fakes/article.ts';
import { drain, forever } from '../../fakes/events.ts';
import { FakeEmbedder } from '../../fakes/language-model.ts';

const signal = forever();
const words = (count: number) => Array.from({ length: count }, (_, i) => `word${i}`).join(' ');

describe('the sentences of a page', () => {
  const asks = (question: string) => ({ kind: 'chat' as const, question, articles: [ARTICLE], history: [] });
  const models = (embedder: Embedder): Models => ({
    entry: DEFAULT_MODEL,
    model: () => Promise.reject(new Error('not asked for')),
    embedder: () => Promise.resolve(embedder),
  });
  const page = { kind: 'read-ahead' as const, articles: [ARTICLE], history: [] };

  test('are embedded ahead of a question, which then waits for its own words only', async () => {
    const embedder = new FakeEmbedder();
    await drain(readAhead(page, models(embedder), signal));
    const asked = vi.spyOn(embedder, 'embedTokens');
    await drain(chat(asks('Who built the harbour?'), models(embedder), signal));
    expect(asked.mock.calls.flatMap(([each]) => each)).toEqual(['Who built the harbour?']);
  });

  test('that are embedded when a question comes need not be embedded again', async () => {
    const embedder = new FakeEmbedder();
    const stop = new AbortController();
    const texts = Array.from({ length: 40 }, (_, i) => `Lamp ${i} stands here.`);
    const ahead = embedAhead(embedder, texts, stop.signal);
    await ahead.next();
    stop.abort();
    await expect(ahead.next()).rejects.toMatchObject({ code: 'aborted' });
    const asked = vi.spyOn(embedder, 'embedTokens');
    await tokenMatches(embedder, { terms: [], text: 'lamp', earlier: '' }, texts.slice(0, 10), signal);
    expect(asked.mock.calls.flatMap(([each]) => each)).toEqual(['lamp', ...texts.slice(2, 10)]);
  });

  test('are embedded as far as they are kept, and no further', async () => {
    const embedder = new FakeEmbedder();
    const asked = vi.spyOn(embedder, 'embedTokens');
    const texts = Array.from({ length: 400 }, (_, i) => `Number ${i}: ${words(100)}`);
    let share = 0;
    for await (share of embedAhead(embedder, texts, signal));
    expect(share).toBe(1);
    const read = asked.mock.calls.flatMap(([each]) => each).length;
    expect(read).toBeLessThan(100);
    for await (share of embedAhead(embedder, texts.slice(0, read - 2), signal));
    expect(asked.mock.calls.flatMap(([each]) => each)).toHaveLength(read);
  });
});
