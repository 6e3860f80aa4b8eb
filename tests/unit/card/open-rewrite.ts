// A page with a text field and the rewrite card beside it; what the engine says is said by the test.
import type { Hunk, RewriteAction, TaskEvent } from '../../../lib/protocol.ts';
import type { RewriteSetup } from './card-bundle.tsx';
import { card, load, page } from './open-card.ts';

export const FAULTY = 'Their is two ferries a day, and they is very very late in 2019.';
export const FIELD = `<textarea id="field" rows="4" cols="60">${FAULTY}</textarea>`;

export const DONE: TaskEvent = { kind: 'done', finishReason: 'stop', metrics: null };

/** A change of the text where `before` stands in it. */
export function change(before: string, replacement: string, more: Partial<Hunk> = {}): Hunk {
  const start = FAULTY.indexOf(before);
  if (start < 0) throw new Error(`not in the text: ${before}`);
  return { start, end: start + before.length, replacement, by: 'checker', doubts: [], reason: '', ...more };
}

export const CORRECTIONS = [
  change('Their', 'There', { reason: 'Did you mean “there”?' }),
  change('they is', 'they are'),
  change('very very', 'very', { by: 'rules' }),
];
export const CORRECTED = 'There is two ferries a day, and they are very late in 2019.';

/** The page, with the caret in its field and the card beside it. */
export async function openRewrite(setup: RewriteSetup = {}, html = FIELD, url?: string): Promise<void> {
  await load(html, url);
  await page.evaluate(() => document.querySelector<HTMLTextAreaElement>('#field')?.focus());
  await card.call('openRewrite', setup);
  await card.painted();
}

/** The card, with changes proposed. */
export async function propose(hunks: Hunk[] = CORRECTIONS, action: RewriteAction = 'fix-grammar'): Promise<void> {
  await openRewrite({ last: { action, instruction: '' } });
  await page.keyboard.press('Enter');
  await card.call('answer', { kind: 'hunks', hunks }, DONE);
  await card.painted();
}

export const fieldText = (): Promise<string> => page.$eval('#field', (field) => (field as HTMLTextAreaElement).value);

/** What the card was asked to do, but for what it only remembers. */
export const calls = async (): Promise<string[]> =>
  (await card.call('calls')).filter((call) => !call.startsWith('last '));
