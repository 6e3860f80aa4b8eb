// @vitest-environment jsdom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Panel } from '../../../components/Panel.tsx';
import { Channel } from '../../../lib/engine/channel.ts';
import { AppError, type ErrorCode } from '../../../lib/errors.ts';
import type { TaskEvent } from '../../../lib/protocol.ts';
import { FakePlatform } from './fake-platform.ts';
import { ARTICLE, COVERAGE, quote, written } from './samples.ts';

vi.mock('wxt/browser', () => import('./catalogue.ts'));

const DONE: TaskEvent = { kind: 'done', finishReason: 'stop', metrics: null };
const QUOTES: TaskEvent = { kind: 'quotes', quotes: [quote(0), quote(2)], coverage: COVERAGE };

let platform: FakePlatform;
let root: HTMLElement;

/** Lets promises and renders settle. */
const settle = () => act(() => new Promise<void>((resolve) => setTimeout(resolve)));

async function open(): Promise<void> {
  root = document.body.appendChild(document.createElement('div'));
  void act(() => render(<Panel platform={platform} />, root));
  await settle();
}

async function close(): Promise<void> {
  void act(() => render(null, root));
  root.remove();
  await settle();
}

async function press(name: string): Promise<void> {
  button(name).click();
  await settle();
}

async function say(...events: TaskEvent[]): Promise<void> {
  const run = platform.runs.at(-1)!;
  for (const event of events) run.events.push(event);
  if (events.some((event) => event.kind === 'done')) run.events.close();
  await settle();
}

async function fail(code: ErrorCode): Promise<void> {
  platform.read = () => Promise.reject(new AppError(code));
  await press('Summarize');
}

function button(name: string): HTMLButtonElement {
  const found = [...root.querySelectorAll('button')].find((each) => (each.ariaLabel ?? text(each)).startsWith(name));
  if (!found) throw new Error(`no button ${name} in: ${text(root)}`);
  return found;
}

const has = (name: string) => [...root.querySelectorAll('button')].some((each) => text(each).startsWith(name));
const text = (element: Element | null) => element?.textContent ?? '';
const texts = (selector: string) => [...root.querySelectorAll(selector)].map(text);
const escape = () => act(() => void document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })));

beforeEach(() => {
  platform = new FakePlatform();
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {
        // jsdom lays nothing out, so nothing is ever resized
      }
      disconnect(): void {
        // likewise
      }
    },
  );
});

afterEach(async () => {
  await close();
  vi.unstubAllGlobals();
});

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
    const escapeThere = () =>
      act(() => void mark.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));
    await escapeThere();
    expect(texts('[role=tooltip]')).toEqual([]);
    expect(platform.runs[0].signal.aborted).toBe(false);
    await escapeThere();
    expect(platform.runs[0].signal.aborted).toBe(true);
  });
});

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
    await say({ ...QUOTES, coverage: { words: 240, wordsRead: 240, part: 1, parts: 1 } }, DONE);
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
