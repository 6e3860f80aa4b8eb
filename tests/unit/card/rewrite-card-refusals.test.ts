// What the rewrite card in real Chromium says where it cannot rewrite or replace; only the engine's answers are the test's.
import { describe, expect, it } from 'vitest';
import { card, load, page, press, type } from './open-card.ts';
import { calls, CORRECTED, CORRECTIONS, DONE, FAULTY, fieldText, openRewrite, propose } from './open-rewrite.ts';

describe('what cannot be done', () => {
  it('a text that has changed is not overwritten: the card says so and copies', async () => {
    await propose();
    await page.evaluate(() => (document.querySelector<HTMLTextAreaElement>('#field')!.value += ' And more.'));
    await type('Enter');
    await page.waitForFunction(() => document.hasFocus());
    await card.painted();
    await card.painted();
    expect(await card.call('text', '[role=alert]')).toContain('The text has changed meanwhile');
    expect(await fieldText()).toBe(`${FAULTY} And more.`);
    expect(await card.call('text', '.card-keys')).toContain('copies');
    await type('Enter');
    expect(await pasted()).toBe(CORRECTED);
  });

  it('copies on a page without a secure address, where there is no clipboard to write to', async () => {
    await openRewrite(
      {},
      '<p id="chosen">Their is two ferries a day, and they is very very late in 2019.</p>',
      'http://page.test/article',
    );
    expect(await page.evaluate(() => typeof navigator.clipboard)).toBe('undefined');
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      getSelection()!.selectAllChildren(document.querySelector('#chosen')!);
      for (const target of [window, document]) {
        target.addEventListener('copy', (event) => (event as ClipboardEvent).clipboardData!.setData('text/plain', 'x'));
      }
    });
    await card.call('openRewrite', {});
    await card.painted();
    await type('Enter');
    await card.call('answer', { kind: 'hunks', hunks: CORRECTIONS }, DONE);
    await card.painted();
    expect(await card.call('text', '.card-actions')).not.toContain('Apply');
    await type('Enter');
    expect(await card.call('text', '.card-actions .primary')).toBe('Copied');
    expect(await pasted()).toBe(CORRECTED);
  });

  it('a text that is not editable is kept in view in the panel', async () => {
    await openRewrite({}, `<p id="chosen">${FAULTY}</p>`);
    await page.keyboard.press('Escape');
    await page.evaluate(() => getSelection()!.selectAllChildren(document.querySelector('#chosen')!));
    await card.call('openRewrite', {});
    await card.painted();
    await type('Enter');
    await card.call('answer', { kind: 'hunks', hunks: CORRECTIONS }, DONE);
    await card.painted();
    await press('.card-actions .primary + button');
    expect((await calls()).slice(-2)).toEqual([
      `panel Fix grammar and spelling | ${FAULTY} | ${CORRECTED}`,
      'closed closed',
    ]);
  });

  it('a frame of another site, which the browser closes, is named', async () => {
    await load('<iframe id="frame" src="data:text/html,<textarea autofocus>Their is one.</textarea>"></iframe>');
    await page.evaluate(() => document.querySelector<HTMLElement>('#frame')!.focus());
    await card.call('openRewrite', {});
    await card.painted();
    expect(await card.call('text', '.failure')).toMatch(
      /^This text stands in a frame of another site.*can then be copied/s,
    );
  });

  it('an action that needs a larger model is an offer, in one line and one click', async () => {
    await openRewrite();
    await type('4');
    await card.call('fail', 'needs-model');
    await card.painted();
    expect(await card.call('text', '.offer')).toMatch(/needs a larger model.*253 MB/s);
    await press('.offer .primary');
    expect((await calls()).at(-1)).toBe('options');
    expect(await fieldText()).toBe(FAULTY);
  });

  it('a failure says what happened and tries again', async () => {
    await openRewrite();
    await type('Enter');
    await card.call('fail', 'out-of-memory');
    await card.painted();
    expect(await card.call('text', '[role=alert]')).not.toBe('');
    await press('[role=alert] .primary');
    expect((await calls()).filter((call) => call !== 'aborted')).toEqual([
      'rewrite fix-grammar',
      'rewrite fix-grammar',
    ]);
  });

  it('no text at all says what to do', async () => {
    await openRewrite({}, '<p>Nothing is selected here.</p>');
    expect(await card.call('text', '.failure')).toContain('put the caret in a field');
  });
});

/** What the clipboard holds, by pasting it into a field of the page. */
async function pasted(): Promise<string> {
  await card.painted();
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    field.id = 'pasted';
    document.body.append(field);
    field.focus();
  });
  await page.keyboard.press('v', { commands: ['Paste'] });
  return page.$eval('#pasted', (field) => (field as HTMLTextAreaElement).value);
}
