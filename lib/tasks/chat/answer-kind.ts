// What kind of answer a question asks for, by its words, and whether a sentence holds one of that kind. English and Chinese;
// questions in other languages ask for any kind.
import { namesOf } from '../check.ts';
import { primarySubtag, stopWords } from '../stop-words.ts';
import { isUnspaced } from '../words.ts';

export type AnswerKind = 'money' | 'duration' | 'number' | 'time' | 'person' | 'name' | 'reason' | 'any';

/** First match wins. */
const ASKED: Record<string, [AnswerKind, RegExp][]> = {
  en: [
    [
      'money',
      /\bhow (?:much|expensive|costly)\b.*\b(?:cost|costs|pay|pays|paid|price|priced|worth|spend|spent|earn|earns|earned|donate[ds]?|charge[ds]?|raise[ds]?|money)\b|\b(?:what|which) (?:is |was |were |are )?(?:the )?(?:\w+ )?(?:price|fine|salary|budget|fee|fare)\b|\bwhat (?:does|do|did) .* cost\b|\bhow much (?:money|is|was|are|were) (?:it|the|a|an|one)?\b(?! of)/i,
    ],
    ['duration', /\bhow long\b|\bhow many (?:years|months|weeks|days|hours|minutes|seconds|decades|centuries)\b/i],
    ['time', /^(?:\w+ )?when\b|\b(?:what|which) (?:year|date|day|month|time|century|decade)\b/i],
    [
      'number',
      /\bhow (?:many|much|old|big|large|small|tall|high|far|heavy|fast|wide|deep|often|frequently)\b|\b(?:what|which) (?:is the |was the |were the )?(?:\w+ )?(?:share|percentage|percent|proportion|portion|part|number|size|rate|resolution|age|average|population|quota|ratio)\b|\bwhat (?:does|do|did) .* weigh\b/i,
    ],
    [
      'reason',
      /\bwhy\b|\bfor what reason\b|\bhow come\b|\bwhat (?:is the |was the |are the |were the )?(?:reasons?|causes?|caused)\b/i,
    ],
    ['person', /^\W*(?:(?:to|by|from|with|in|at|on|for) )?(?:who|whom|whose)\b/i],
    [
      'name',
      /^\W*(?:(?:to|by|from|with|in|at|on|for) )?(?:where|(?:which|what) (?:\w+ )?(?:language|city|town|country|state|region|continent|company|organi[sz]ation|agency|hotel|university|school|journal|newspaper|tool|name|person|author|artist|president|minister))\b/i,
    ],
  ],
  zh: [
    ['money', /多少[钱錢元]|[票价價]格?(?:是|为|為)?多少|什么价|什麼價/u],
    ['duration', /多久|多长时间|多長時間|[几幾多](?:少)?(?:年|个月|個月|天|小时|小時|分钟|分鐘|周|星期)/u],
    ['time', /什么时候|什麼時候|何时|何時|哪一?年|哪一?天|[几幾][点點]/u],
    ['number', /多少|[几幾][个個家座条條人]|多[大高重长長远遠深宽寬]|幾號|几号/u],
    ['reason', /为什么|為什麼|为何|為何/u],
    ['person', /[谁誰]|哪些人|什么人|什麼人|哪[个個位]人/u],
  ],
};

const NUMBER_EN = String.raw`\p{N}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens?|hundreds?|thousands?|millions?|billions?|half|third|quarter|twice|double|single|both|none|most|all|every|majority)\b`;
const NUMBER_ZH = '[\\p{N}零〇一二三四五六七八九十百千万萬亿億两兩半]';

/** Of words in lower case: matching without regard to case takes several times as long. */
const HELD: Record<string, Partial<Record<AnswerKind, RegExp>>> = {
  en: {
    money:
      /\p{Sc}\s?\p{N}|\p{N}\s?\p{Sc}|\b(?:dollars?|euros?|pounds?|cents?|pence|francs?|yen|yuan|rupees?|million|billion|free|percent)\b|%/u,
    duration:
      /(?:\p{N}|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few|many|half|some))[\s-]+(?:\w+ )?(?:years?|months?|weeks?|days?|nights?|hours?|minutes?|seconds?|milliseconds?|decades?|centur(?:y|ies)|generations?|met(?:er|re)s?|feet|foot|inch(?:es)?|miles?|kilomet(?:er|re)s?|pages?)\b|\b(?:since|until|overnight)\b/u,
    number: new RegExp(NUMBER_EN, 'u'),
    time: /\b\p{N}{4}\b|\b\p{N}+(?:s|th|st|nd|rd)?\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday|tomorrow|century|centuries|decades?|years?|months?|weeks?|days?|hours?|minutes?|seconds?|ago|when(?:ever)?|until|unless|once|after|before|during|summer|winter|spring|autumn|fall)\b/u,
    reason:
      /\b(?:because|since|due|thanks|so|therefore|reasons?|as|cause[sd]?|in order|to|for|if|result(?:s|ed)?|means?|led|owing|after|following|expla(?:in(?:s|ed)?|nations?)|blam(?:e[sd]?|ing))\b/u,
  },
  zh: {
    money: new RegExp(
      `${NUMBER_ZH}\\s*(?:多)?(?:元|块|塊|圆|圓|美元|欧元|歐元|毛|角)|\\p{Sc}\\s*\\p{N}|免费|免費`,
      'u',
    ),
    duration: new RegExp(
      `${NUMBER_ZH}[多几幾来來]?[个個]?(?:半)?(?:年|月|天|日|小时|小時|分钟|分鐘|周|星期|秒|夜|晚|代)`,
      'u',
    ),
    number: new RegExp(NUMBER_ZH, 'u'),
    time: /[\p{N}零〇一二三四五六七八九十百两兩半].*?[年月日号號点點时時天周週分秒]|中午|[早晚]上|[上下]午|[以之][前后後]|期[间間]/u,
    reason: /因|由于|由於|所以|以便|以免|防止|否则|否則|为了|為了|会|會|使|让|讓|可以/u,
    person:
      /[人者员員师師们們由被]|教授|先生|女士|小姐|儿童|兒童|学生|學生|公司|团队|團隊|机构|機構|中心|部门|部門|政府|公众|公眾|用户|用戶|\p{Lu}/u,
  },
};

/** `language` is the language of what is searched. */
export function answerKindOf(question: string, language: string): AnswerKind {
  const asked = ASKED[primarySubtag(language)] as [AnswerKind, RegExp][] | undefined;
  return asked?.find(([, pattern]) => pattern.test(question))?.[0] ?? 'any';
}

/** For each sentence, whether it holds something of that kind that the question itself has not. `words`: of the sentence, by `wordsIn`. */
export function holderOf(
  kind: AnswerKind,
  question: string,
  language: string,
): (sentence: string, words: readonly string[]) => boolean {
  if (kind === 'any') return () => true;
  const frequent = stopWords(language);
  const known = new Set(wordsIn(question).filter((word) => !frequent.has(word)));
  const pattern = (HELD[primarySubtag(language)] as Partial<Record<AnswerKind, RegExp>> | undefined)?.[kind];
  if (kind === 'name' || (kind === 'person' && !pattern)) {
    return (sentence) => namesOf(sentence, language).some((name) => !known.has(name.toLowerCase()));
  }
  if (!pattern) return () => true;
  if (kind === 'money' || kind === 'duration') return (sentence) => pattern.test(sentence.toLowerCase());
  return (sentence, words) =>
    pattern.test(isUnspaced(sentence) ? sentence : words.filter((word) => !known.has(word)).join(' '));
}

export function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+(?:[.,-][\p{L}\p{N}]+)*/gu) ?? [];
}
