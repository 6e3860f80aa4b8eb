// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { close, platform, press, settle } from '../components/open-panel.tsx';
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
    await settle();
    expect(ended()).toEqual([true, false]);
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
    await settle();
    expect(ended()).toEqual([true, true, false]);
    await close();
    expect(ended()).toEqual([true, true, true]);
  });
});
