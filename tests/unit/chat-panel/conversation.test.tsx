// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { button, chat, close, has, platform, press, settle, texts } from '../components/open-panel.tsx';
import { ARTICLE, DONE, quote } from '../components/samples.ts';
import { ask, field, offer, open, PASSAGES, reply, showChat, type } from './ask-panel.ts';

vi.mock('wxt/browser', () => import('../components/catalogue.ts'));

beforeEach(showChat);

describe('a conversation', () => {
  it('is of its page: another address has its own, and the way back shows it again', async () => {
    await open();
    await ask('Why?');
    await reply({ kind: 'statement', statement: quote(0) }, DONE);
    platform.show({ url: 'https://example.org/other' });
    await settle();
    expect(texts('.question')).toEqual([]);
    platform.show({ url: `${ARTICLE.url}#part` });
    await settle();
    expect(texts('.question')).toEqual(['Why?']);
  });

  it('goes on in its tab while another is in front', async () => {
    await open();
    await ask('Why?');
    platform.show({ tabId: 2, url: 'https://example.org/b', title: 'B' });
    await settle();
    await reply({ kind: 'statement', statement: quote(0) }, DONE);
    expect(texts('.answer')).toEqual([]);
    platform.show({ tabId: 1, url: ARTICLE.url, title: ARTICLE.title });
    await settle();
    expect(texts('.answer blockquote')).toHaveLength(1);
  });

  it('keeps what is being written while another tab is in front', async () => {
    await open();
    await type('How long');
    platform.show({ tabId: 2, url: 'https://example.org/b', title: 'B' });
    await settle();
    expect(field().value).toBe('');
    platform.show({ tabId: 1, url: ARTICLE.url, title: ARTICLE.title });
    await settle();
    expect(field().value).toBe('How long');
  });

  it('stays while another part of the panel is in front', async () => {
    await open();
    await ask('Why?');
    await press('Summary');
    await reply({ kind: 'statement', statement: quote(0) }, DONE);
    await press('Ask');
    expect(texts('.answer blockquote')).toHaveLength(1);
    expect(platform.questions[0].signal.aborted).toBe(false);
  });

  it('is there when the panel opens again; its unfinished answer is followed to the end, and kept', async () => {
    await open();
    await ask('Why?');
    const { task, signal } = platform.questions[0];
    await close();
    expect(signal.aborted).toBe(false);
    const events = offer(task);
    events.push(PASSAGES);
    await open();
    expect(texts('.passages li')).toHaveLength(2);
    events.push({ kind: 'statement', statement: quote(3) });
    events.push(DONE);
    events.close();
    await settle();
    expect(texts('.answer blockquote')).toHaveLength(1);
    await close();
    platform.chatJobs.clear();
    await open();
    expect(texts('.answer blockquote')).toHaveLength(1);
  });

  it('does not wait for an answer that nobody works on any more', async () => {
    await open();
    await ask('Why?');
    await close();
    await open();
    expect(texts('.turn > .quiet')).toEqual(['Stopped']);
    expect(has('Ask again')).toBe(true);
  });

  it('of which nothing is kept is told by the running job', async () => {
    await open();
    await ask('First?');
    await close();
    await chat.history.clear();
    const events = offer({
      ...platform.questions[0].task,
      question: 'Second?',
      history: [{ question: 'First?', answer: 'It says so.' }],
    });
    events.push({ kind: 'statement', statement: quote(3) });
    await open();
    expect(texts('.question')).toEqual(['First?', 'Second?']);
    expect(texts('.answer').map((each) => each.includes('It says so.'))).toEqual([true, false]);
  });

  it('keeps the reader’s judgement of an answer, which can be taken back', async () => {
    await open();
    await ask('Why?');
    await reply({ kind: 'statement', statement: quote(0) }, DONE);
    await press('Good answer');
    expect((await chat.history.list())[0].turns[0].rating).toBe('up');
    expect(button('Good answer').getAttribute('aria-pressed')).toBe('true');
    await press('Good answer');
    expect((await chat.history.list())[0].turns[0].rating).toBe('none');
  });

  it('goes on when the browser lets Inkling see the page’s address only after it was asked', async () => {
    platform.tab = { ...platform.tab, url: '' };
    const readings: ((article: typeof ARTICLE) => void)[] = [];
    platform.read = () => new Promise((resolve) => readings.push(resolve));
    await open();
    await ask('Why?');
    platform.show({ url: ARTICLE.url });
    await settle();
    expect(texts('.question')).toEqual(['Why?']);
    for (const read of readings) read(ARTICLE);
    await settle();
    await reply({ kind: 'statement', statement: quote(0) }, DONE);
    expect(texts('.answer blockquote')).toHaveLength(1);
    expect((await chat.history.latest(ARTICLE.url))?.turns).toHaveLength(1);
  });

  it('keeps what is being typed meanwhile, and shows what was kept of the page', async () => {
    await open();
    await ask('Earlier?');
    await reply({ kind: 'statement', statement: quote(0) }, DONE);
    await close();
    platform.tab = { ...platform.tab, url: '' };
    await open();
    await type('Half a quest');
    expect(texts('.question')).toEqual([]);
    platform.show({ url: ARTICLE.url });
    await settle();
    await settle();
    expect(field().value).toBe('Half a quest');
    expect(texts('.question')).toEqual(['Earlier?']);
  });

  it('about what was read at one page is not that of another', async () => {
    platform.tab = { ...platform.tab, url: '' };
    await open();
    await ask('Why?');
    await reply({ kind: 'statement', statement: quote(0) }, DONE);
    platform.show({ url: 'https://example.org/other' });
    await settle();
    expect(texts('.question')).toEqual([]);
  });

  it('takes a question that comes before it is known what was kept', async () => {
    const latest = chat.history.latest.bind(chat.history);
    let look: () => void = () => undefined;
    chat.history.latest = (url) => new Promise((resolve) => (look = () => resolve(latest(url))));
    await open();
    await ask('Why?');
    expect(platform.questions).toHaveLength(0);
    look();
    await settle();
    await settle();
    expect(platform.questions.map(({ task }) => task.question)).toEqual(['Why?']);
    expect(texts('.question')).toEqual(['Why?']);
  });

  it('can be begun anew', async () => {
    await open();
    await ask('Why?');
    await reply(DONE);
    await press('New conversation');
    expect(texts('.question')).toEqual([]);
    await ask('What?');
    expect(platform.questions[1].task.history).toEqual([]);
    expect(await chat.history.list()).toHaveLength(2);
  });
});
