// What is asked of the text as a whole: what it is about, and the reader's own instructions.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import type { Block } from '../../../lib/article.ts';
import type { ChatTask, TaskEvent } from '../../../lib/protocol.ts';
import { chat } from '../../../lib/tasks/chat/chat.ts';
import { asksForGist, needsNoSearch } from '../../../lib/tasks/chat/gist.ts';
import type { Models } from '../../../lib/tasks/models.ts';
import { selectSentences } from '../../../lib/tasks/select.ts';
import { ARTICLE } from '../../fakes/article.ts';
import { drain, forever } from '../../fakes/events.ts';
import { FakeEmbedder, FakeLanguageModel } from '../../fakes/language-model.ts';

const COMPOSING = { ...DEFAULT_MODEL, methods: { ...DEFAULT_MODEL.methods, chat: 'composes' as const } };
const ask = (question: string, change: Partial<ChatTask> = {}): ChatTask => ({
  kind: 'chat',
  question,
  articles: [ARTICLE],
  history: [],
  ...change,
});
const modelsWith = (model: FakeLanguageModel): Models => ({
  entry: model.entry,
  model: () => Promise.resolve(model),
  embedder: () => Promise.resolve(new FakeEmbedder()),
});
const statementsOf = (events: TaskEvent[]) =>
  events.flatMap((event) => (event.kind === 'statement' ? [event.statement] : []));

describe('a question about all of the text', () => {
  test.each([
    'What is this page about?',
    'what’s this about',
    'What is the article about?',
    'Summarize this',
    'Please summarise the page for me',
    'Can you give me a short summary of this article?',
    'tl;dr',
    'What are the main points?',
    'What does this text say?',
    'What is the gist of it?',
    'Sobre o que é esta página?',
    'Do que trata este artigo?',
    'O que diz o texto?',
    'Resuma este texto, por favor',
    'Faça um resumo da página',
    'Quais são os pontos principais?',
    'Resumir',
    '这篇文章讲了什么？',
    '这个页面是关于什么的',
    '总结一下',
    '请概括这篇文章的主要内容',
    '這篇文章的主要內容是什麼？',
    '主要观点是什么？',
  ])('is known as such: %s', (question) => expect(asksForGist(question)).toBe(true));

  test.each([
    'What is the tide about to do?',
    'What does the article say about tides?',
    'Who wrote the summary?',
    'What are the main causes of the delay?',
    'What is the point of the sill?',
    'When was this article written?',
    'Resuma o papel da soleira',
    'O que diz o texto sobre a maré?',
    'Quem escreveu este artigo?',
    '文章里的作者是谁？',
    '这篇文章讲的潮汐有多高？',
    '总结一下作者的童年',
    'What is it?',
    'Why?',
    '',
  ])('is not another: %s', (question) => expect(asksForGist(question)).toBe(false));

  test('is answered with the sentences of the summary, each with its place', async () => {
    const events = await drain(chat(ask('What is this about?'), modelsWith(new FakeLanguageModel()), forever()));
    const { quotes } = selectSentences(ARTICLE, { type: 'key-points', length: 'medium' });
    expect(quotes.length).toBeGreaterThan(1);
    expect(statementsOf(events).map(({ text }) => text)).toEqual(quotes.map(({ text }) => text));
    for (const { support, sources } of statementsOf(events)) {
      expect(support).toBe('quoted');
      expect(sources).toHaveLength(1);
    }
    expect(events.some(({ kind }) => kind === 'unanswered')).toBe(false);
    const coverage = events.flatMap((event) => (event.kind === 'progress' ? [event.coverage] : [])).at(-1);
    expect(coverage?.wordsRead).toBe(coverage?.words);
  });

  test('of several articles says which each sentence is from', async () => {
    const task = ask('Summarize this', { articles: [ARTICLE, ARTICLE] });
    const events = await drain(chat(task, modelsWith(new FakeLanguageModel()), forever()));
    expect(new Set(statementsOf(events).map(({ sources }) => sources[0].article))).toEqual(new Set([0, 1]));
  });

  test('of a text without sentences is not answered', async () => {
    const task = ask('Summarize this', { articles: [{ ...ARTICLE, blocks: [], description: '' }] });
    const events = await drain(chat(task, modelsWith(new FakeLanguageModel()), forever()));
    expect(events.map(({ kind }) => kind)).toEqual(['passages', 'progress', 'unanswered', 'done']);
  });
});

describe('a question that names a heading', () => {
  const blocks: Block[] = [
    { kind: 'heading', text: 'The sill' },
    {
      kind: 'paragraph',
      text: 'A sill of rock lies at the narrows. It holds the water back for four hours every day.',
    },
    { kind: 'heading', text: 'Who kept the notebook?' },
    { kind: 'paragraph', text: 'Bakke, the ferryman, wrote down the hour of each high water for thirty-one years.' },
    { kind: 'heading', text: 'Empty' },
  ];
  const blocksOf = async (question: string) => {
    const task = ask(question, { articles: [{ ...ARTICLE, blocks }] });
    const events = await drain(chat(task, modelsWith(new FakeLanguageModel()), forever()));
    return new Set(statementsOf(events).flatMap(({ sources }) => sources.map(({ block }) => block)));
  };

  test.each([
    ['What does it say about “The sill”?', 1],
    ['O que diz sobre “The sill”?', 1],
    ['关于“The sill”，文中怎么说？', 1],
    ['Who kept the notebook?', 3],
  ])('is answered from what stands under it: %s', async (question, block) => {
    expect(await blocksOf(question)).toEqual(new Set([block]));
  });

  test('that there is not, or with nothing under it, is searched for', () => {
    const task = (question: string) => ask(question, { articles: [{ ...ARTICLE, blocks }] });
    expect(needsNoSearch(task('What does it say about “The tower”?'))).toBe(false);
    expect(needsNoSearch(task('What does it say about “Empty”?'))).toBe(false);
    expect(needsNoSearch(task('What does it say about “The sill”?'))).toBe(true);
  });
});

describe('an instruction of the reader’s', () => {
  const instruction = ask('List every name as a bullet list.', { instruct: true });

  test('needs a model that writes', async () => {
    const run = drain(chat(instruction, modelsWith(new FakeLanguageModel()), forever()));
    await expect(run).rejects.toEqual(new AppError('needs-model', 'instruct'));
  });

  test('is carried out over the text, which stays data, and what is written is checked', async () => {
    const model = new FakeLanguageModel(() => 'Lars Holm burnt it down in 1990.', COMPOSING);
    const events = await drain(chat(instruction, modelsWith(model), forever()));
    const prompt = model.prompts[0].map(({ content }) => content).join('\n');
    expect(prompt).toContain(ARTICLE.blocks.at(-1)!.text);
    expect(prompt.lastIndexOf(instruction.question)).toBeGreaterThan(prompt.lastIndexOf('</text>'));
    expect(statementsOf(events)).toMatchObject([{ support: 'unsupported', origin: 'model' }]);
    expect(events[0]).toEqual({ kind: 'passages', passages: [] });
  });

  test('over a text that is longer than the window says how much of it was read', async () => {
    const long = { ...ARTICLE, blocks: Array.from({ length: 40 }, () => ARTICLE.blocks).flat() };
    const model = new FakeLanguageModel(() => 'Nothing.', { ...COMPOSING, contextWindow: 1024 });
    const events = await drain(chat({ ...instruction, articles: [long] }, modelsWith(model), forever()));
    const coverage = events.flatMap((event) => (event.kind === 'progress' ? [event.coverage] : [])).at(-1);
    expect(coverage!.wordsRead).toBeGreaterThan(0);
    expect(coverage!.wordsRead).toBeLessThan(coverage!.words / 2);
  });
});
