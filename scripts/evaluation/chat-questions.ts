// The questions that answering is measured with (tests/reference/chat-questions.tsv), and the documents that they are about.
import { readFileSync } from 'node:fs';
import type { Article } from '../../lib/article.ts';

export interface ChatQuestion {
  /** Name of its document: a folder of the test pages, or the end of the address of one of our own texts. */
  page: string;
  kind: 'literal' | 'paraphrased' | 'unanswerable';
  question: string;
  /** How the sentences begin that answer, each on its own; none for an unanswerable question. */
  quotes: string[];
  /** Weights and thresholds are fitted on one half of the documents, figures are reported on the other. */
  half: 'tune' | 'test';
}

const reference = (name: string) => readFileSync(new URL(`../../tests/reference/${name}`, import.meta.url), 'utf8');

/** Questions that lean on the one before them. */
export function readFollowUps(): { before: string; question: ChatQuestion }[] {
  return rowsOf('chat-follow-ups.tsv').map(([page, before, question, ...quotes]) => ({
    before,
    question: { page, kind: 'paraphrased', question, quotes, half: 'test' },
  }));
}

export function readChatQuestions(): ChatQuestion[] {
  const rows = rowsOf('chat-questions.tsv');
  const pages = [...new Set(rows.map(([page]) => page))].toSorted();
  return rows.map(([page, kind, question, ...quotes]) => ({
    page,
    kind: kind as ChatQuestion['kind'],
    question,
    quotes,
    half: pages.indexOf(page) % 2 === 0 ? 'tune' : 'test',
  }));
}

function rowsOf(name: string): string[][] {
  return reference(name)
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
}

/**
 * More texts in Chinese, since only two of the test pages are: four written for the set, two from LibreOffice's help (MPL-2.0), two from
 * The Debian Administrator's Handbook (CC BY-SA 3.0).
 */
export function readOwnTexts(): { name: string; article: Article }[] {
  const articles = JSON.parse(reference('chat-texts-zh.json')) as Article[];
  return articles.map((article) => ({ name: `zh-${/([^/]*?)(?:\.html)?$/.exec(article.url)?.[1]}`, article }));
}

/** True where `sentence` is one that answers. */
export function isAnswer(sentence: string, { quotes }: ChatQuestion): boolean {
  const line = sentence.replace(/[\t\n]/g, ' ');
  return quotes.some((quote) => line.startsWith(quote));
}
