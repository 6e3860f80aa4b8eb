// The rewrite card in real Chromium, by keyboard and pointer, on a real field; only the engine's answers are the test's.
import { describe, expect, it } from 'vitest';
import { card, page, press, type } from './open-card.ts';
import {
  calls,
  change,
  CORRECTED,
  CORRECTIONS,
  DONE,
  FAULTY,
  fieldText,
  openRewrite,
  propose,
} from './open-rewrite.ts';

describe('the menu', () => {
  it('has the last choice under the Enter key', async () => {
    await openRewrite({ last: { action: 'shorten', instruction: '' } });
    expect(await card.call('focused')).toBe('2Shorten');
    await type('Enter');
    expect(await calls()).toEqual(['rewrite shorten']);
  });

  it('offers every action, by arrow and by digit', async () => {
    await openRewrite();
    const items = await card.call('heard', '[role=menuitem]');
    expect(items.map((item) => item.replace(/^menuitem \| /, ''))).toEqual([
      '1Fix grammar and spelling',
      '2Shorten',
      '3Bullet list',
      '4Improve',
      '5Expand',
      '6Simplify',
      '7Formal',
      '8Friendly',
      '9Tell me how…',
    ]);
    await type('ArrowRight');
    expect(await card.call('focused')).toBe('2Shorten');
    await type('ArrowDown');
    expect(await card.call('focused')).toMatch(/^[45]/);
    await type('End', 'ArrowUp', 'Home');
    expect(await card.call('focused')).toBe('1Fix grammar and spelling');
    await type('3');
    expect(await calls()).toEqual(['rewrite bullet-list']);
  });

  it('says quietly which actions need a larger model, and nothing where the model has it', async () => {
    await openRewrite();
    expect(await card.call('text', '.rewrite-menu')).toContain('With a larger model');
    await page.close();
    await openRewrite({ composes: true });
    expect(await card.call('text', '.rewrite-menu')).not.toContain('With a larger model');
  });

  it('takes an instruction, keeps it where that is wanted, and offers it from then on', async () => {
    await openRewrite();
    await type('9');
    await page.keyboard.type('Say it as a pirate');
    await type('Tab', 'Space', 'Tab', 'Enter');
    expect(await card.call('calls')).toEqual([
      'last instruct',
      'kept Say it as a pirate',
      'rewrite instruct Say it as a pirate',
    ]);
    await press('.card-back');
    await card.painted();
    expect(await card.call('focused')).toBe('Say it as a pirate');
    await type('Delete');
    expect((await card.call('calls')).at(-1)).toBe('kept ');
  });

  it('is passed by where the browser’s own menu has said what to do', async () => {
    await openRewrite({ instruction: 'Say it as a pirate' });
    expect(await card.call('text', 'h2')).toBe('Say it as a pirate');
    expect(await calls()).toEqual(['rewrite instruct Say it as a pirate']);
  });

  it('Enter sends the instruction, Shift+Enter breaks its line', async () => {
    await openRewrite({ last: { action: 'instruct', instruction: '' } });
    await type('Enter');
    await page.keyboard.type('One');
    await page.keyboard.down('Shift');
    await type('Enter');
    await page.keyboard.up('Shift');
    await page.keyboard.type('two');
    await type('Enter');
    expect(await calls()).toEqual(['rewrite instruct One\ntwo']);
  });
});

describe('a proposal', () => {
  it('comes into the card, never into the field', async () => {
    await openRewrite({ last: { action: 'improve', instruction: '' }, composes: true });
    await type('Enter');
    await card.call('answer', { kind: 'delta', text: 'There are two' }, { kind: 'delta', text: ' ferries' });
    await card.painted();
    expect(await card.call('text', '.rewrite-text')).toBe('There are two ferries');
    expect(await fieldText()).toBe(FAULTY);
    await card.call('answer', { kind: 'hunks', hunks: CORRECTIONS }, DONE);
    await card.painted();
    expect(await fieldText()).toBe(FAULTY);
  });

  it('shows what goes and what comes, and says it to who does not see it', async () => {
    await propose();
    expect(await card.call('heard', '.rewrite-text del')).toEqual(['del | Their', 'del | they is', 'del | very very']);
    expect(await card.call('heard', '.rewrite-text ins')).toEqual(['ins | There', 'ins | they are', 'ins | very']);
    expect(await card.call('heard', '[role=checkbox]')).toEqual([
      'checkbox | “Their” becomes “There”. grammar checker. Did you mean “there”? | true',
      'checkbox | “they is” becomes “they are”. grammar checker | true',
      'checkbox | “very very” becomes “very”. rule | true',
    ]);
    expect(await card.call('heard', '[role=group]')).toEqual(['group | 3 changes']);
    expect(await card.call('focused')).toMatch(/^“Their”/);
    expect(await card.call('style', 'text-decoration-line', '.change del')).toBe('line-through');
    expect(await card.call('style', 'text-decoration-line', '.change ins')).toBe('underline');
  });

  it('is applied by Enter, as one step of undo, with the caret behind it and the card gone', async () => {
    await propose();
    await type('Enter');
    await page.waitForFunction(() => document.documentElement.childElementCount === 2);
    expect(await fieldText()).toBe(CORRECTED);
    expect(await calls()).toEqual(['rewrite fix-grammar', 'closed left']);
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('field');
    await page.keyboard.type('!');
    expect(await fieldText()).toContain('!');
    await page.keyboard.press('Backspace');
    await page.keyboard.down('Control');
    for (let steps = 0; (await fieldText()) !== FAULTY && steps < 4; steps++) await page.keyboard.press('z');
    await page.keyboard.up('Control');
    expect(await fieldText()).toBe(FAULTY);
  });

  it('each change is taken or left by the arrows and Space', async () => {
    await propose();
    await type('ArrowRight', 'Space');
    expect(await card.call('heard', '[role=checkbox][aria-checked=false]')).toHaveLength(1);
    expect(await card.call('text', '.change-line')).toMatch(/Change 2 of 3 · grammar checker · left as it was/);
    await type('Enter');
    await page.waitForFunction(() => document.documentElement.childElementCount === 2);
    expect(await fieldText()).toBe('There is two ferries a day, and they is very late in 2019.');
  });

  it('each change is taken or left by the mouse; with none taken there is nothing to apply', async () => {
    await propose();
    for (const nth of [1, 2, 3]) await press(`.change:nth-of-type(${nth}) ins`);
    await card.painted();
    expect(await card.call('heard', '[role=checkbox][aria-checked=true]')).toEqual([]);
    await type('Enter');
    expect(await fieldText()).toBe(FAULTY);
    expect(await calls()).toEqual(['rewrite fix-grammar']);
  });

  it('that is doubted is taken only once the reader says so', async () => {
    await propose([CORRECTIONS[0], change('2019', '2020', { by: 'model', doubts: ['number'] })]);
    expect(await card.call('heard', '[role=checkbox]')).toEqual([
      expect.stringMatching(/true$/),
      'checkbox | “2019” becomes “2020”. Unsure: a number changes. the model | false',
    ]);
    await type('ArrowRight');
    expect(await card.call('text', '.change-line')).toContain('Unsure: a number changes');
  });

  it('has a clean view of what would stand there', async () => {
    await propose();
    await type('ArrowRight', 'Space');
    await press('.segments label:last-child');
    await card.painted();
    expect(await card.call('text', '.rewrite-text')).toBe('There is two ferries a day, and they is very late in 2019.');
    expect(await card.call('heard', '.rewrite-text ins')).toEqual([]);
  });

  it('says how often one has to undo where that is more than once', async () => {
    const [first, second] = FAULTY.split(', ');
    const html = `<ul><li>${first},</li></ul>${second}`;
    await openRewrite({}, `<div id="field" contenteditable>${html}</div>`);
    await page.keyboard.press('Enter');
    await card.call('answer', { kind: 'hunks', hunks: CORRECTIONS }, DONE);
    await card.painted();
    expect(await card.call('text', '.card')).toContain('To take this back, undo 2 times.');
  });

  it('R asks again, Esc leaves everything as it was', async () => {
    await propose();
    await type('r');
    expect(await calls()).toEqual(['rewrite fix-grammar', 'aborted', 'rewrite again fix-grammar']);
    await type('Escape');
    expect(await calls()).toContain('closed escape');
    expect(await fieldText()).toBe(FAULTY);
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('field');
  });

  it('of nothing says so', async () => {
    await propose([]);
    expect(await card.call('text', '[role=alert]')).toContain('No mistakes found');
  });
});
