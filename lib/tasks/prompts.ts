// Every word that tasks say to a model. Page text is data: it stands inside a fence that it cannot close, in a message of its own.
import type { Message } from '../model/language-model.ts';
import type { SummaryType } from '../protocol.ts';

const OPEN = '<text>';
const CLOSE = '</text>';

/** Where a reply has to end: a model that goes on after its sentence repeats the prompt, or writes the markup it was taught with. */
export const REPLY_STOPS = ['\n', '<'];

/**
 * The words that small models were taught summarizing with (the smol-smoltalk data): with them the default model copies most and
 * invents least. Any instruction after the text made it write about "the text" instead (README, "What the models may do").
 */
const SUMMARIZE =
  'Provide a concise, objective summary of the input text in up to three sentences, focusing on key actions and intentions without using second or third person pronouns.';
const HEADLINE = 'Provide a short headline for the input text.';

/** A summary, of which the first sentence is used: of page text, or of notes taken on its chunks. */
export function summaryPrompt(text: string, type: SummaryType): Message[] {
  return [
    { role: 'system', content: type === 'headline' ? HEADLINE : SUMMARIZE },
    { role: 'user', content: fenced(text) },
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

/** Page text as data: inert, and whatever looks like the fence is taken out of it. */
export function fenced(text: string): string {
  return `${OPEN}\n${inert(text).replace(/<\s*\/?\s*text\s*>/giu, ' ')}\n${CLOSE}`;
}

/** Markers that chat templates set roles with. Here they are ordinary text anyway; a server may take them for what they look like. */
const ROLE_MARKER =
  /<\|[^|<>\n]{1,40}\|>|<｜[^｜<>\n]{1,40}｜>|<\/?s>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>/giu;

/** Text whose role markers are broken: a reader still recognizes them, no template does. */
export function inert(text: string): string {
  return text.replace(ROLE_MARKER, (marker) => `${marker[0]} ${marker.slice(1)}`);
}
