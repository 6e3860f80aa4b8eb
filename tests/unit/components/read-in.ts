// Hands to read a summary or an answer in another language, and a translator that says what the test says.
import { act } from 'preact/test-utils';
import type { Translation } from '../../../lib/protocol.ts';
import { root, settle, translation } from './open-panel.tsx';

/** Chooses the language; '' is as written. */
export async function readIn(language: string): Promise<void> {
  const select = root.querySelector<HTMLSelectElement>('.read-in select')!;
  select.value = language;
  await act(() => void select.dispatchEvent(new Event('change', { bubbles: true })));
  await settle();
}

/** Of what was asked to be translated last, the text at `index` is this. */
export async function translated(index: number, text: string, kept: Translation['kept'] = []): Promise<void> {
  translation.translations.at(-1)!.events.push({ kind: 'translation', index, translation: { text, marks: [], kept } });
  await settle();
}
