import { describe, expect, test } from 'vitest';
import { DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import type { ModelEntry } from '../../../lib/model/catalog.ts';
import type { Article } from '../../../lib/article.ts';
import type { ChatTask, ChatTurn, ReadAheadTask, TaskEvent } from '../../../lib/protocol.ts';
import { chat } from '../../../lib/tasks/chat/chat.ts';
import { readAhead } from '../../../lib/tasks/chat/read-ahead.ts';
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

test('a short text opens the conversation whole, in a fence, the instruction after it; each further question adds itself only', async () => {
  const model = writing('Anna Berg.');
  const history = [{ question: 'How high is it?', answer: 'It is 31 metres high.' }];
  await drain(chat(ask('How high is it?'), modelsWith(model), forever()));
  await drain(chat(ask('Who built the lighthouse?', [LIGHTHOUSE], history), modelsWith(model), forever()));
  const [[first], [again, answered, last]] = model.prompts;
  expect(first.content).toMatch(
    /^<text>\nThe lighthouse\n[^]*1857[^]*tower\.\n<\/text>\n\nAnswer [^]*Question: How high is it\?$/,
  );
  expect(again).toEqual(first);
  expect([answered.content, last.content]).toEqual(['It is 31 metres high.', 'Question: Who built the lighthouse?']);
});

/** More than the model's window holds; each paragraph of its own place. */
const LONG: Article = {
  ...LIGHTHOUSE,
  blocks: [
    ...LIGHTHOUSE.blocks,
    ...Array.from({ length: 120 }, (_, i) => ({
      kind: 'paragraph' as const,
      text: `Buoy ${i} lies ${i + 3} miles off the coast, where the water is deep and the wind is seldom still. It rings a bell.`,
    })),
  ],
};

test('a text too long for the window opens with how it begins; what was found stands with its question', async () => {
  const model = writing('Buoy 77 lies 80 miles off the coast, where the water is deep and the wind is seldom still.');
  const events = await drain(chat(ask('How far off the coast lies buoy 77?', [LONG]), modelsWith(model), forever()));
  const [{ content }] = model.prompts[0];
  const [, opening, found] =
    /^<text>\n([^]*?)\n<\/text>\n\nAnswer [^]*?\n\n<text>\n([^]*?)\n<\/text>\n\nQuestion: /.exec(content)!;
  expect(opening).toContain('Anna Berg');
  expect(found).toContain('Buoy 77 lies 80 miles off');
  expect(found).not.toContain('Anna Berg');
  const [statement] = statementsOf(events);
  expect(statement.support).toBe('supported');
  const { article = 0, block } = statement.sources[0];
  expect([LONG][article].blocks[block].text).toContain('Buoy 77');
});

describe('reading ahead', () => {
  const ahead = (articles: Article[], history: ChatTurn[] = []): ReadAheadTask => ({
    kind: 'read-ahead',
    articles,
    history,
  });
  const sharedStart = (a: string, b: string) => {
    let at = 0;
    while (at < a.length && a[at] === b[at]) at++;
    return at;
  };

  test.each([
    ['a short text', [LIGHTHOUSE], []],
    ['a long one', [LONG], []],
    ['a conversation', [LIGHTHOUSE], [{ question: 'How high is it?', answer: 'It is 31 metres high.' }]],
  ])('of %s reads all that the next question begins with, and writes nothing', async (_, articles, history) => {
    const model = writing('Anna Berg.');
    const events = await drain(readAhead(ahead(articles, history), modelsWith(model), forever()));
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['progress', 'done']));
    await drain(chat(ask('Who built the lighthouse?', articles, history), modelsWith(model), forever()));
    const [before, asked] = model.prompts.map((prompt) => JSON.stringify(prompt));
    const beginning = before.indexOf('Question: \"') + 'Question: '.length;
    expect(beginning).toBeGreaterThan(before.length - 10);
    expect(sharedStart(before, asked)).toBeGreaterThanOrEqual(
      articles[0] === LONG ? before.lastIndexOf('Question: ') : beginning,
    );
  });

  test('loads no language model where the answers are sentences of the page, or it does not know the language', async () => {
    const selecting = modelsWith(new FakeLanguageModel());
    await drain(readAhead(ahead([LIGHTHOUSE]), selecting, forever()));
    const foreign = modelsWith(writing(''));
    const blocks = [{ kind: 'paragraph' as const, text: '灯塔建于一八五七年，由安娜设计。守塔人在后院种土豆。' }];
    await drain(readAhead(ahead([{ ...LIGHTHOUSE, language: 'zh', blocks }]), foreign, forever()));
    expect([selecting.asked, foreign.asked]).toEqual([['embedder'], []]);
  });

  test('stops where it is told to', async () => {
    const { error } = await collect(readAhead(ahead([LIGHTHOUSE]), modelsWith(writing('')), AbortSignal.abort()));
    expect(error).toMatchObject({ code: 'aborted' });
  });
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
  expect(prompt.at(-3)?.content).toBe('Question: Question 39?');
  expect(prompt.at(-1)?.content).toContain(`Question ${condensed!.turns - 1}?`);
});

test('nothing after an abort', async () => {
  const { error } = await collect(chat(ask('Who?'), modelsWith(new FakeLanguageModel()), AbortSignal.abort()));
  expect(error).toMatchObject({ code: 'aborted' });
});
