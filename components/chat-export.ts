// Conversations as files: Markdown to read, JSON to keep. Pure but for the catalogue.
import type { Conversation, Place, Turn } from '../lib/history/conversation.ts';
import { t } from '../lib/platform/i18n.ts';
import { numberPlaces } from './chat-turn.ts';
import { doubtText } from './doubts.ts';

/** Of the shape of the JSON; a reader of it can tell. */
const JSON_VERSION = 1;

/** Questions as headings, the page's own words as quotations, and under each answer the places that it rests on. */
export function toMarkdown({ title, url, turns }: Conversation): string {
  return (
    [`# ${escaped(title || url)}`, url && `<${url}>`, ...turns.map(turnMarkdown)].filter(Boolean).join('\n\n') + '\n'
  );
}

export function toJson(conversations: Conversation[]): string {
  return JSON.stringify({ version: JSON_VERSION, conversations }, null, 2) + '\n';
}

/** A name for the file, from a title that may hold anything. */
export function fileName(title: string, extension: 'md' | 'json'): string {
  const name = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${name || 'inkling'}.${extension}`;
}

function turnMarkdown(turn: Turn): string {
  const numberOf = numberPlaces(turn);
  const marks = (places: Place[]) => places.map((place) => `[${numberOf(place)}]`).join('');
  const answer = turn.statements.map(({ text, support, doubts, places }) => {
    const said = support === 'quoted' ? `> ${escaped(text)}` : text;
    const doubt = doubtText({ text, support, doubts, origin: 'model', sources: [] });
    return [said, marks(places), doubt && `(${doubt})`].filter(Boolean).join(' ');
  });
  const heading = [`## ${escaped(turn.action ?? turn.question)}`, turn.action && escaped(turn.question)];
  return [...heading, ...(answer.length > 0 ? answer : [outcomeText(turn)]), sources(turn), rating(turn)]
    .filter(Boolean)
    .join('\n\n');
}

function rating({ rating, model }: Turn): string {
  if (rating === 'none') return '';
  return [rating === 'up' ? t('goodAnswer') : t('badAnswer'), model].filter(Boolean).join(' · ');
}

function outcomeText({ outcome, pages }: Turn): string {
  if (outcome === 'unanswered') return pages.length > 1 ? t('pagesDoNotSay') : t('pageDoesNotSay');
  return outcome === 'failed' ? t('failed') : t('stopped');
}

function sources(turn: Turn): string {
  const numberOf = numberPlaces(turn);
  const cited = turn.statements.flatMap(({ places }) => places);
  const lines = cited.map(({ page, quote, ...at }) => {
    const { title, url } = turn.pages[page];
    const number = numberOf({ page, quote, ...at });
    return `- [${number}] ${escaped(quote.exact)} (${escaped(title)}${url && `, <${url}>`})`;
  });
  return [...new Set(lines)].join('\n');
}

/** Text of a page or a reader as text: what would be markup is not. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|!]/g, '\\$&');
}
