// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { close, platform, press, say, settle, translation } from '../components/open-panel.tsx';
import { DONE, quote } from '../components/samples.ts';
import { ask, open, reply, showChat } from './ask-panel.ts';

vi.mock('wxt/browser', () => import('../components/catalogue.ts'));

beforeEach(showChat);

const ended = () => platform.readAheads.map(({ signal }) => signal.aborted);

describe('the page is read ahead', () => {
  it('of the first question, and of the next with what was said so far; a question ends it', async () => {
    await open();
    expect(platform.readAheads.map(({ tabId, history }) => [tabId, history])).toEqual([[1, []]]);
    await ask('Why?');
    expect(ended()).toEqual([true]);
    await reply({ kind: 'statement', statement: quote(0) }, DONE);
    expect(platform.readAheads).toHaveLength(2);
    expect(platform.readAheads[1].history).toMatchObject([{ question: 'Why?' }]);
    expect(ended()).toEqual([true, false]);
  });

  it('until the tab navigates, and the next page once it has loaded', async () => {
    await open();
    platform.show({ url: 'https://example.org/next', status: 'loading' });
    await settle();
    expect(ended()).toEqual([true]);
    platform.show({ status: 'complete' });
    await vi.waitFor(() => expect(ended()).toEqual([true, false]));
  });

  it('until another tab or part is in front, or the panel is closed', async () => {
    await open();
    platform.show({ tabId: 2, url: 'https://example.org/b' });
    await settle();
    await settle(); // what was kept is read in a turn of its own
    expect(ended()).toEqual([true, false]);
    await press('Summary');
    expect(ended()).toEqual([true, true]);
    await press('Ask');
    await vi.waitFor(() => expect(ended()).toEqual([true, true, false]));
    await close();
    expect(ended()).toEqual([true, true, true]);
  });
});

describe('where another part is in front, the page is read ahead', () => {
  const PAUSE_MS = 2_000;

  beforeEach(() => {
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] });
    translation.choice = { ...translation.choice, part: 'summary' };
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('once the reader has asked for nothing else for a while', async () => {
    await open();
    await vi.advanceTimersByTimeAsync(PAUSE_MS / 2);
    expect(platform.readAheads).toEqual([]);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(platform.readAheads.map(({ tabId, history }) => [tabId, history])).toEqual([[1, []]]);
    await press('Translation');
    expect(ended()).toEqual([false]);
    platform.show({ url: 'https://example.org/next', status: 'loading' });
    await settle();
    expect(ended()).toEqual([true]);
    await close();
  });

  it('until a summary is asked for, and again when that is done', async () => {
    await open();
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    await press('Summarize');
    expect(ended()).toEqual([true]);
    await vi.advanceTimersByTimeAsync(2 * PAUSE_MS);
    expect(platform.readAheads).toHaveLength(1);
    await say(DONE);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(ended()).toEqual([true, false]);
  });

  it('but not for a reader who summarizes at once', async () => {
    await open();
    await press('Summarize');
    await vi.advanceTimersByTimeAsync(2 * PAUSE_MS);
    expect(platform.readAheads).toEqual([]);
    await close();
  });
});
