// What kind of answer a question asks for, by its words, and whether a sentence holds one of that kind. English and Chinese;
// questions in other languages ask for any kind.
import { namesOf } from '../check.ts';
import { primarySubtag } from '../stop-words.ts';
import { isUnspaced } from '../words.ts';

export type AnswerKind = 'number' | 'time' | 'name' | 'reason' | 'any';

/** First match wins. */
const ASKED: Record<string, [AnswerKind, RegExp][]> = {
  en: [
    ['time', /^(?:\w+ )?when\b|\bhow long\b|\b(?:what|which) (?:year|date|day|month|time|century)\b/i],
    [
      'number',
      /\bhow (?:many|much|old|big|large|small|tall|high|far|heavy|fast|wide|deep|often|frequently)\b|\b(?:what|which) (?:is the |was the |were the )?(?:\w+ )?(?:share|percentage|percent|proportion|portion|part|price|number|size|rate|resolution|age|average|cost|population|fine|quota)\b|\bwhat (?:does|do|did) .* (?:cost|weigh)\b/i,
    ],
    ['reason', /\bwhy\b|\bfor what reason\b|\bhow come\b/i],
    [
      'name',
      /^\W*(?:(?:to|by|from|with|in|at|on|for) )?(?:who|whom|whose|where|which|what (?:language|city|country|company|hotel|university|journal|tool|name))\b/i,
    ],
  ],
  zh: [
    ['time', /什么时候|什麼時候|何时|何時|哪一?年|哪一?天|多久|多长时间|多長時間|[几幾][点點年天]/u],
    ['number', /多少|[几幾][个個家座条條人]|多[大高重长長远遠深宽寬]|幾號|几号/u],
    ['reason', /为什么|為什麼|为何|為何/u],
  ],
};

const HELD: Record<string, Partial<Record<AnswerKind, RegExp>>> = {
  en: {
    number:
      /\p{N}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens?|hundreds?|thousands?|millions?|billions?|half|third|quarter|twice|double|single|both|none|most|all|every|majority)\b/iu,
    time: /\b\p{N}{4}\b|\b\p{N}+(?:s|th|st|nd|rd)?\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday|tomorrow|century|centuries|decades?|years?|months?|weeks?|days?|hours?|minutes?|seconds?|ago|when|until|once|after|before|during|summer|winter|spring|autumn|fall)\b/iu,
    reason:
      /\b(?:because|since|due|thanks|so|therefore|reasons?|as|cause[sd]?|in order|to|for|if|result(?:s|ed)?|means?|led|owing|after|following)\b/iu,
  },
  zh: {
    number: /[\p{N}零〇一二三四五六七八九十百千万萬亿億两兩半]/u,
    time: /[\p{N}零〇一二三四五六七八九十百两兩半].*?[年月日号號点點时時天周週分秒]/u,
    reason: /因|由于|由於|所以|以便|以免|防止|否则|否則|为了|為了|会|會|使|让|讓|可以/u,
  },
};

/** `language` is the language of what is searched. */
export function answerKindOf(question: string, language: string): AnswerKind {
  const asked = ASKED[primarySubtag(language)] as [AnswerKind, RegExp][] | undefined;
  return asked?.find(([, pattern]) => pattern.test(question))?.[0] ?? 'any';
}

/** True where `sentence` holds something of that kind that the question itself has not. */
export function holds(kind: AnswerKind, sentence: string, question: string, language: string): boolean {
  if (kind === 'any') return true;
  const known = new Set(wordsIn(question));
  if (kind === 'name') return namesOf(sentence, language).some((name) => !known.has(name.toLowerCase()));
  const pattern = (HELD[primarySubtag(language)] as Partial<Record<AnswerKind, RegExp>> | undefined)?.[kind];
  const rest = isUnspaced(sentence)
    ? sentence
    : wordsIn(sentence)
        .filter((word) => !known.has(word))
        .join(' ');
  return pattern?.test(rest) ?? true;
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+(?:[.,-][\p{L}\p{N}]+)*/gu) ?? [];
}
