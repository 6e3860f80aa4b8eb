// @vitest-environment jsdom
// The panel's Translation part: what it says of each state, and what it asks of the platform.
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import type { PageTranslationState } from '../../../lib/requests.ts';
import { PACKS, pack } from './fake-translation.ts';
import {
  button,
  choose,
  has,
  open,
  platform,
  press,
  root,
  selectNamed,
  settle,
  text,
  texts,
  translation,
} from './open-panel.tsx';

vi.mock('wxt/browser', () => import('./catalogue.ts'));

const STATE: PageTranslationState = {
  phase: 'translating',
  mode: 'bilingual',
  pair: { from: 'en', to: 'pt' },
  doneCharacters: 430,
  totalCharacters: 1000,
  remainingMs: 19_000,
  kept: 2,
};

beforeEach(() => void (translation.choice = { part: 'translation', to: 'pt', mode: 'bilingual' }));

async function tell(change: Partial<PageTranslationState> | null): Promise<void> {
  translation.tell(1, change && { ...STATE, ...change });
  await settle();
}

const main = () => text(root.querySelector('main'));

describe('the tabs', () => {
  it('show the part of the last time, and keep the next', async () => {
    await open();
    expect(texts('[role=tab][aria-selected=true]')).toEqual(['Translation']);
    await press('Summary');
    expect(root.querySelector('[role=tabpanel]')?.getAttribute('aria-labelledby')).toBe('tab-summary');
    expect(has('Summarize')).toBe(true);
    expect(translation.saved).toEqual([{ part: 'summary' }]);
  });

  it('are one stop of the Tab key, and go round with the arrows', async () => {
    await open();
    const tabs = () => [...root.querySelectorAll<HTMLButtonElement>('[role=tab]')];
    expect(tabs().map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, 0]);
    for (const [key, selected] of [
      ['ArrowRight', 'Summary'],
      ['ArrowRight', 'Ask'],
      ['ArrowLeft', 'Summary'],
      ['ArrowLeft', 'Translation'],
      ['Home', 'Summary'],
      ['End', 'Translation'],
    ]) {
      await act(() => void tabs()[0].dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
      expect(texts('[role=tab][aria-selected=true]')).toEqual([selected]);
      expect(text(document.activeElement)).toBe(selected);
    }
  });

  it('have what all languages need loaded once Translation is looked at, then what the page needs', async () => {
    translation.choice = { part: 'summary', to: 'pt', mode: 'bilingual' };
    await open();
    expect(translation.prepared).toEqual([]);
    await press('Translation');
    await vi.waitFor(
      async () => {
        await settle();
        expect(translation.prepared).toEqual([null, { from: 'en', to: 'pt' }]);
      },
      { timeout: 10_000 },
    );
  });

  it('come to the front as menus and shortcuts ask', async () => {
    await open();
    platform.gesture(1, { kind: 'summarize', scope: 'page', frameId: 0 });
    await settle();
    expect(texts('[role=tab][aria-selected=true]')).toEqual(['Summary']);
    platform.gesture(1, { kind: 'translate' });
    await settle();
    expect(texts('[role=tab][aria-selected=true]')).toEqual(['Translation']);
    expect(translation.orders).toEqual([{ tabId: 1, order: { pair: { from: 'en', to: 'pt' }, mode: 'bilingual' } }]);
  });
});

describe('a page', () => {
  it('is translated from its own language into the reader’s, in the place that was chosen', async () => {
    await open();
    expect([selectNamed('From')?.value, selectNamed('To')?.value]).toEqual(['en', 'pt']);
    root.querySelector<HTMLInputElement>('input[value=replace]')!.click();
    await settle();
    await press('Translate');
    expect(translation.orders).toEqual([{ tabId: 1, order: { pair: { from: 'en', to: 'pt' }, mode: 'replace' } }]);
    expect(translation.saved).toEqual([{ mode: 'replace' }]);
  });

  it('says how far it is, how long it will take, and what stays in the original', async () => {
    await open();
    await tell({});
    expect(texts('.activity p')).toEqual(['Translating', 'about 20 s left', '43% · 2 sentences left in the original']);
    expect(root.querySelector('progress')?.value).toBeCloseTo(0.43);
    await tell({ phase: 'watching', doneCharacters: 1000, kept: 1 });
    expect(texts('.activity p')).toEqual(['Translated · 1 sentence left in the original']);
    expect(main()).toContain('New text on this page is translated as it appears.');
    await tell(null);
    expect(texts('.activity')).toEqual([]);
    expect(has('Translate')).toBe(true);
  });

  it('is paused, gone on with, shown the other way and given back', async () => {
    await open();
    await tell({});
    expect(has('Translate')).toBe(false);
    await press('Pause');
    await tell({ phase: 'paused' });
    await press('Resume');
    root.querySelector<HTMLInputElement>('input[value=replace]')!.click();
    await press('Show the original');
    expect(translation.changes.map(({ change }) => change)).toEqual(['pause', 'resume', 'replace', 'restore']);
  });

  it('is translated anew when the reader chooses another language for it', async () => {
    translation.packs = [...PACKS, pack('en', 'fr', { state: 'installed' })];
    await open();
    await tell({});
    await choose(selectNamed('To'), 'fr');
    expect(translation.orders.at(-1)?.order.pair).toEqual({ from: 'en', to: 'fr' });
    expect(translation.saved).toEqual([{ to: 'fr' }]);
  });

  it('tells a screen reader when it begins and ends, not how far it is', async () => {
    await open();
    await tell({});
    const said = () => texts('[role=status]').at(-1);
    expect(said()).toBe('Translating');
    await tell({ doneCharacters: 900 });
    expect(said()).toBe('Translating');
    await tell({ phase: 'watching' });
    expect(said()).toBe('Translated, 2 sentences left in the original');
  });

  it('that failed says why, and goes on where it stopped', async () => {
    await open();
    await tell({ phase: 'failed', error: { code: 'out-of-memory', detail: '' } });
    expect(texts('.failure h2')).toEqual(['There was not enough memory.']);
    await press('Run again');
    expect(translation.changes).toEqual([{ tabId: 1, change: 'resume' }]);
  });

  it('of another tab has its own state', async () => {
    await open();
    await tell({});
    platform.show({ tabId: 2, url: 'https://example.org/b' });
    await settle();
    expect(texts('.activity')).toEqual([]);
    expect(has('Translate')).toBe(true);
  });

  it('that may not be read is asked for, in the click', async () => {
    translation.language = () => Promise.reject(new AppError('permission-needed'));
    await open();
    expect(texts('.failure h2')).toEqual(['Inkling may not read this site yet.']);
    translation.language = () => Promise.resolve('en');
    button('Allow on this site').click();
    expect(platform.asked).toEqual(['https://example.org/tides']);
    await settle();
    await settle();
    expect(texts('.failure')).toEqual([]);
    expect(selectNamed('From')?.value).toBe('en');
  });

  it('that no extension may read says so, and offers nothing that does not help', async () => {
    translation.language = () => Promise.reject(new AppError('restricted-page'));
    await open();
    expect(main()).toContain('The browser lets no extension read this page.');
    expect(main()).toContain('Open another page');
    expect(root.querySelector('textarea')).toBeNull();
  });
});
