// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { escape, platform, press, root, settle, texts } from '../components/open-panel.tsx';
import { ARTICLE, DONE, quote, written } from '../components/samples.ts';
import { ask, field, key, open, PASSAGES, reply, showChat, status, type, UNANSWERED } from './ask-panel.ts';

vi.mock('wxt/browser', () => import('../components/catalogue.ts'));

beforeEach(showChat);

describe('a question', () => {
  it('is answered by passages before the engine has said anything, the best sentence marked', async () => {
    await open();
    await ask('How long did Bakke keep his notebook?');
    expect(platform.questions[0].task).toMatchObject({
      kind: 'chat',
      question: 'How long did Bakke keep his notebook?',
      articles: [ARTICLE],
      history: [],
    });
    expect(texts('.passages mark')[0]).toContain('thirty-one years');
    const inMap = root.querySelectorAll('.passage-map span').length;
    expect(inMap).toBeGreaterThanOrEqual(root.querySelectorAll('.passages li').length);
  });

  it('shows passages at once, of the page as it was last read, and then of the page as it is', async () => {
    await open();
    const readings: ((article: typeof ARTICLE) => void)[] = [];
    platform.read = () => new Promise((resolve) => readings.push(resolve));
    await ask('How long did Bakke keep his notebook?');
    expect(platform.questions).toEqual([]);
    expect(texts('.passages mark')[0]).toContain('thirty-one years');
    const blocks = ARTICLE.blocks.map(({ kind, text }) => ({ kind, text: text.replace('thirty-one', 'forty') }));
    for (const read of readings) read({ ...ARTICLE, blocks });
    await settle();
    expect(texts('.passages mark')[0]).toContain('forty years');
    expect(platform.questions[0].task.articles).toEqual([{ ...ARTICLE, blocks }]);
  });

  it('has the nearest sentence below, as no more than that, until it is known what answers', async () => {
    await open();
    await ask('How long did Bakke keep his notebook?');
    expect(texts('.nearest blockquote')).toEqual([expect.stringContaining('thirty-one years')]);
    expect(texts('.nearest .answer-by')).toEqual(['The nearest sentence so far; others are still compared']);
    expect(texts('.answer')).toEqual([]);
    await reply(PASSAGES);
    expect(texts('.nearest blockquote')).toEqual([`${quote(1).text}1`]);
    await reply(PASSAGES, { kind: 'statement', statement: quote(3) }, DONE);
    expect(texts('.nearest')).toEqual([]);
    await ask('What is this page about?');
    expect(texts('.nearest')).toEqual([]);
  });

  it('is answered with the page’s sentences, each with its place', async () => {
    await open();
    await ask('Why is it late?');
    await reply(PASSAGES, { kind: 'statement', statement: quote(3) }, DONE);
    expect(texts('.answer-by')).toEqual(['The page’s own words']);
    expect(texts('.answer blockquote')).toEqual([`${quote(3).text}2`]);
    root.querySelector<HTMLElement>('.answer .source-mark')!.click();
    await settle();
    expect(platform.shown).toEqual([
      { tabId: 1, quote: expect.objectContaining({ exact: quote(3).text }) as unknown, frameId: 0 },
    ]);
  });

  it('says so where the page no longer has the sentence', async () => {
    platform.found = false;
    await open();
    await ask('Why?');
    await reply(PASSAGES, { kind: 'statement', statement: quote(3) }, DONE);
    root.querySelector<HTMLElement>('.answer .source-mark')!.click();
    await settle();
    expect(texts('.notice')).toEqual(['The page no longer has this sentence.']);
  });

  it('that the page does not answer is said not to be, with the nearest passages', async () => {
    await open();
    await ask('Who won the cup?');
    await reply(PASSAGES, UNANSWERED, DONE);
    expect(texts('.unanswered')).toEqual(['The page does not say.']);
    expect(texts('.passages summary')).toEqual(['The nearest passages']);
    expect(texts('.answer blockquote')).toEqual([]);
  });

  it('shows what is being written, and puts what was checked in its place', async () => {
    await open();
    await ask('Why?');
    await reply({ kind: 'backend', model: 'M', device: 'cpu', threads: 2 }, { kind: 'delta', text: 'The **sill' });
    expect(texts('.draft')).toEqual(['The **sill']);
    await reply({ kind: 'statement', statement: written('The **sill** is shallow.') });
    expect(texts('.draft')).toEqual([]);
    expect(texts('.answer strong')).toEqual(['sill']);
    const doubted = written('In 1831.', { support: 'unsupported', sources: [], doubts: ['number'] });
    await reply({ kind: 'statement', statement: doubted }, DONE);
    expect(texts('.answer mark.unsure')).toEqual(['In 1831.']);
    expect(texts('.answer-by')).toEqual(['Written by M, checked against the page']);
    expect(texts('footer .status')).toEqual(['M · CPU, 2 threads · on this device']);
  });

  it('is told of in whole sentences, not in tokens', async () => {
    await open();
    await ask('Why?');
    await reply(PASSAGES, { kind: 'delta', text: 'The sill' });
    expect(status()).not.toContain('The sill');
    await reply({ kind: 'statement', statement: quote(3) });
    expect(status()).toContain(quote(3).text);
    await reply(DONE);
    expect(status()).toBe('Done');
    expect(root.querySelector('[role=log]')?.getAttribute('aria-live')).toBe('off');
  });

  it('carries the conversation: what was asked and answered', async () => {
    await open();
    await ask('Why is it late?');
    await reply(PASSAGES, { kind: 'statement', statement: quote(3) }, DONE);
    await ask('Who won?');
    await reply(UNANSWERED, DONE);
    await ask('How deep is it?');
    expect(platform.questions[2].task.history).toEqual([
      { question: 'Why is it late?', answer: quote(3).text },
      { question: 'Who won?', answer: '' },
    ]);
    expect(platform.questions[2].task.articles[0], 'one object, indexed once').toBe(
      platform.questions[0].task.articles[0],
    );
  });

  it('stops with Esc or with the button, and what there is stays', async () => {
    await open();
    await ask('Why?');
    await reply(PASSAGES, { kind: 'statement', statement: quote(3) });
    await escape();
    expect(platform.questions[0].signal.aborted).toBe(true);
    expect(texts('.answer blockquote')).toHaveLength(1);
    expect(texts('.turn > .quiet')).toEqual(['Stopped']);
    await ask('Again?');
    await press('Stop');
    expect(platform.questions[1].signal.aborted).toBe(true);
  });

  it('that fails says why and is asked again', async () => {
    await open();
    await ask('Why?');
    platform.questions[0].events.close(new AppError('out-of-memory', 'm'));
    await settle();
    expect(texts('.failure h2')).toEqual(['There was not enough memory.']);
    await press('Run again');
    expect(platform.questions).toHaveLength(2);
    expect(texts('.question')).toEqual(['Why?']);
  });

  it('is asked again, or edited, in its place', async () => {
    await open();
    await ask('First?');
    await reply({ kind: 'statement', statement: quote(0) }, DONE);
    await ask('Second?');
    await reply({ kind: 'statement', statement: quote(1) }, DONE);
    await press('Ask again');
    expect(platform.questions[2].task).toMatchObject({ question: 'Second?', history: [{ question: 'First?' }] });
    await reply(DONE);
    await press('Edit');
    expect(field().value).toBe('First?');
    await ask('Instead?');
    expect(platform.questions[3].task.history).toEqual([]);
    expect(texts('.question')).toEqual(['Instead?']);
  });

  it('is sent by Enter, and not by Shift+Enter or while an input method composes', async () => {
    await open();
    await type('Why');
    await key({ key: 'Enter', shiftKey: true });
    await key({ key: 'Enter', isComposing: true });
    expect(platform.questions).toHaveLength(0);
    await key({ key: 'Enter' });
    expect(platform.questions).toHaveLength(1);
    expect(field().value).toBe('');
  });
});
