// @vitest-environment jsdom
// A summary read in another language: the same sentences, translated, still leading back to the page.
import { act } from 'preact/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { open, platform, press, root, say, settle, text, texts, translation } from './open-panel.tsx';
import { readIn, translated } from './read-in.ts';
import { ARTICLE, DONE, QUOTES, quote, written } from './samples.ts';

vi.mock('wxt/browser', () => import('./catalogue.ts'));

const MARE = 'A maré chega tarde.';

async function summarize(): Promise<void> {
  await open();
  await press('Summarize');
  const doubted = written('By 41 years.', { support: 'unsupported', sources: [], doubts: ['number'] });
  await say(QUOTES, { kind: 'statement', statement: doubted }, DONE);
}

describe('a finished summary', () => {
  it('is read in another language, sentence by sentence, and says from which it is', async () => {
    await summarize();
    expect(texts('.read-in option')).toEqual(['English, as written', 'German', 'Portuguese']);
    await readIn('pt');
    const [asked] = translation.translations;
    expect(asked).toMatchObject({
      pair: { from: 'en', to: 'pt' },
      texts: [quote(0).text, quote(2).text, 'By 41 years.'],
    });
    expect(texts('.translated-from')).toEqual([]);
    await translated(0, MARE);
    expect(texts('.part-quotes li')).toEqual([`${MARE}1`, `${quote(2).text}2`]);
    await translated(2, 'Por 41 anos.');
    expect(texts('.part-written li')).toEqual(['Por 41 anos.Unsure: a number is not on the page']);
    expect(texts('.translated-from')[0]).toBe(' · translated from English');
    expect(root.querySelector('.part-quotes li [lang]')?.getAttribute('lang')).toBe('pt');
  });

  it('keeps its sources: the mark shows the page’s own sentence and goes there', async () => {
    await summarize();
    await readIn('pt');
    await translated(0, MARE);
    const mark = root.querySelector<HTMLButtonElement>('.source-mark')!;
    void act(() => mark.focus());
    expect(texts('[role=tooltip]')).toEqual([`${quote(0).text}Click to see it in the page`]);
    mark.click();
    await settle();
    expect(platform.shown[0]).toMatchObject({ quote: { exact: quote(0).text } });
  });

  it('marks what was left in the original', async () => {
    await summarize();
    await readIn('pt');
    await translated(0, quote(0).text, [{ start: 0, end: quote(0).text.length, doubts: ['copy'] }]);
    expect(text(root.querySelector('.part-quotes li'))).toContain('(left in the original)');
    expect(texts('.part-quotes mark.unsure')).toEqual([quote(0).text]);
  });

  it('is copied as it is shown', async () => {
    const copied: string[] = [];
    vi.stubGlobal('navigator', { clipboard: { writeText: (it: string) => Promise.resolve(void copied.push(it)) } });
    await summarize();
    await readIn('pt');
    await translated(0, MARE);
    await press('Copy');
    expect(copied[0]).toContain(`- ${MARE}`);
    expect(copied[0]).toContain('translated from English');
  });

  it('is shown as written again, at once and after it is made anew', async () => {
    await summarize();
    await readIn('pt');
    await translated(0, MARE);
    await readIn('');
    expect(translation.translations[0].signal.aborted).toBe(true);
    expect(texts('.part-quotes li')[0]).toBe(`${quote(0).text}1`);
    await readIn('pt');
    await translated(0, MARE);
    await press('Run again');
    expect(texts('.part-quotes li')[0]).not.toContain(MARE);
  });

  it('offers the download that a language needs, then goes on by itself', async () => {
    await summarize();
    await readIn('de');
    expect(translation.translations).toEqual([]);
    expect(texts('.translated-from')).toEqual([]);
    await press('Download 22 MB');
    translation.downloads[0].events.push({ kind: 'done', finishReason: 'stop', metrics: null });
    translation.downloads[0].events.close();
    await settle();
    expect(translation.translations[0].pair).toEqual({ from: 'en', to: 'de' });
  });

  it('says what went wrong, beside the summary as written', async () => {
    await summarize();
    await readIn('pt');
    translation.translations[0].events.close(new AppError('timed-out'));
    await settle();
    expect(texts('.read-in .failure h2')).toEqual(['The model stopped answering.']);
    expect(texts('.part-quotes li')[0]).toContain(quote(0).text);
    root.querySelector<HTMLElement>('.read-in .failure .primary')!.click();
    await settle();
    expect(translation.translations).toHaveLength(2);
  });

  it('in a language that is not known, or that nothing translates, offers none', async () => {
    platform.read = () => Promise.resolve({ ...ARTICLE, language: '' });
    await summarize();
    expect(root.querySelector('.read-in')).toBeNull();
    platform.read = () => Promise.resolve({ ...ARTICLE, language: 'la' });
    await press('Run again');
    await say(QUOTES, DONE);
    expect(root.querySelector('.read-in')).toBeNull();
  });
});
