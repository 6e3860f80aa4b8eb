// Every word that tasks say to a model. Page text is data: it stands inside a fence that it cannot close, the instruction after it.
import type { Message } from '../model/language-model.ts';
import type { SummaryType } from '../protocol.ts';

const OPEN = '<text>';
const CLOSE = '</text>';

/** Page text as data: whatever looks like the fence is taken out of it. */
function fenced(text: string): string {
  return `${OPEN}\n${text.replace(/<\/?\s*text\s*>/giu, ' ')}\n${CLOSE}`;
}

const SYSTEM =
  'Provide a concise, objective summary of the input text, focusing on key actions and intentions. Use only what the text says.';

function asked(type: SummaryType, sentences: number): string {
  if (type === 'headline') return 'Write a short headline for the text above, in its language.';
  return sentences === 1
    ? 'Summarize the text above in one sentence, in its language.'
    : `Summarize the text above in up to ${sentences} sentences, in its language.`;
}

/** A summary of page text, or of the notes taken on its chunks. */
export function summaryPrompt(text: string, type: SummaryType, sentences: number): Message[] {
  return [
    { role: 'system', content: SYSTEM },
    { role: 'user', content: `${fenced(text)}\n\n${asked(type, sentences)}` },
  ];
}

/** The context in which a sentence of the page is scored with and without a clause. */
export function shorteningPrompt(sentence: string): Message[] {
  return [{ role: 'user', content: `${fenced(sentence)}\n\nRepeat the sentence above, shortened where possible.` }];
}

/** The context in which a written sentence is scored against the sentences that it should rest on. */
export function restatingPrompt(sources: string): Message[] {
  return [{ role: 'user', content: `${fenced(sources)}\n\nSay in one sentence what the text above says.` }];
}
