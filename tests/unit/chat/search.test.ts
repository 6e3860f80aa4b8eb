import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import type { Article, Block } from '../../../lib/article.ts';
import type { Passage } from '../../../lib/protocol.ts';
import { answerKindOf, holderOf, wordsIn } from '../../../lib/tasks/chat/answer-kind.ts';
import { shapeOf } from '../../../lib/tasks/chat/answer-shape.ts';
import { condense } from '../../../lib/tasks/chat/condense.ts';
import { queryOf } from '../../../lib/tasks/chat/follow-up.ts';
import { passagesOf } from '../../../lib/tasks/chat/passages.ts';
import { matching, passagesAmong, retrieve } from '../../../lib/tasks/chat/retrieve.ts';
import { prepareSearchIndex, searchIndexOf } from '../../../lib/tasks/chat/search-index.ts';
import { searchTerms } from '../../../lib/tasks/chat/search-terms.ts';
import { tokenMatches } from '../../../lib/tasks/chat/token-matches.ts';
import { isAnswer, readChatQuestions, readOwnTexts } from '../../../scripts/evaluation/chat-questions.ts';
import { sentencesOf } from '../../../lib/tasks/sentences.ts';
import { ARTICLE } from '../../fakes/article.ts';
import { FakeEmbedder } from '../../fakes/language-model.ts';
import { cpuMs } from '../../reference/cpu-time.ts';

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const heading = (text: string): Block => ({ kind: 'heading', text });
const words = (count: number) => Array.from({ length: count }, (_, i) => `word${i}`).join(' ');
const articleOf = (blocks: Block[], language = 'en'): Article => ({ ...ARTICLE, language, blocks });

describe('terms', () => {
  test.each([
    ['en', 'The strandings of whales', 'whale stranded'],
    ['de', 'die Häuser', 'Hauses'],
    ['pt', 'as casas novas', 'casa nova'],
    ['fr', 'les décisions', 'décision'],
    ['en', '1,200 people', '1200'],
  ])('%s: “%s” has “%s”', (language, text, asked) => {
    expect(searchTerms(text, language)).toEqual(expect.arrayContaining(searchTerms(asked, language)));
  });

  test('where no spaces part words, characters and pairs of them', () => {
    expect(searchTerms('灯塔高', 'zh')).toEqual(['灯', '灯塔', '塔', '塔高', '高']);
  });
});

describe('passages', () => {
  test('hold all blocks, each once, in order', () => {
    const blocks = [heading('A'), paragraph(words(90)), paragraph(words(90)), heading('B'), paragraph(words(300))];
    expect(passagesOf(articleOf(blocks))).toEqual([
      { firstBlock: 0, lastBlock: 1 },
      { firstBlock: 2, lastBlock: 2 },
      { firstBlock: 3, lastBlock: 4 },
    ]);
  });

  test('keep headings with what they head', () => {
    const blocks = [paragraph(words(100)), heading('Part'), heading('Section'), paragraph(words(100))];
    expect(passagesOf(articleOf(blocks))).toEqual([
      { firstBlock: 0, lastBlock: 0 },
      { firstBlock: 1, lastBlock: 3 },
    ]);
  });

  test('of nothing are none', () => expect(passagesOf(articleOf([]))).toEqual([]));
});

describe('an index prepared ahead', () => {
  const blocks = Array.from({ length: 400 }, (_, i) => paragraph(`Lamp ${i} stands at ${words(80)}.`));
  const ask = (article: Article) => {
    const { candidates } = retrieve({ kind: 'chat', question: 'Where is lamp 7?', articles: [article], history: [] });
    return candidates.map(({ number, score }) => [number, score]);
  };

  test('is made in pieces, and the one that would be made at once', async () => {
    const article = articleOf(blocks);
    let pieces = 0;
    const timer = setInterval(() => pieces++, 0);
    await prepareSearchIndex(article, new AbortController().signal);
    clearInterval(timer);
    expect(pieces).toBeGreaterThan(1);
    const prepared = searchIndexOf(article);
    expect(ask(article)).toEqual(ask(articleOf(blocks)));
    expect(searchIndexOf(article)).toBe(prepared);
  });

  test('is given up when nobody wants it any more', async () => {
    const stop = new AbortController();
    const preparing = prepareSearchIndex(articleOf(blocks), stop.signal);
    stop.abort();
    await expect(preparing).rejects.toMatchObject({ code: 'aborted' });
  });
});

test('a page of 50,000 words is indexed once, for less than that is searched, and the answer near its end found', async () => {
  const blocks = Array.from({ length: 500 }, (_, i) =>
    paragraph(
      `Chapter ${i} tells of harbour ${i * 7}. ${'Ships came and went as the tides allowed them to. '.repeat(10)}`,
    ),
  );
  blocks.splice(480, 0, paragraph('The lighthouse keeper was called Edda Brandt.'));
  const article = articleOf(blocks);
  expect(blocks.reduce((sum, { text }) => sum + text.split(' ').length, 0)).toBeGreaterThan(50_000);
  const indexingMs = await cpuMs(() => searchIndexOf(article));
  const task = {
    kind: 'chat' as const,
    question: 'What was the lighthouse keeper called?',
    articles: [article],
    history: [],
  };
  let found: Passage[] = [];
  const searchingMs = await cpuMs(() => (found = passagesAmong(matching(retrieve(task)), task.articles)));
  expect(found[0].best.block).toBe(480);
  // How soon is for the benchmark to say.
  expect(searchingMs).toBeLessThan(indexingMs);
});

describe('the kind of answer', () => {
  test.each([
    ['When was it built?', 'time', 'It was built in 1857.', 'It was built of granite.'],
    ['How many keepers lived there?', 'number', 'Two keepers lived there.', 'Keepers lived there.'],
    ['How much did the LGP-30 weigh?', 'number', 'It weighed 800 pounds.', 'The LGP-30 was loud.'],
    ['Who built the lighthouse?', 'person', 'It is the work of Anna Berg.', 'It was built by a woman.'],
    ['In which city does it stand?', 'name', 'It stands in Bergen.', 'It stands by the water.'],
    ['How much did the lamp cost?', 'money', 'The lamp was bought for $900.', 'The lamp has 900 lenses.'],
    ['How long did the two storms last?', 'duration', 'They raged for two days.', 'The two storms broke 40 panes.'],
  ] as const)('%s asks for a %s', (question, kind, right, wrong) => {
    expect(answerKindOf(question, 'en')).toBe(kind);
    const holds = holderOf(kind, question, 'en');
    expect([right, wrong].map((sentence) => holds(sentence, wordsIn(sentence)))).toEqual([true, false]);
  });
});

test('a word of the question that stands in the sentence before counts for the one after it', () => {
  const index = searchIndexOf(articleOf([paragraph('The lamp came by ship. It cost 900 pounds. Nobody sang.')]));
  const query = [{ term: 'lamp', weight: 1 }];
  expect([0, 1, 2].map((i) => index.sharedWithPrevious(query, i))).toEqual([1, 1, 0]);
});

describe('the tokens of a question', () => {
  const { signal } = new AbortController();
  const texts = ['The lamp is lit.', 'Nothing of it.'];

  test('are met by the nearest of a text', async () => {
    const { matches } = await tokenMatches(new FakeEmbedder(), { terms: [], text: 'lamp', earlier: '' }, texts, signal);
    expect(matches.map(([share]) => Math.round(share))).toEqual([1, 0]);
  });

  test('count the more the fewer texts have them', async () => {
    const { weights } = await tokenMatches(
      new FakeEmbedder(),
      { terms: [], text: 'lamp harbour', earlier: '' },
      texts,
      signal,
    );
    expect(weights[1]).toBeGreaterThan(weights[0]);
    expect(weights[0] + weights[1]).toBeCloseTo(1);
  });

  test('of a text that was read before are not asked for again', async () => {
    const embedder = new FakeEmbedder();
    const first = await tokenMatches(embedder, { terms: [], text: 'lamp', earlier: '' }, texts, signal);
    const asked = vi.spyOn(embedder, 'embedTokens');
    expect(await tokenMatches(embedder, { terms: [], text: 'lamp', earlier: '' }, texts, signal)).toEqual(first);
    expect(asked.mock.calls.flatMap(([each]) => each)).toEqual([]);
  });
});

describe('just what a question asks for', () => {
  test.each([
    ['How many ships were lost?', 'Two large ships were lost in one winter.', 'The ships were late all winter.'],
    ['How big is the file?', 'The file has 87 bytes.', 'The file has 3 authors.'],
    ['Where was it filmed?', 'They filmed it at the old mill in Lenz.', 'Falk filmed it twice.'],
    ['Which games did they play?', 'They played chess, draughts and go.', 'They played games for an hour.'],
  ])('%s “%s”', (question, answer, other) => {
    const holds = shapeOf(question, 'en');
    expect([holds(answer), holds(other)]).toEqual([true, false]);
  });

  test('is no more than a kind of answer where its words say no more', () => {
    expect(shapeOf('What happens when it rains?', 'en')('Boots, coats and hats get wet.')).toBe(false);
    expect(shapeOf('Wie viele Schiffe?', 'de')('Zwei Schiffe.')).toBe(false);
  });
});

describe('a follow-up', () => {
  const history = [{ question: 'Who built the lighthouse?', answer: 'Anna Berg.' }];
  const termsOf = (question: string, turns = history) => queryOf(question, turns, 'en').terms.map(({ term }) => term);

  test('that points back is searched with the question before it', () => {
    expect(termsOf('When did she do that?')).toContain('lighthous');
    expect(queryOf('How high is it?', history, 'en').text).toBe('Who built the lighthouse? How high is it?');
  });

  test('that stands alone is not', () => {
    expect(termsOf('Which potatoes grew in the garden?')).not.toContain('lighthous');
    expect(termsOf('How high is it?', [])).not.toContain('lighthous');
  });
});

describe('a conversation', () => {
  const count = (text: string) => text.split(' ').length;
  const turns = Array.from({ length: 10 }, (_, i) => ({ question: `Question ${i}?`, answer: words(50) }));

  test('that fits is left as it is', () => {
    expect(condense(turns, 10_000, count)).toEqual({ turns, earlier: [], condensed: 0 });
  });

  test('that does not loses the oldest answers first, and keeps what was asked as far as there is room', () => {
    const { turns: kept, earlier, condensed } = condense(turns, 300, count);
    expect(kept).toEqual(turns.slice(condensed));
    expect(kept.length).toBeGreaterThan(0);
    expect(earlier.at(-1)).toBe(`Question ${condensed - 1}?`);
  });
});

describe('the questions that answering is measured with', () => {
  const questions = readChatQuestions();

  test('are as many as they should be', () => {
    const answerable = questions.filter(({ kind }) => kind !== 'unanswerable');
    const isChinese = ({ question }: { question: string }) => /\p{Script=Han}/u.test(question);
    const pages = (of: typeof questions) => new Set(of.map(({ page }) => page)).size;
    expect(answerable.length).toBeGreaterThanOrEqual(200);
    expect(questions.length - answerable.length).toBeGreaterThanOrEqual(60);
    expect(pages(answerable.filter((one) => !isChinese(one)))).toBeGreaterThanOrEqual(20);
    expect(pages(answerable.filter(isChinese))).toBeGreaterThanOrEqual(5);
    expect(answerable.every(({ quotes }) => quotes.length > 0 && quotes.every((quote) => quote.length <= 100))).toBe(
      true,
    );
  });

  test('quote our own texts as they are', () => {
    for (const { name, article } of readOwnTexts()) {
      const sentences = sentencesOf(article, article.language).map(({ text }) => text);
      const asked = questions.filter(({ page, kind }) => page === name && kind !== 'unanswerable');
      expect(asked.length).toBeGreaterThan(5);
      for (const question of asked) expect(sentences.some((text) => isAnswer(text, question))).toBe(true);
    }
  });

  test('carry no page: quotes are short', () => {
    const bytes = readFileSync(new URL('../../reference/chat-questions.tsv', import.meta.url)).length;
    expect(bytes).toBeLessThan(100_000);
  });
});
