// @vitest-environment jsdom
// Names of languages, ways between them, and the words of the card.
import { render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { languageLabel, languageName, matchLanguage, pairLabel, sortLanguages } from '../../../components/languages.ts';
import { missingBytes, routeOf } from '../../../components/packs.ts';
import { TranslationCard, type CardState, type TranslationCardProps } from '../../../components/TranslationCard.tsx';
import { PACKS, pack } from './fake-translation.ts';

vi.mock('wxt/browser', () => import('./catalogue.ts'));

describe('languages', () => {
  it('have the names of the reader’s language', () => {
    expect([languageName('pt'), languageLabel('zh-Hant'), languageName('xx-private')]).toEqual([
      'Portuguese',
      'Chinese (Traditional)',
      'xx (PRIVATE)',
    ]);
    expect(pairLabel({ from: 'en', to: 'pt' })).toBe('English to Portuguese');
    expect(sortLanguages(['pt', 'en', 'pt', 'is'])).toEqual(['en', 'is', 'pt']);
  });

  it.each([
    ['pt-BR', 'pt'],
    ['en', 'en'],
    ['zh-TW', 'zh-Hant'],
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    ['nn-NO', 'nn'],
    ['not a tag', ''],
    ['', ''],
  ])('"%s" is "%s" among those that can be translated', (tag, found) => {
    expect(matchLanguage(tag, ['pt', 'en', 'zh', 'zh-Hant'])).toBe(found);
  });
});

describe('the way between two languages', () => {
  it('is the direct one, else through English, else none', () => {
    const way = (from: string, to: string) =>
      routeOf(PACKS, { from, to })?.map(({ pair }) => `${pair.from}-${pair.to}`);
    expect(way('en', 'pt')).toEqual(['en-pt']);
    expect(way('de', 'pt')).toEqual(['de-en', 'en-pt']);
    expect(way('pt', 'is')).toBeUndefined();
    expect(way('pt', 'pt')).toBeUndefined();
  });

  it('takes what is not here yet', () => {
    expect(missingBytes(routeOf(PACKS, { from: 'de', to: 'pt' })!)).toBe(0);
    expect(missingBytes([pack('en', 'de', { state: 'partial', storedBytes: 12e6 }), pack('is', 'en')])).toBe(68e6);
    const unverified = pack('en', 'de', { state: 'partial', downloadBytes: 0, storedBytes: 34e6 });
    expect(missingBytes([unverified])).toBeGreaterThan(0);
  });
});

describe('the card', () => {
  const place = document.body.appendChild(document.createElement('div'));
  afterEach(() => render(null, place));

  const nothing = () => undefined;
  function show(state: CardState, props: Partial<TranslationCardProps> = {}): string {
    render(
      <TranslationCard
        state={state}
        from="en"
        to="pt"
        languages={['en', 'pt']}
        modelBytes={null}
        onOpenOptions={nothing}
        editable={false}
        onSource={nothing}
        onTarget={nothing}
        onSwap={nothing}
        onCopy={() => Promise.resolve(true)}
        onReplace={nothing}
        onSendToPanel={nothing}
        onDownload={nothing}
        onPause={nothing}
        onAgain={nothing}
        onClose={nothing}
        {...props}
      />,
      place,
    );
    return place.querySelector('.card-body')?.textContent ?? '';
  }

  it.each<[CardState, Partial<TranslationCardProps>, string]>([
    [{ kind: 'loading', fraction: 0.5, loadedBytes: 8e6, totalBytes: 17e6 }, {}, 'Loading the model8 of 17 MB'],
    [{ kind: 'translating', text: '' }, {}, 'Translating'],
    [{ kind: 'translating', text: 'A maré.' }, {}, 'A maré.'],
    [{ kind: 'unknown-language' }, { from: '' }, 'Inkling cannot tell which language this is.Choose it above.'],
    [
      { kind: 'failed', error: { code: 'no-such-pair', detail: '' } },
      { from: 'la' },
      'No model translates from Latin into Portuguese.Choose another language above.',
    ],
    [
      { kind: 'failed', error: { code: 'storage-full', detail: '' } },
      {},
      'There is no room left for the model.Free some space on this device, then run again.Run again',
    ],
    [{ kind: 'translating', text: '' }, { from: 'pt' }, 'This is in Portuguese already.Choose another language above.'],
    [{ kind: 'downloading', fraction: 0.5, remainingMs: 8000, paused: false }, {}, 'Downloadingabout 8 s left50%Pause'],
    [{ kind: 'downloading', fraction: 0.5, paused: true }, {}, 'Download paused50%Resume'],
  ])('says %o with %o', (state, props, said) => {
    expect(show(state, props)).toBe(said);
  });

  it('marks neighbouring sentences that were left in the original as one', () => {
    const text = 'Um. Two. Three. Quatro. Five.';
    const kept = [
      { start: 4, end: 8, doubts: [] },
      { start: 9, end: 15, doubts: [] },
      { start: 24, end: 29, doubts: [] },
    ];
    expect(show({ kind: 'done', text, kept })).toBe(
      'Um. Two. Three. (left in the original) Quatro. Five. (left in the original)',
    );
    expect([...place.querySelectorAll('mark')].map((mark) => [mark.textContent, mark.lang])).toEqual([
      ['Two. Three.', 'en'],
      ['Five.', 'en'],
    ]);
  });

  it('holds text, whatever was translated', () => {
    const text = '<img src=x onerror=alert(1)> [a](javascript:alert(1))';
    expect(show({ kind: 'done', text, kept: [{ start: 0, end: 9, doubts: [] }] })).toContain('onerror=alert(1)>');
    expect(place.querySelectorAll('img, a, script')).toHaveLength(0);
  });

  it('tells a screen reader what came of it, not how far it is', () => {
    const live = () => place.querySelector('.card-body')?.getAttribute('aria-live');
    show({ kind: 'translating', text: 'A maré.' });
    expect(live()).toBe('off');
    show({ kind: 'downloading', fraction: 0.5, paused: false });
    expect(live()).toBe('off');
    show({ kind: 'done', text: 'A maré chega.', kept: [] });
    expect(live()).toBe('polite');
    show({ kind: 'failed', error: { code: 'offline', detail: '' } });
    expect(live()).toBe('polite');
  });

  it('offers to replace where the text can be changed, and nothing of the kind before it is done', () => {
    const buttons = () => [...place.querySelectorAll('.card-actions button')].map(({ textContent }) => textContent);
    show({ kind: 'translating', text: 'A maré.' }, { editable: true });
    expect(buttons()).toEqual([]);
    show({ kind: 'done', text: 'A maré.', kept: [] }, { editable: true });
    expect(buttons()).toEqual(['Replace', 'Copy', 'Open in panel']);
    show({ kind: 'done', text: 'A maré.', kept: [] });
    expect(buttons()).toEqual(['Copy', 'Open in panel']);
  });
});
