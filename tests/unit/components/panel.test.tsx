// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { describe, expect, it, vi } from 'vitest';
import type { TaskEvent } from '../../../lib/protocol.ts';
import { escape, has, open, platform, press, root, say, settle, texts } from './open-panel.tsx';
import { ARTICLE, COVERAGE, DONE, QUOTES, quote, written } from './samples.ts';

vi.mock('wxt/browser', () => import('./catalogue.ts'));

describe('a summary', () => {
  it('shows the page’s key sentences before the engine has said anything', async () => {
    await open();
    await press('Summarize');
    expect(texts('.part-quotes li').length).toBeGreaterThan(1);
    expect(texts('h2')).toEqual(['The page’s own words']);
    expect(platform.runs[0].task).toMatchObject({ type: 'key-points', length: 'short', compose: 'automatic' });
  });

  it('keeps what the page says and what the model writes apart, in words', async () => {
    await open();
    await press('Summarize');
    await say({ kind: 'backend', model: 'SmolLM2 135M', device: 'cpu', threads: 2 }, QUOTES);
    await say({ kind: 'delta', text: 'The tide ' });
    expect(texts('.part-written li')).toEqual(['The tide']);
    await say({ kind: 'statement', statement: written('The tide is late.') });
    await say({
      kind: 'statement',
      statement: written('By 41 years.', { support: 'unsupported', sources: [], doubts: ['number'] }),
    });
    await say({ kind: 'statement', statement: quote(3) }, DONE);
    expect(texts('h2')).toEqual(['The page’s own words', 'Written by SmolLM2 135M, checked against the page']);
    expect(texts('.part-written li')).toEqual([
      'The tide is late.1',
      'By 41 years.Unsure: a number is not on the page',
      `${quote(3).text}3the page’s own words`,
    ]);
    expect(texts('footer')).toEqual(['SmolLM2 135M · CPU, 2 threads · on this device']);
  });

  it('tells a screen reader each sentence, and not the tokens', async () => {
    await open();
    await press('Summarize');
    await say({ kind: 'delta', text: 'The tide ' });
    expect(texts('[role=status]').join()).not.toContain('The tide ,');
    await say({ kind: 'statement', statement: written('The tide is late.') });
    expect(texts('[role=status]')[0]).toBe('Written by the model, checked against the page: The tide is late.');
  });

  it('says how far it is and how long it will take', async () => {
    await open();
    await press('Summarize');
    await say({ kind: 'progress', phase: 'loading', fraction: 0.46, loadedBytes: 45e6, totalBytes: 98e6 });
    expect(texts('.activity p')).toEqual(['Loading the model', '', '45 of 98 MB']);
    expect(root.querySelector('progress')?.value).toBe(0.46);
    await say({ kind: 'progress', phase: 'reading', fraction: 0.4, coverage: COVERAGE, remainingMs: 19_000 });
    expect(texts('.activity p')).toEqual(['Reading', 'about 20 s left', '4,100 of 12,400 words · part 4 of 9']);
    await say({ kind: 'progress', phase: 'checking', fraction: 1, coverage: { ...COVERAGE, wordsRead: 12_400 } }, DONE);
    expect(texts('.activity p')).toEqual(['all 12,400 words']);
  });

  it('says that a page was longer than can be read', async () => {
    platform.read = () => Promise.resolve({ ...ARTICLE, truncated: true });
    await open();
    await press('Summarize');
    await say({ kind: 'progress', phase: 'checking', fraction: 1, coverage: { ...COVERAGE, wordsRead: 12_400 } }, DONE);
    expect(texts('.activity p')[0]).toMatch(/^only the first 12,400 words/);
  });

  it('shows the sentence under a number, and goes to it in the page', async () => {
    await open();
    await press('Summarize');
    await say(QUOTES, { kind: 'statement', statement: written('Late.') }, DONE);
    const [mark] = root.querySelectorAll<HTMLButtonElement>('.part-written .source-mark');
    void act(() => mark.focus());
    expect(texts('[role=tooltip]')).toEqual([`${quote(0).text}Click to see it in the page`]);
    mark.click();
    await settle();
    expect(platform.shown[0]).toMatchObject({ tabId: 1, quote: { exact: quote(0).text }, frameId: 0 });
    platform.found = false;
    mark.click();
    await settle();
    expect(texts('.notice')).toEqual(['The page no longer has this sentence.']);
  });

  it('is copied as plain text', async () => {
    const copied: string[] = [];
    vi.stubGlobal('navigator', { clipboard: { writeText: (it: string) => Promise.resolve(void copied.push(it)) } });
    await open();
    await press('Summarize');
    await say(QUOTES, DONE);
    await press('Copy');
    expect(copied[0]).toContain(`- ${quote(2).text}`);
    expect(has('Copied')).toBe(true);
  });

  it('is written by the model when the reader asks for it', async () => {
    await open();
    await press('Summarize');
    await say(QUOTES, DONE);
    await press('Let the small model write one');
    expect(platform.runs[1].task).toMatchObject({ compose: 'requested', article: ARTICLE });
    await say(DONE);
    expect(has('Let the small model')).toBe(false);
    expect(texts('.note')[0]).toMatch(/^The model added nothing/);
  });

  it('holds text nodes only, whatever the page and the model say', async () => {
    const hostile = [
      '<img src="https://evil.example/x.png" onerror="alert(1)">',
      '![x](https://evil.example/x.png) [y](javascript:alert(1)) [z][1]\n\n[1]: https://evil.example',
      '<meta http-equiv="refresh" content="0;url=https://evil.example"><script>alert(1)</script>',
      '<a href="https://evil.example">x</a> https://evil.example <svg onload=alert(1)> &lt;b&gt;',
    ];
    const blocks = hostile.map((it) => ({ kind: 'paragraph', text: it }) as const);
    platform.read = () => Promise.resolve({ ...ARTICLE, title: hostile[0], description: hostile[0], blocks });
    platform.tab = { ...platform.tab, title: hostile[0], favIconUrl: 'https://evil.example/icon.png' };
    await open();
    await press('Summarize');
    const source = { block: 0, start: 0, end: hostile[0].length };
    for (const it of hostile) {
      const statements = [written(it, { sources: [source] }), written(it, { support: 'unsupported', sources: [] })];
      await say({ kind: 'delta', text: it });
      await say(...statements.map((statement): TaskEvent => ({ kind: 'statement', statement })));
    }
    const described = written(hostile[1], { support: 'quoted', origin: 'description', sources: [] });
    await say({ kind: 'quotes', quotes: [described], coverage: COVERAGE }, DONE);
    void act(() => root.querySelector<HTMLElement>('.source-mark')!.focus());
    expect(texts('.part-written li')[0]).toContain(hostile[0]);
    expect(root.querySelectorAll('img, a, script, meta, svg, iframe, link, object, embed, [src], [href]')).toHaveLength(
      0,
    );
  });
});

describe('stopping', () => {
  it('ends the run and keeps what there is', async () => {
    await open();
    await press('Summarize');
    await say(QUOTES, { kind: 'statement', statement: written('Late.') }, { kind: 'delta', text: 'Half a' });
    await escape();
    expect(platform.runs[0].signal.aborted).toBe(true);
    expect(texts('.activity p')[0]).toMatch(/^Stopped/);
    expect(texts('.part-written li')).toEqual(['Late.1']);
    await press('Run again');
    expect(platform.runs).toHaveLength(2);
  });

  it('first closes an open hint by Esc, then the run', async () => {
    await open();
    await press('Summarize');
    await say(QUOTES);
    const mark = root.querySelector<HTMLButtonElement>('.source-mark')!;
    void act(() => mark.focus());
    await escape(mark);
    expect(texts('[role=tooltip]')).toEqual([]);
    expect(platform.runs[0].signal.aborted).toBe(false);
    await escape(mark);
    expect(platform.runs[0].signal.aborted).toBe(true);
  });
});
