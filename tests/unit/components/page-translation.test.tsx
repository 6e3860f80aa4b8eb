// @vitest-environment jsdom
// The panel's Translation part: what it says of each state, and what it asks of the platform.
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import type { PageTranslationState } from '../../../lib/protocol.ts';
import { PACKS, pack } from './fake-translation.ts';
import { button, has, open, platform, press, root, settle, text, texts, translation } from './open-panel.tsx';

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

async function choose(select: HTMLSelectElement | null, value: string): Promise<void> {
  select!.value = value;
  await act(() => void select!.dispatchEvent(new Event('change', { bubbles: true })));
  await settle();
}

const selectNamed = (name: string) => root.querySelector<HTMLSelectElement>(`select[aria-label="${name}"]`);
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
    expect(tabs().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0]);
    for (const [key, selected] of [
      ['ArrowRight', 'Summary'],
      ['ArrowLeft', 'Translation'],
      ['Home', 'Summary'],
      ['End', 'Translation'],
    ]) {
      await act(() => void tabs()[0].dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
      expect(texts('[role=tab][aria-selected=true]')).toEqual([selected]);
      expect(text(document.activeElement)).toBe(selected);
    }
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

describe('languages', () => {
  it.each([
    ['la', 'No model translates from Latin into Portuguese.'],
    ['pt-BR', 'This is in Portuguese already.'],
    ['', 'Inkling cannot tell which language this is.'],
  ])('of a page in "%s": said at once, and nothing can be pressed in vain', async (language, said) => {
    translation.language = () => Promise.resolve(language);
    await open();
    expect(texts('.failure h2')).toEqual([said]);
    expect(button('Translate').disabled).toBe(true);
  });

  it('are told by the reader where the page does not', async () => {
    translation.language = () => Promise.resolve('');
    await open();
    await choose(selectNamed('From'), 'de');
    expect(texts('.failure')).toEqual([]);
    await press('Translate');
    expect(translation.orders[0].order.pair).toEqual({ from: 'de', to: 'pt' });
  });

  it('are swapped', async () => {
    await open();
    await press('Swap languages');
    expect([selectNamed('From')?.value, selectNamed('To')?.value]).toEqual(['pt', 'en']);
  });
});

describe('a download', () => {
  beforeEach(() => void (translation.language = () => Promise.resolve('is')));

  it('is offered with its size: all directions that the way needs', async () => {
    translation.choice = { ...translation.choice, to: 'de' };
    await open();
    expect(main()).toContain('Translating from Icelandic into German needs a model');
    expect(has('Download 56 MB')).toBe(true); // 34 of one, 34 - 12 of the other
    expect(button('Translate').disabled).toBe(true);
  });

  it('shows how far it is, and the page is translated when it is there', async () => {
    await open();
    await press('Download 34 MB');
    const [download] = translation.downloads;
    expect(download.pair).toEqual({ from: 'is', to: 'pt' });
    const progress = {
      kind: 'progress',
      phase: 'loading',
      fraction: 0.5,
      loadedBytes: 17e6,
      totalBytes: 34e6,
    } as const;
    download.events.push({ ...progress, remainingMs: 8000 });
    await settle();
    expect(texts('.offer p')).toEqual(['Downloading', 'about 8 s left', '17 of 34 MB']);
    download.events.push({ kind: 'done', finishReason: 'stop', metrics: null });
    download.events.close();
    translation.setPacks(PACKS.map((each) => (each.pair.from === 'is' ? { ...each, state: 'installed' } : each)));
    await settle();
    expect(translation.orders).toEqual([{ tabId: 1, order: { pair: { from: 'is', to: 'pt' }, mode: 'bilingual' } }]);
  });

  it('is paused, and goes on', async () => {
    await open();
    await press('Download 34 MB');
    translation.downloads[0].events.push({ kind: 'progress', phase: 'loading', fraction: 0.5 });
    await settle();
    await press('Pause');
    expect(translation.downloads[0].signal.aborted).toBe(true);
    expect(texts('.offer p')).toEqual(['Download paused', '', '50%']);
    await press('Resume');
    expect(texts('.offer p')[0]).toBe('Downloading');
    expect(translation.downloads).toHaveLength(2);
  });

  it('that fails says why, and is tried again', async () => {
    await open();
    await press('Download 34 MB');
    translation.downloads[0].events.close(new AppError('offline'));
    await settle();
    expect(texts('.failure h2')).toEqual(['The models cannot be reached.']);
    await press('Run again');
    expect(translation.downloads).toHaveLength(2);
    expect(translation.orders).toEqual([]);
  });

  it('of one pair is left when the reader turns to another, and its failure with it', async () => {
    await open();
    await press('Download 34 MB');
    await choose(selectNamed('From'), 'en');
    expect(translation.downloads[0].signal.aborted).toBe(true);
    expect(texts('.offer, .failure')).toEqual([]);
    expect(button('Translate').disabled).toBe(false);
  });

  it('goes by itself after the menu has asked for the page', async () => {
    await open();
    platform.gesture(1, { kind: 'translate' });
    await settle();
    expect(translation.orders).toEqual([]);
    translation.setPacks(PACKS.map((each) => ({ ...each, state: 'installed' })));
    await settle();
    expect(translation.orders).toHaveLength(1);
  });
});

describe('packs', () => {
  it('that are here are listed with what they take, and deleted', async () => {
    await open();
    expect(texts('.packs li')).toEqual([
      'English to Portugueseincluded',
      'Portuguese to Englishincluded',
      'German to English34 MBDelete',
      'English to German12 of 34 MBDelete',
    ]);
    await press('Delete German to English');
    expect(translation.deleted).toEqual([{ from: 'de', to: 'en' }]);
  });
});

describe('the rule of a site', () => {
  it('is shown and set', async () => {
    translation.rule = 'never';
    await open();
    const select = root.querySelector<HTMLSelectElement>('.site-rule select');
    expect([text(root.querySelector('.site-rule span')), select?.value]).toEqual(['On example.org', 'never']);
    await choose(select, 'always');
    expect(translation.rules).toEqual([{ url: 'https://example.org/tides', rule: 'always' }]);
    expect(select?.value).toBe('always');
  });

  it('stays as it was where the reader does not allow the site', async () => {
    translation.saveSiteRule = () => Promise.reject(new AppError('permission-needed'));
    await open();
    const select = root.querySelector<HTMLSelectElement>('.site-rule select');
    await choose(select, 'always');
    expect(select?.value).toBe('ask');
  });

  it('is not offered where the address is not known', async () => {
    platform.tab = { ...platform.tab, url: '' };
    await open();
    expect(root.querySelector('.site-rule')).toBeNull();
  });
});
