// However long a page is, every prompt made of it fits the model's window, with the instruction and the fence whole, and all of the
// page is read where all of it is to be. Counted by the default model's own tokenizer and template.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Article } from '../../../lib/article.ts';
import { DEFAULT_MODEL, type CatalogEntry } from '../../../lib/model/catalog.ts';
import { tokenizerFromGguf } from '../../../lib/model/gguf/tokenizer.ts';
import type { GenerateOptions, Message, Score } from '../../../lib/model/language-model.ts';
import type { Tokenizer } from '../../../lib/model/tokenizer.ts';
import type { ChatTask, Coverage, SummarizeTask, TaskEvent } from '../../../lib/protocol.ts';
import { perform } from '../../../lib/tasks/perform.ts';
import { inventedSections } from '../../e2e/long-article.ts';
import { drain, forever } from '../../fakes/events.ts';
import { FakeEmbedder, FakeLanguageModel } from '../../fakes/language-model.ts';
import { openRealModel } from '../../reference/real-model.ts';

const COMPOSER: CatalogEntry = {
  ...DEFAULT_MODEL,
  methods: { ...DEFAULT_MODEL.methods, summarize: 'composes', chat: 'composes' },
};
const THOUSANDS = [1, 4, 16, 200];

let tokenizer: Tokenizer;
beforeAll(async () => {
  tokenizer = tokenizerFromGguf((await openRealModel()).metadata);
});

/** Writes what it is given to read, so that its notes are as long as they may be, and keeps to its window as a real one does. */
class ExactModel extends FakeLanguageModel {
  readonly asked: { tokens: number; text: string }[] = [];

  constructor(entry: CatalogEntry) {
    super((messages) => /<text>\s*([^.]*\.)/.exec(messages.at(-1)!.content)?.[1] ?? 'Nothing.', entry);
  }

  override countTokens(text: string): number {
    return tokenizer.encode(text).length;
  }

  override generate(messages: Message[], options: GenerateOptions, signal: AbortSignal) {
    this.note(messages, options.replyPrefix ?? '', options.maxNewTokens);
    return super.generate(messages, options, signal);
  }

  override score(messages: Message[], reply: string, signal: AbortSignal): Promise<Score> {
    this.note(messages, reply, 0);
    return super.score(messages, reply, signal);
  }

  private note(messages: Message[], reply: string, room: number): void {
    const tokens = tokenizer.encodeChat(messages).length + tokenizer.encode(reply).length + room;
    this.asked.push({ tokens, text: messages.map(({ content }) => content).join('\n') });
  }
}

/** An article of at least so many thousand tokens. */
function articleOf(thousands: number): Article {
  const blocks = inventedSections(Math.ceil(thousands * 1_000 * 0.75)).flatMap(({ heading, paragraphs }) => [
    { kind: 'heading' as const, text: heading },
    ...paragraphs.map((text) => ({ kind: 'paragraph' as const, text })),
  ]);
  const page = { url: 'https://line.example/', title: 'The stations of the Northern Line', language: 'en' };
  return { ...page, description: '', scope: 'page', hiddenCharacters: 0, blocks };
}

const summarizing = (article: Article, compose: SummarizeTask['compose']): SummarizeTask => ({
  kind: 'summarize',
  article,
  type: 'key-points',
  length: 'medium',
  compose,
});
const asking = (article: Article, question: string, instruct: boolean): ChatTask => ({
  kind: 'chat',
  question,
  instruct,
  articles: [article],
  history: [],
});

function lastCoverage(events: TaskEvent[]): Coverage | undefined {
  return events.flatMap((event) => (event.kind === 'progress' && event.coverage ? [event.coverage] : [])).at(-1);
}

interface Row {
  what: string;
  entry: CatalogEntry;
  task: (article: Article) => SummarizeTask | ChatTask;
  /** In each of the prompts: what is to be written, or by what a sentence is judged. */
  instruction: RegExp;
  isWhole: boolean;
  /** The longest page that it is tried with: the rest would show nothing new and takes long. */
  thousands: number;
}

const ROWS: Row[] = [
  {
    what: 'key points, as the default model was taught',
    entry: DEFAULT_MODEL,
    task: (article) => summarizing(article, 'requested'),
    instruction: /Provide a concise, .* pronouns\.|Say in one sentence what the text above says\./s,
    isWhole: true,
    thousands: 200,
  },
  {
    what: 'key points, by a model that composes',
    entry: COMPOSER,
    task: (article) => summarizing(article, 'automatic'),
    instruction: /Say in one sentence what (it|the text above) says/,
    isWhole: true,
    thousands: 16,
  },
  {
    what: 'a question',
    entry: COMPOSER,
    task: (article) => asking(article, 'When did Alder Halt open?', false),
    instruction: /When did Alder Halt open\?/,
    isWhole: false,
    thousands: 200,
  },
  {
    what: 'an instruction',
    entry: COMPOSER,
    task: (article) => asking(article, 'List the years.', true),
    instruction: /List the years\./,
    isWhole: false,
    thousands: 200,
  },
];

describe.each(THOUSANDS)('a page of %d,000 tokens', (thousands) => {
  const rows = ROWS.filter((row) => thousands <= row.thousands);

  test.each(rows)('$what', { timeout: 60_000 }, async ({ entry, task, instruction, isWhole }) => {
    const article = articleOf(thousands);
    const model = new ExactModel(entry);
    const models = { entry, model: () => Promise.resolve(model), embedder: () => Promise.resolve(new FakeEmbedder()) };
    const events = await drain(perform(task(article), models, forever()));
    expect(events.at(-1)).toMatchObject({ kind: 'done' });
    expect(model.asked.length).toBeGreaterThan(0);
    for (const { tokens, text } of model.asked) {
      expect(tokens).toBeLessThanOrEqual(entry.contextWindow);
      expect(text).toMatch(instruction);
      expect(text.split('<text>').length).toBe(text.split('</text>').length);
    }
    const { words = 0, wordsRead = 0 } = lastCoverage(events) ?? {};
    expect(words).toBeGreaterThan(thousands * 700);
    if (isWhole) expect(wordsRead).toBe(words);
    // What is not read is said not to be.
    else expect(wordsRead).toBeLessThanOrEqual(words);
  });
});
