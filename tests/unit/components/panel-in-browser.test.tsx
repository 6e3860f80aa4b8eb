// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { Channel } from '../../../lib/engine/channel.ts';
import { AppError } from '../../../lib/errors.ts';
import type { TaskEvent } from '../../../lib/protocol.ts';
import { button, close, fail, has, open, platform, press, root, say, settle, text, texts } from './open-panel.tsx';
import { ARTICLE, DONE, QUOTES, quote, written } from './samples.ts';

vi.mock('wxt/browser', () => import('./catalogue.ts'));

describe('tabs', () => {
  it('keep their own summaries while the panel lives', async () => {
    await open();
    await press('Summarize');
    platform.show({ tabId: 2, url: 'https://example.org/b', title: 'Other' });
    await settle();
    expect(texts('h1')).toEqual(['Other']);
    expect(texts('.part')).toEqual([]);
    await say({ kind: 'statement', statement: written('Late.') }, DONE);
    platform.show({ tabId: 1, url: ARTICLE.url, title: ARTICLE.title });
    await settle();
    expect(texts('.part-written li')).toEqual(['Late.' + text(root.querySelector('.part-written .source'))]);
    expect(platform.runs[0].signal.aborted).toBe(false);
  });

  it('say when the summary is of an earlier page', async () => {
    await open();
    await press('Summarize');
    await say(QUOTES, DONE);
    platform.show({ url: `${ARTICLE.url}#part` });
    await settle();
    expect(texts('.note')).toEqual([]);
    platform.show({ url: 'https://example.org/next' });
    await settle();
    expect(texts('.note')).toEqual(['This is about an earlier page in this tab: Why the tides run late']);
  });
});

describe('what menus and shortcuts ask for', () => {
  const selection = { ...ARTICLE, scope: 'selection' } as const;

  it('starts with the panel, in the frame of the gesture', async () => {
    const reads: unknown[] = [];
    platform.read = (...args) => {
      reads.push(args);
      return Promise.resolve(selection);
    };
    platform.intents.set(1, { kind: 'summarize', scope: 'selection', frameId: 7 });
    await open();
    expect(reads).toEqual([[1, 'selection', 7]]);
    await say(
      { kind: 'quotes', quotes: [quote(0)], coverage: { words: 240, wordsRead: 240, part: 1, parts: 1 } },
      DONE,
    );
    expect(texts('.activity p')).toEqual(['Selection, 240 words']);
    root.querySelector<HTMLElement>('.source-mark')!.click();
    expect(platform.shown[0].frameId).toBe(7);
  });

  it('takes the selection as captured where the frame can no longer tell', async () => {
    await open();
    platform.read = () => Promise.reject(new AppError('no-content'));
    platform.gesture(1, { kind: 'summarize', scope: 'selection', frameId: 0, selection });
    await settle();
    expect(platform.runs[0].task.article).toBe(selection);
  });
});

describe('a panel that is opened again', () => {
  it('shows the running job from its first event and goes on with it', async () => {
    await open();
    await press('Summarize');
    const [{ task, signal }] = platform.runs;
    const events = new Channel<TaskEvent>();
    await close();
    expect(signal.aborted).toBe(false);
    platform.jobs.set(1, { task, events });
    events.push(QUOTES);
    await open();
    expect(texts('.part-quotes li')).toHaveLength(2);
    events.push({ kind: 'statement', statement: written('Late.') });
    events.push(DONE);
    events.close();
    await settle();
    expect(texts('.part-written li')).toEqual(['Late.1']);
    expect(has('Run again')).toBe(true);
  });
});

describe('a model that has crashed too often', () => {
  it('runs again once the reader turns it on', async () => {
    await open();
    await press('Summarize');
    platform.runs[0].events.close(new AppError('model-off', 'm'));
    await settle();
    expect(platform.forgotten).toBe(0);
    await press('Turn it on again');
    expect(platform.forgotten).toBe(1);
    expect(platform.runs).toHaveLength(2);
  });
});

describe('a page that cannot be read', () => {
  it('is answered with a field to paste text into', async () => {
    await open();
    await fail('restricted-page');
    expect(texts('.failure h2')).toEqual(['The browser lets no extension read this page.']);
    const field = root.querySelector('textarea')!;
    field.value = ARTICLE.blocks.map((block) => block.text).join('\n');
    void act(() => void field.dispatchEvent(new Event('input', { bubbles: true })));
    await press('Summarize this text');
    expect(platform.runs[0].task.article).toMatchObject({ scope: 'pasted', blocks: ARTICLE.blocks });
    await say(QUOTES, { kind: 'statement', statement: written('Late.') }, DONE);
    root.querySelector<HTMLElement>('.source-mark')!.click();
    expect(platform.shown).toEqual([]);
  });

  it('can be allowed in one click, and is then read', async () => {
    await open();
    await fail('permission-needed');
    platform.read = () => Promise.resolve(ARTICLE);
    button('Allow on this site').click();
    expect(platform.asked, 'asked within the click').toEqual([ARTICLE.url]);
    await settle();
    expect(platform.runs).toHaveLength(1);
  });

  it('cannot be asked for while its address is unknown: the toolbar is named instead', async () => {
    platform.tab = { ...platform.tab, url: '' };
    await open();
    await fail('permission-needed');
    expect(has('Allow')).toBe(false);
    expect(texts('.failure p')[0]).toContain('Alt+Shift+I');
  });

  it('is forgotten once the tab loads another', async () => {
    await open();
    await fail('stale-page');
    expect(texts('.failure p')[0]).toContain('Refresh the page');
    platform.show({ status: 'loading' });
    await settle();
    expect(texts('.failure')).toEqual([]);
  });
});

describe('a run that fails', () => {
  it('keeps what there was and offers one way on', async () => {
    await open();
    await press('Summarize');
    await say(QUOTES);
    platform.runs[0].events.close(new AppError('out-of-memory', 'RangeError'));
    await settle();
    expect(texts('.failure h2')).toEqual(['There was not enough memory.']);
    expect(texts('.part-quotes li')).toHaveLength(2);
    root.querySelector<HTMLElement>('.failure .primary')!.click();
    await settle();
    expect(platform.runs).toHaveLength(2);
  });
});

describe('running again', () => {
  it('has the model write again what it was asked to write', async () => {
    await open();
    await press('Summarize');
    await say(QUOTES, DONE);
    await press('Let the small model write one');
    platform.runs[1].events.close(new AppError('timed-out'));
    await settle();
    expect(texts('header .failure h2')).toEqual(['The model stopped answering.']);
    await press('Run again');
    expect(platform.runs[2].task.compose).toBe('requested');
  });
});

describe('type and length', () => {
  it('are those of the last time, and are kept', async () => {
    await open();
    const [, length] = root.querySelectorAll('select');
    expect(length.value).toBe('short');
    length.value = 'long';
    void act(() => void length.dispatchEvent(new Event('change', { bubbles: true })));
    expect(platform.saved).toEqual([{ summaryType: 'key-points', summaryLength: 'long' }]);
    await press('Summarize');
    expect(platform.runs[0].task.length).toBe('long');
  });
});
