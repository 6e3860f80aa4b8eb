// Whether a sentence holds just what a question asks for, where its words tell more than the kind of answer (answer-kind.ts): so many of
// what, how big, at which place, which ones. English alone.
import { primarySubtag } from '../stop-words.ts';

const NUMBER = String.raw`(?:\d[\d.,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|million|billion|dozen|half|quarter|third)s?\b)`;
const UNIT = String.raw`(?:%|per ?cent|degrees?|[kmgt]?i?b|(?:kilo|mega|giga|tera)?(?:bytes?|bits?)|(?:mega)?pixels?|inch(?:es)?|feet|foot|yards?|miles?|(?:kilo|centi|milli)?met(?:re|er)s?|k?m|[cm]m|acres?|hectares?|pounds?|lbs?|ounces?|(?:kilo)?grams?|kg|tonn?e?s?|(?:milli)?lit(?:re|er)s?|gallons?|cups?|mph|kph|knots?|fps|hz|years?|times|fold|lines|pages|words)(?![a-z])`;

const COUNT_ASKED = /\bhow many (?:of (?:the|those|its|their) )?(.+)/i;
/** What is counted stands before the first of these. */
const AFTER_COUNTED =
  /^(?:are|were|is|was|did|do|does|has|have|had|can|could|will|would|should|must|took|take|live|died|of|the|those|who|that|in|on|at|per|there)$/i;

const SIZE_ASKED =
  /\bhow (?:big|large|small|tall|high|far|heavy|fast|wide|deep)\b|\bby how much\b|\bweigh\b|\bhow much\b(?!.*\b(?:cost|pay|paid|worth|charge|spend|spent|earn)\b)/i;
const SIZE = new RegExp(`${NUMBER}[ -]?${UNIT}`, 'i');

const PLACE_ASKED =
  /^\W*(?:(?:in|at|from|to) )?where\b|\b(?:in|at|to|from) (?:which|what) (?:hotel|city|town|village|country|place|room|building|museum|stadium|street|state|region|hospital|university|school)\b/i;
const PLACE =
  /\b(?:[Ii]n|[Aa]t|[Ff]rom|[Nn]ear|[Tt]o|[Oo]n|[Oo]utside|[Ii]nside|[Ii]nto|[Tt]hrough|[Aa]cross)\s+(?:(?:the|an?|its|their|his|her|our)\s+)?(?:[\w’'-]+\s+){0,2}?\p{Lu}/u;

/** More than one, by the verb behind it: "What happens" asks for none. */
const LIST_ASKED =
  /\b(?:which|what) (?:(?:other|kinds?|sorts?|types?) (?:of )?)?(?:\w+ )?([a-z]+s) (?:are|were|do|did|have|had|can|could|will|would|may|might|should|must)\b/i;
/** End in an s and are not. */
const NOT_PLURAL = /^(?:is|was|does|has|its|his|this|[a-z]*ss)$/i;
const LIST = /\w+, (?:[\w’'-]+ ){0,4}(?:and|or) \w+|\b(?:such as|including|like)\b|: /;

/** For each sentence of a text in that language, whether it holds what the question asks for; false where its words ask for no more than a kind. */
export function shapeOf(question: string, language: string): (sentence: string) => boolean {
  if (primarySubtag(language) !== 'en') return () => false;
  const asked: RegExp[] = [];
  const counted = COUNT_ASKED.exec(question)?.[1].match(/[\w’'-]+/g);
  if (counted) {
    const end = counted.findIndex((word) => AFTER_COUNTED.test(word));
    const noun = counted.slice(0, end < 0 ? undefined : end).at(-1);
    // Without its ending, which may differ.
    const stem = noun?.replace(/(?:ies|es|s)$/i, '');
    if (stem) asked.push(new RegExp(String.raw`${NUMBER}(?:[ -][\w’'-]+){0,3}? ${stem}`, 'i'));
  }
  if (SIZE_ASKED.test(question)) asked.push(SIZE);
  if (PLACE_ASKED.test(question)) asked.push(PLACE);
  const plural = LIST_ASKED.exec(question)?.[1];
  if (plural && !NOT_PLURAL.test(plural)) asked.push(LIST);
  return (sentence) => asked.some((pattern) => pattern.test(sentence));
}
