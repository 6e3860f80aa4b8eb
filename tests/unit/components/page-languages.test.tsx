// @vitest-environment jsdom
// The languages of the panel's Translation part: what there is for them, what must be downloaded, and the rule of a site.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { PACKS } from './fake-translation.ts';
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

beforeEach(() => void (translation.choice = { part: 'translation', to: 'pt', mode: 'bilingual' }));

const main = () => text(root.querySelector('main'));

describe('languages', () => {
  it('are found although the reader chooses where to translate to before the page has said', async () => {
    let say: (language: string) => void = () => undefined;
    translation.language = () => new Promise((resolve) => (say = resolve));
    await open();
    await choose(selectNamed('To'), 'pt');
    say('en');
    await settle();
    expect(selectNamed('From')?.value).toBe('en');
    expect(button('Translate').disabled).toBe(false);
  });

  it('are asked of a page when the reader looks, once, and not before', async () => {
    translation.choice = { part: 'summary', to: 'pt', mode: 'bilingual' };
    const asked = vi.fn(() => Promise.resolve('en'));
    translation.language = asked;
    await open();
    expect(asked).not.toHaveBeenCalled();
    for (const part of ['Translation', 'Summary', 'Translation']) {
      await press(part);
      await settle();
    }
    expect(asked).toHaveBeenCalledOnce();
  });

  it.each([
    ['la', 'No model translates from Latin into Portuguese.'],
    ['', 'Inkling cannot tell which language this is.'],
  ])('of a page in "%s": said at once, and nothing can be pressed in vain', async (language, said) => {
    translation.language = () => Promise.resolve(language);
    await open();
    expect(texts('.failure h2')).toEqual([said]);
    expect(button('Translate').disabled).toBe(true);
  });

  it('another is proposed for a page in the reader’s own; chosen for both, that is said', async () => {
    translation.language = () => Promise.resolve('pt-BR');
    await open();
    expect([selectNamed('From')?.value, selectNamed('To')?.value]).toEqual(['pt', 'en']);
    expect(button('Translate').disabled).toBe(false);
    await choose(selectNamed('To'), 'pt');
    expect(texts('.failure h2')).toEqual(['This is in Portuguese already.']);
    expect(button('Translate').disabled).toBe(true);
  });

  it('are translated by whom the reader chose, where the browser can', async () => {
    await open();
    expect(selectNamed('Translate with')).toBeNull();
    translation.native = true;
    await choose(selectNamed('From'), 'de');
    await settle();
    await choose(selectNamed('Translate with'), 'browser');
    expect(translation.saved).toEqual([{ by: 'browser' }]);
  });

  it('are told by the reader where the page does not', async () => {
    translation.language = () => Promise.resolve('');
    await open();
    await choose(selectNamed('From'), 'de');
    expect(texts('.failure')).toEqual([]);
    await press('Translate');
    expect(translation.orders[0].order.pair).toEqual({ from: 'de', to: 'pt' });
  });

  it('are swapped, for this page only', async () => {
    await open();
    await press('Swap languages');
    expect([selectNamed('From')?.value, selectNamed('To')?.value]).toEqual(['pt', 'en']);
    expect(translation.saved).toEqual([]);
    platform.show({ tabId: 2, url: 'https://example.org/b' });
    await settle();
    await settle();
    expect([selectNamed('From')?.value, selectNamed('To')?.value]).toEqual(['en', 'pt']);
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
