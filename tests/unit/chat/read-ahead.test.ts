// Reading ahead with the default model itself, made to write: what is read ahead, wholly or in part, changes how soon the answer comes,
// and not a letter of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openModels } from '../../../scripts/evaluation/node-models.ts';
import { DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import type { Article } from '../../../lib/article.ts';
import type { Metrics } from '../../../lib/protocol.ts';
import { chat } from '../../../lib/tasks/chat/chat.ts';
import { readAhead } from '../../../lib/tasks/chat/read-ahead.ts';
import type { Models } from '../../../lib/tasks/models.ts';
import { ARTICLE } from '../../fakes/article.ts';
import { collect, drain, forever, textOf } from '../../fakes/events.ts';

const SLOW_MS = 300_000;
let opened: Awaited<ReturnType<typeof openModels>>;
let models: Models;
beforeAll(async () => {
  opened = await openModels();
  models = { ...opened, entry: { ...DEFAULT_MODEL, methods: { ...DEFAULT_MODEL.methods, chat: 'composes' } } };
}, SLOW_MS);
afterAll(() => opened.close());

/** Some 250 tokens: several chunks of a prompt. */
const STATIONS: Article = {
  ...ARTICLE,
  title: 'The stations of the line',
  blocks: Array.from({ length: 8 }, (_, i) => ({
    kind: 'paragraph' as const,
    text: `Station ${i + 1} was opened in ${1850 + 7 * i}, and its platform is ${80 + 11 * i} metres long. A fire destroyed its shed.`,
  })),
};

async function answerOf(article: Article): Promise<{ text: string; metrics: Metrics }> {
  const task = { kind: 'chat' as const, question: 'When was station 3 opened?', articles: [article], history: [] };
  const events = await drain(chat(task, models, forever()));
  const end = events.at(-1);
  if (end?.kind !== 'done' || !end.metrics) throw new Error('the model was not asked');
  return { text: textOf(events), metrics: end.metrics };
}

const ahead = (signal: AbortSignal) =>
  readAhead({ kind: 'read-ahead', articles: [STATIONS], history: [] }, models, signal);

/** What the model has read is of another page now. */
const forget = () => answerOf(ARTICLE);

test(
  'the answer to a page read ahead, wholly or in part, is that to a page that was not',
  async () => {
    const plain = await answerOf(STATIONS);
    expect(plain.text).not.toBe('');

    await forget();
    await drain(ahead(forever()));
    const whole = await answerOf(STATIONS);
    expect(whole.text).toBe(plain.text);
    expect(whole.metrics.cachedTokens).toBeGreaterThan(0.9 * whole.metrics.promptTokens);

    await forget();
    const stop = new AbortController();
    const reading = (async function* () {
      for await (const event of ahead(stop.signal)) {
        if (event.kind === 'progress' && event.phase === 'reading') stop.abort();
        yield event;
      }
    })();
    expect((await collect(reading)).error).toMatchObject({ code: 'aborted' });
    const part = await answerOf(STATIONS);
    expect(part.text).toBe(plain.text);
    expect(part.metrics.cachedTokens).toBeGreaterThan(16);
    expect(part.metrics.cachedTokens).toBeLessThan(0.9 * part.metrics.promptTokens);
  },
  SLOW_MS,
);
