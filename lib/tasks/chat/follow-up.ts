// What a question is searched by: its own terms, and, where it leans on the conversation, those of the question before it.
import type { ChatTurn } from '../../protocol.ts';
import { primarySubtag } from '../stop-words.ts';
import type { QueryTerm } from './search-index.ts';
import { searchTerms } from './search-terms.ts';

/** Words that ask, and so are no part of the answer. The frequent words of the language are left out anyway. */
const ASKING: Record<string, string> = {
  en: 'what who whom whose which when where why how many much does did do can could would should is are was were tell explain describe me please about say says mention mentioned article page text author',
  de: 'was wer wen wem wessen welche welcher welches wann wo warum wieso wie viele viel',
  fr: 'que quoi qui quel quelle quels quelles quand où pourquoi comment combien',
  es: 'qué quién quiénes cuál cuáles cuándo dónde cuánto cuántos cuántas',
  pt: 'qual quais quem quando onde quê quanto quantos quantas',
};

/** The same where no spaces part words: taken out of the text, before it is cut into pieces. */
const ASKING_UNSPACED =
  /为什么|為什麼|什么|甚么|什麼|为何|為何|多少|多久|哪里|哪裡|哪些|哪个|哪個|怎么|怎麼|怎样|怎樣|如何|几个|幾個|请问|請問|是否|[的了是在有吗嗎呢吧谁誰哪几幾]|何時|いつ|どこ|なに|何|誰|なぜ|どの|どう|いくら|ですか|ますか|[はがをにのでとも]/gu;

/** Words that stand for something said before. */
const LEANING: Record<string, RegExp> = {
  en: /\b(?:it|its|he|his|him|she|her|hers|they|their|them|this|that|these|those|there|then|one|ones|former|latter|else|also)\b|^(?:and|but|or|so|why|how|how come|what about|how about)\b(?=\W*(?:\w+\W*){0,3}$)/i,
  zh: /[它他她]|这|這|那|其|呢[？?]?$/u,
};

/** With fewer terms of its own, a question that follows another is read together with it. */
const FEW_TERMS = 2;
export const EARLIER_WEIGHT = 0.5;

export interface Query {
  terms: QueryTerm[];
  /** The question as a model reads it: with the one before it, where it leans on that. */
  text: string;
  /** What of `text` is the question before, at its beginning. */
  earlier: string;
}

/** The question, resolved against the conversation as far as words go. `language` is the language of what is searched. */
export function queryOf(question: string, history: readonly ChatTurn[], language: string): Query {
  const own = termsOf(question, language);
  const before = history.at(-1)?.question;
  if (before === undefined || !leans(question, own.length, language)) {
    return { terms: own.map((term) => ({ term, weight: 1 })), text: question, earlier: '' };
  }
  const earlier = termsOf(before, language).filter((term) => !own.includes(term));
  return {
    terms: [...own.map((term) => ({ term, weight: 1 })), ...earlier.map((term) => ({ term, weight: EARLIER_WEIGHT }))],
    text: `${before} ${question}`,
    earlier: before,
  };
}

function leans(question: string, terms: number, language: string): boolean {
  const pattern = LEANING[primarySubtag(language)] as RegExp | undefined;
  return terms < FEW_TERMS || (pattern?.test(question.trim()) ?? false);
}

/** The different terms of a question; those that ask only where it has no others. */
function termsOf(question: string, language: string): string[] {
  const all = [...new Set(searchTerms(question.replace(ASKING_UNSPACED, ' '), language))];
  const asking = new Set(searchTerms(ASKING[primarySubtag(language)] ?? '', ''));
  const told = all.filter((term) => !asking.has(term));
  return told.length > 0 ? told : all;
}
