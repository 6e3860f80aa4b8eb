import { expect, test } from 'vitest';
import { DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import type { ModelEntry } from '../../../lib/model/catalog.ts';
import type { Article, ChatTask, ChatTurn, TaskEvent } from '../../../lib/protocol.ts';
import { chat } from '../../../lib/tasks/chat/chat.ts';
import type { Models } from '../../../lib/tasks/models.ts';
import { ARTICLE } from '../../fakes/article.ts';
import { collect, drain, forever, textOf } from '../../fakes/events.ts';
import { FakeEmbedder, FakeLanguageModel } from '../../fakes/language-model.ts';

const LIGHTHOUSE: Article = {
  ...ARTICLE,
  title: 'The lighthouse',
  blocks: [
    { kind: 'heading', text: 'The lighthouse' },
    { kind: 'paragraph', text: 'The lighthouse was built in 1857 by Anna Berg. It is 31 metres high.' },
    { kind: 'heading', text: 'Its keepers' },
    { kind: 'paragraph', text: 'Two keepers lived there until 1974. They grew potatoes behind the tower.' },
  ],
};

const ask = (question: string, articles = [LIGHTHOUSE], history: ChatTurn[] = []): ChatTask => ({
  kind: 'chat',
  question,
  articles,
  history,
});

function modelsWith(model: FakeLanguageModel, entry: ModelEntry = model.entry): Models & { asked: string[] } {
  const asked: string[] = [];
  return {
    entry,
    asked,
    model: () => (asked.push('model'), Promise.resolve(model)),
    embedder: () => (asked.push('embedder'), Promise.resolve(new FakeEmbedder())),
  };
}

const REPLY = 'The lighthouse was built in 1857 by Anna Berg. It was burnt down by Lars Holm in 1990.';
const COMPOSING = { ...DEFAULT_MODEL, methods: { ...DEFAULT_MODEL.methods, chat: 'composes' as const } };
const writing = (reply: string) => new FakeLanguageModel(() => reply, COMPOSING);

const statementsOf = (events: TaskEvent[]) =>
  events.flatMap((event) => (event.kind === 'statement' ? [event.statement] : []));

test('the passages come before any model is asked', async () => {
  const models = modelsWith(new FakeLanguageModel());
  const { value } = (await chat(ask('Who built the lighthouse?'), models, forever()).next()) as { value: TaskEvent };
  expect(value.kind).toBe('passages');
  expect(models.asked).toEqual([]);
});

test('a model that selects answers with the page’s own sentence and its place', async () => {
  const events = await drain(chat(ask('Who built the lighthouse?'), modelsWith(new FakeLanguageModel()), forever()));
  expect(statementsOf(events)).toEqual([
    {
      text: 'The lighthouse was built in 1857 by Anna Berg.',
      support: 'quoted',
      origin: 'page',
      sources: [{ article: 0, block: 1, start: 0, end: 46 }],
      doubts: [],
    },
  ]);
  expect(events.at(-1)).toEqual({ kind: 'done', finishReason: 'stop', metrics: null });
});

test('a sentence that points back is quoted with the one that it points to', async () => {
  const events = await drain(chat(ask('What grew behind the tower?'), modelsWith(new FakeLanguageModel()), forever()));
  expect(statementsOf(events)[0].text).toBe('Two keepers lived there until 1974. They grew potatoes behind the tower.');
});

test('what the page does not say is said to be so, and nothing is quoted', async () => {
  const events = await drain(
    chat(ask('Which football club won the championship?'), modelsWith(new FakeLanguageModel()), forever()),
  );
  expect(events.map(({ kind }) => kind)).toContain('unanswered');
  expect(statementsOf(events)).toEqual([]);
});

test('the source says which article it is in', async () => {
  const events = await drain(
    chat(ask('Who built the lighthouse?', [ARTICLE, LIGHTHOUSE]), modelsWith(new FakeLanguageModel()), forever()),
  );
  expect(statementsOf(events)[0].sources[0]).toMatchObject({ article: 1, block: 1 });
});

test('no article, no answer, and no model', async () => {
  const models = modelsWith(new FakeLanguageModel());
  const events = await drain(chat(ask('Who built it?', []), models, forever()));
  expect(events.map(({ kind }) => kind)).toEqual(['passages', 'unanswered', 'done']);
  expect(models.asked).toEqual([]);
});

test('a page in a language that no model knows is answered by its words alone', async () => {
  const models = modelsWith(new FakeLanguageModel());
  const blocks = [
    { kind: 'paragraph' as const, text: '灯塔建于一八五七年，由安娜设计。' },
    { kind: 'paragraph' as const, text: '守塔人在后院种土豆。' },
  ];
  const events = await drain(
    chat(ask('灯塔由谁设计？', [{ ...LIGHTHOUSE, language: 'zh', blocks }]), models, forever()),
  );
  expect(statementsOf(events).map(({ text }) => text)).toEqual(['灯塔建于一八五七年，由安娜设计。']);
  expect(models.asked).toEqual([]);
});

test('a model that composes writes from the passages; each sentence is checked and carries its sources', async () => {
  const model = writing(REPLY);
  const events = await drain(chat(ask('Who built the lighthouse?'), modelsWith(model), forever()));
  const [first, second] = statementsOf(events);
  expect(first).toMatchObject({ support: 'supported', origin: 'model', doubts: [] });
  expect(first.sources[0]).toEqual({ article: 0, block: 1, start: 0, end: 46 });
  expect(second.support).toBe('unsupported');
  expect(second.doubts).toEqual(expect.arrayContaining(['number', 'name']));
  expect(textOf(events)).toBe(REPLY);
});

test('“the page does not say” is no statement', async () => {
  const model = writing('The page does not say.');
  const events = await drain(chat(ask('Who painted the lighthouse?'), modelsWith(model), forever()));
  expect(events.map(({ kind }) => kind)).toContain('unanswered');
  expect(statementsOf(events)).toEqual([]);
  expect(textOf(events)).toBe('');
});

test('the passages stand in a fence, the instruction and the question after it, and the turns before', async () => {
  const model = writing('Anna Berg.');
  const history = [{ question: 'How high is it?', answer: 'It is 31 metres high.' }];
  await drain(chat(ask('Who built the lighthouse?', [LIGHTHOUSE], history), modelsWith(model), forever()));
  const [asked, answered, last] = model.prompts[0];
  expect([asked.content, answered.content]).toEqual(['How high is it?', 'It is 31 metres high.']);
  expect(last.content).toMatch(/^<text>\n[^]*1857[^]*\n<\/text>\n\n[^]*Question: Who built the lighthouse\?$/);
});

test('a conversation past its share of the window loses its oldest turns, and says so', async () => {
  const model = writing('Anna Berg.');
  const history = Array.from({ length: 40 }, (_, i) => ({ question: `Question ${i}?`, answer: 'word '.repeat(40) }));
  const events = await drain(
    chat(ask('Who built the lighthouse?', [LIGHTHOUSE], history), modelsWith(model), forever()),
  );
  const condensed = events.find((event) => event.kind === 'condensed');
  expect(condensed?.turns).toBeGreaterThan(20);
  const prompt = model.prompts[0];
  expect(prompt.at(-3)?.content).toBe('Question 39?');
  expect(prompt.at(-1)?.content).toContain(`Question ${condensed!.turns - 1}?`);
});

test('nothing after an abort', async () => {
  const { error } = await collect(chat(ask('Who?'), modelsWith(new FakeLanguageModel()), AbortSignal.abort()));
  expect(error).toMatchObject({ code: 'aborted' });
});
