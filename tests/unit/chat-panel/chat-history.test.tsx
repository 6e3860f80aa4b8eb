// @vitest-environment jsdom
// The conversations that are kept, and what a question can be about besides the page.
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { toJson, toMarkdown } from '../../../components/chat-export.ts';
import { suggestedQuestions } from '../../../components/chat-suggestions.ts';
import { AppError } from '../../../lib/errors.ts';
import type { Conversation, Turn } from '../../../lib/history/conversation.ts';
import type { Article, Block } from '../../../lib/article.ts';
import { button, chat, has, open, platform, press, root, settle, texts } from '../components/open-panel.tsx';
import { ARTICLE } from '../components/samples.ts';
import { showChat } from './ask-panel.ts';

vi.mock('wxt/browser', () => import('../components/catalogue.ts'));

const PLACE = { page: 0, block: 0, start: 0, end: 9, quote: { exact: 'The *tide*.', prefix: '', suffix: '' } };
const TURN: Turn = {
  id: 't1',
  question: 'Why is it late?',
  askedMs: 1,
  outcome: 'answered',
  pages: [{ url: ARTICLE.url, title: 'Tides', language: 'en', scope: 'page' }],
  passages: [],
  statements: [{ text: 'The *tide*.', support: 'quoted', doubts: [], places: [PLACE] }],
  condensed: 0,
  model: 'M',
  rating: 'none',
};

function conversation(change: Partial<Conversation> = {}): Conversation {
  return { id: 'c1', url: ARTICLE.url, title: 'Tides', startedMs: 1, changedMs: 2, turns: [TURN], ...change };
}

beforeEach(() => {
  showChat();
});

describe('the history', () => {
  it('lists what is kept, finds what has the words, and deletes one or all', async () => {
    for (const id of ['c1', 'c2'])
      await chat.history.put(conversation({ id, title: `Title ${id}`, url: `https://${id}.example/` }));
    await openHistory();
    expect(texts('.conversation-title')).toEqual(['Title c1', 'Title c2']);
    await search('c2 LATE');
    expect(texts('.conversation-title')).toEqual(['Title c2']);
    await search('moon');
    expect(texts('.conversations [role=status]')).toEqual(['No conversation has these words.']);
    await search('');
    await openFirst();
    expect(texts('.conversation .question')).toEqual(['Why is it late?']);
    await press('Delete');
    expect(texts('.conversation-title')).toEqual(['Title c2']);
    await press('Delete all');
    expect(await chat.history.list()).toHaveLength(1);
    await press('Delete all 1 for good');
    expect(await chat.history.list()).toEqual([]);
    expect(texts('.conversations [role=status]')).toEqual(['No conversations are kept.']);
  });

  it('takes what is deleted out of the panel', async () => {
    await chat.history.put(conversation());
    await openHistory();
    await openFirst();
    await press('Delete');
    await press('Back to the page');
    expect(texts('.question')).toEqual([]);
  });

  it('can be turned off, and says what a private window keeps', async () => {
    await openHistory();
    root.querySelector<HTMLElement>('.keep input')!.click();
    await settle();
    expect(await chat.history.keeping()).toBe('off');
    chat.history.state = 'private';
    await press('Back to the page');
    await press('History');
    await settle();
    expect(texts('.conversations .note')[0]).toContain('private window');
    expect(root.querySelector('.keep')).toBeNull();
  });
});

describe('what a question is about', () => {
  it('is the selection, in place of the page, once that is attached', async () => {
    const selection: Article = { ...ARTICLE, scope: 'selection', blocks: ARTICLE.blocks.slice(0, 1) };
    chat.frame = 7;
    platform.read = (_tab, scope, frameId) =>
      Promise.resolve(scope === 'selection' && frameId === 7 ? selection : ARTICLE);
    await start();
    await act(() => void document.dispatchEvent(new KeyboardEvent('keydown', { altKey: true, code: 'KeyA' })));
    await settle();
    expect(texts('.chip > span')).toEqual(['Selection, 15 words']);
    await ask('Why?');
    expect(platform.questions[0].task.articles).toEqual([selection]);
    expect(texts('.turn > .tag')).toEqual(['About: the selection']);
  });

  it('is said where nothing is selected', async () => {
    await start();
    platform.read = () => Promise.reject(new AppError('no-content'));
    await press('Selection');
    expect(texts('.notice')).toEqual(['Nothing is selected in the page.']);
  });

  it('may be other tabs too, whose places open in them', async () => {
    const other: Article = { ...ARTICLE, url: 'https://b.example/', title: 'B' };
    chat.tabs = { readable: [{ tabId: 4, url: 'https://b.example/#x', title: 'B' }], hidden: 2 };
    platform.read = (tabId) => Promise.resolve(tabId === 4 ? other : ARTICLE);
    await start();
    await press('Other tabs');
    expect(texts('.other-tabs span')).toEqual(['B', 'Tabs that Inkling may not see: 2']);
    root.querySelector<HTMLElement>('.other-tabs input')!.click();
    await settle();
    await ask('How long did Bakke keep his notebook?');
    expect(platform.questions[0].task.articles).toEqual([ARTICLE, other]);
    const best = { block: 1, start: 0, end: 10 };
    platform.questions[0].events.push({
      kind: 'passages',
      passages: [{ article: 1, firstBlock: 1, lastBlock: 1, best }],
    });
    await settle();
    root.querySelector<HTMLElement>('.passages .source-mark')!.click();
    await settle();
    expect(chat.shownTabs).toEqual([4]);
    expect(platform.shown.map(({ tabId }) => tabId)).toEqual([4]);
  });

  it('may be tabs that the reader allows first, in the click', async () => {
    chat.tabs = { readable: [], hidden: 1 };
    await start();
    await press('Other tabs');
    await press('Allow on all sites');
    expect(texts('.other-tabs label span')).toEqual(['A']);
  });
});

describe('suggested questions', () => {
  const heading = (text: string): Block => ({ kind: 'heading', text });
  const text: Block = { kind: 'paragraph', text: ARTICLE.blocks.map((block) => block.text).join(' ') };
  const of = (...headings: string[]) => ({ ...ARTICLE, blocks: headings.flatMap((each) => [heading(each), text]) });

  it('are made of the page’s headings, at most three', () => {
    expect(suggestedQuestions(of('The sill', 'A notebook of tides', 'Why so late?', 'More'))).toEqual([
      'What does it say about “The sill”?',
      'What does it say about “A notebook of tides”?',
      'Why so late?',
    ]);
  });

  it('leave out of a heading what is the site’s', () => {
    expect(suggestedQuestions(of('The sill[edit]', 'The tide #'))).toEqual([
      'What does it say about “The sill”?',
      'What does it say about “The tide”?',
    ]);
  });

  it.each([
    'References',
    'See also',
    'Great, let’s start!',
    'Analysis: Ida Moe, The Post, Oslo',
    'SUBSCRIBE TODAY',
    '12.3',
    'x'.repeat(70),
    ARTICLE.title,
  ])('not of: %s', (each) => {
    expect(suggestedQuestions(of(each))).toEqual([]);
  });

  it('are none in another language than the panel’s, nor of headings with nothing beneath', () => {
    const portuguese = 'A maré no fundo do fiorde chega quatro horas depois da maré que está na sua boca. '.repeat(5);
    const blocks: Block[] = [heading('A soleira'), { kind: 'paragraph', text: portuguese }];
    expect(suggestedQuestions({ ...ARTICLE, blocks, language: 'pt' })).toEqual([]);
    expect(suggestedQuestions({ ...ARTICLE, blocks: [heading('The sill'), heading('The tide')] })).toEqual([]);
  });

  it('are asked with a click', async () => {
    platform.read = () => Promise.resolve(of('The sill'));
    await start();
    await press('What does it say about “The sill”?');
    expect(platform.questions[0].task.question).toBe('What does it say about “The sill”?');
  });
});

describe('a conversation as Markdown', () => {
  it('has questions as headings, quotations, and the places of both', () => {
    expect(toMarkdown(conversation({ title: '# [Tides](x)' }))).toBe(
      [
        '# \\# \\[Tides\\](x)',
        `<${ARTICLE.url}>`,
        '## Why is it late?',
        '> The \\*tide\\*. [1]',
        `- [1] The \\*tide\\*. (Tides, <${ARTICLE.url}>)`,
      ].join('\n\n') + '\n',
    );
  });

  it('has the reader’s judgement, and what was judged', () => {
    expect(toMarkdown(conversation({ turns: [{ ...TURN, rating: 'down' }] }))).toContain('\n\nBad answer · M\n');
    expect(JSON.parse(toJson([conversation({ turns: [{ ...TURN, rating: 'up' }] })]))).toMatchObject({
      conversations: [
        { turns: [{ question: TURN.question, statements: [{ text: 'The *tide*.' }], model: 'M', rating: 'up' }] },
      ],
    });
  });

  it('says where the page did not', () => {
    const unanswered: Turn = { ...TURN, outcome: 'unanswered', statements: [] };
    expect(toMarkdown(conversation({ turns: [unanswered] }))).toContain('The page does not say.');
  });
});

/** What was kept is read in a turn of its own. */
async function start(): Promise<void> {
  await open();
  await settle();
}

async function openHistory(): Promise<void> {
  await start();
  await press('History');
  await settle();
}

async function openFirst(): Promise<void> {
  root.querySelector('details')!.open = true;
  await act(() => void root.querySelector('details')!.dispatchEvent(new Event('toggle')));
  await settle();
}

async function search(words: string): Promise<void> {
  const field = root.querySelector<HTMLInputElement>('input[type=search]')!;
  field.value = words;
  await act(() => void field.dispatchEvent(new InputEvent('input', { bubbles: true })));
}

async function ask(question: string): Promise<void> {
  const field = root.querySelector<HTMLTextAreaElement>('.ask textarea')!;
  field.value = question;
  await act(() => void field.dispatchEvent(new InputEvent('input', { bubbles: true })));
  expect(has('Ask')).toBe(true);
  button('Ask');
  root.querySelector<HTMLElement>('.ask button[type=submit]')!.click();
  await settle();
}
