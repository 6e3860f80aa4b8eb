// What makes a sentence a poor quotation: it leans on the sentence before it, speaks to the reader, or belongs to the site rather
// than to the text. Words are known for some languages, marks for all. Weights as measured, in units of rank.ts's penalty.
import { leans } from './leaning.ts';
import type { Sentence } from './sentences.ts';
import { primarySubtag } from './stop-words.ts';

const FIRST_OR_SECOND_PERSON: Partial<Record<string, RegExp>> = {
  en: /(?<![\p{L}'’])(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us|[Ll]et['’]s)(?![\p{L}\p{N}.])/u,
  de: /(?<!\p{L})(?:ich|wir|mein(?:e|en|er)?|unser(?:e|en|er)?|uns|mich)(?!\p{L})/iu,
  fr: /(?<!\p{L})(?:je|j['’]|nous|vous|mon|notre|votre|vos|nos)(?!\p{L})/iu,
  es: /(?<!\p{L})(?:yo|nosotros|mi|mis|nuestro|nuestra|usted|tu|tus)(?!\p{L})/iu,
  pt: /(?<!\p{L})(?:eu|nós|meu|minha|nosso|nossa|você|vocês)(?!\p{L})/iu,
};

/** The site speaking, not the text. For text in lower case: without the flags i and u together, patterns compile ten times faster. */
export const BOILERPLATE = new RegExp(
  [
    String.raw`\b(?:subscribe|newsletter|sign up|sign in|log in|cookies? (?:policy|settings|on)|privacy policy|terms of (?:use|service)|all rights reserved|advertisement|sponsored|affiliate|share (?:this|on|via)|follow (?:us|me|him|her) on|like us on|click (?:here|to|on the)|tap (?:here|to)|read (?:more|next|also|the full)|related (?:articles?|stories)|see also|more from|(?:photo|image|picture|video|illustration|graphic)s? (?:by|credit|courtesy|via|from)|getty images|shutterstock|via (?:reuters|ap)|contributed (?:to this|reporting)|was (?:originally|first) published|originally appeared|republished|reprinted|reported by|edited by|written by|translated by|photographs? by|file photo|enable javascript|your browser|download the app|leave a (?:comment|reply)|comments? (?:below|section)|send (?:tips|us)|email us|contact us|correction:|editor['’]s note|update[ds]?:|disclosure:|disclaimer|copyright|©|licensed under|creative commons|work in progress|expires on|coordinates:)\b`,
    '©',
    '转载|未经授权|责任编辑|版权|微博|微信|点击|點擊|粉絲團|按個?["“]?讚|點讚|点赞|訂閱|訂閲|続きを読む|無断転載|著作権|写真[:：]',
    String.raw`\b(?:abonnieren|newsletter|alle rechte vorbehalten|lesen sie auch|s'abonner|abonnez|lire aussi|tous droits réservés|suscríb|leer también|lea también|todos los derechos|leia (?:também|mais)|assine)`,
  ].join('|'),
  'u',
);

const TEASER =
  /(?<!\p{L})(?:here(?:['’]s| are| is) (?:how|why|what|the|some|a)|read on|find out|keep reading|stay tuned|scroll down|check out|take a look|in this (?:article|post|chapter|section|guide|tutorial|video)|as (?:shown|seen|described|mentioned|noted) (?:above|below|in)|(?:the|as) following|listed below|(?:see|shown) (?:above|below)|the (?:figure|table|photo|picture|video|image|chart|map) (?:above|below|shows)|(?:previous|aforementioned|following|preceding|last|next) (?:sections?|chapters?|examples?|paragraphs?|steps?|posts?))(?!\p{L})/u;
const NO_COMMENT =
  /(?<!\p{L})(?:declined (?:to comment|comment)|did ?n[o'’]t (?:immediately )?(?:respond|reply|return)|could not be reached|has been reached for comment)/u;
/** A connective in the sentence's middle that answers the one before. */
const ANSWERING =
  /^[^,]{3,60},? (?:on the other hand|however|though|too|for example|for instance|meanwhile|in turn|by contrast|in contrast|therefore|likewise|moreover|instead|of course)(?:,|\.$)/u;
/** A time or thing known only from the sentences before. */
const POINTING =
  /^(?:(?:later|earlier|soon|afterwards?),|(?:[\p{L}\d]+\s){0,3}(?:later|earlier|after|before),|the (?:next|following|previous|same) (?:day|week|month|year|morning|night))|(?<=\p{L},? )(?:this|these|those|such) (?!year|week|month|summer|winter|spring|autumn|fall|morning|afternoon|evening|century|decade|study|article|report|is|was|would|could|can|may|has|will|as|a|an)\p{Ll}+/u;
const LABEL = /^(?:note|tip|warning|example|figure|fig\.|table|image|video|listing|step)\s*[\d.]*\s*[:：]/u;
const CODE =
  /(?:^|\s)(?:--?[A-Za-z]\w*(?=\s|$)|[*#]\s)|\w[.](?:js|ts|py|cpp?|h|rs|go|html?|css|json|ya?ml|xml|exe|sh|wasm)(?!\p{L})|\w\(\)|<\/?\w+>|[{}\\]|=>|==/u;
const BYLINE =
  /^(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|Di|[Pp]hotos?|[Tt]ext|[Pp]osted|[Pp]ublished|[Uu]pdated|[Ll]ast (?:updated|modified))\s+(?:on\s)?[\p{Lu}\d]|^(?:\p{Lu}[\p{L}'’-]+\s){1,3}(?:is|was) (?:a|an|the) (?:[\p{L}-]+\s){0,3}(?:writer|reporter|editor|journalist|correspondent|columnist|freelance|staff|professor|fellow|author)\b/u;
const THIRD_PERSON = /(?<!\p{L})(?:he|she|him|her|his|hers|himself|herself)(?!\p{L})/u;
const TIMESTAMP = /\d{1,2}[:.]\d{2}(?!\d)|\d{4}年|\d{1,2}\/\d{1,2}\/\d{2,4}/u;
const TERMINATED = /[\p{Sentence_Terminal}…][\p{Pe}\p{Pf}"'”’]*(?:\s?\[[^\]]{1,12}\]|\s?\([^)]{1,20}\))*$/u;
const SENTENCE_MARKS_UNUSED = /[\p{Script=Thai}\p{Script=Lao}]/u;
const PAIRED = /[()“”«»"]/;
/** More than twelve. */
const MANY_CAPITALS = /^(?:\P{Lu}*\p{Lu}){13}/u;
const QUOTED = /"[^"]*"|“[^”]*”|«[^»]*»|「[^」]*」/gu;

/** 0 for a sentence that can stand alone; each sign adds its weight. */
export function blemishes(sentence: Sentence, language: string): number {
  const { text, words, kind } = sentence;
  const primary = primarySubtag(language);
  const lower = text.toLowerCase();
  const outsideQuotes = text.replace(QUOTED, '""');
  let sum = 0;
  if (leans(text, primary)) sum += 1;
  if (FIRST_OR_SECOND_PERSON[primary]?.test(outsideQuotes)) sum += 0.7;
  if (/[?？؟]["'”’）)]*$/.test(text)) sum += 1.5;
  if (/^[“"„«「『‘]/.test(text)) sum += 1;
  if (words < 9) sum += 1;
  if (words < 5) sum += 1;
  if (words > 40) sum += 0.7;
  if (words > 60) sum += 1;
  if (kind === 'list-item' || kind === 'quote') sum += 0.7;
  if (kind === 'caption' || kind === 'table') sum += 2.5;
  if (!TERMINATED.test(text) && !SENTENCE_MARKS_UNUSED.test(text)) sum += words < 15 && TIMESTAMP.test(text) ? 2.5 : 1;
  if (primary === 'en' && isUnnamed(outsideQuotes)) sum += 0.7;
  if (BOILERPLATE.test(lower)) sum += 2.5;
  if (BYLINE.test(text)) sum += 2;
  if (TEASER.test(lower)) sum += 2;
  if (NO_COMMENT.test(lower)) sum += 1.5;
  if (ANSWERING.test(lower)) sum += 0.7;
  if (POINTING.test(lower)) sum += 0.4;
  if (text.startsWith('^')) sum += 3;
  if (LABEL.test(lower)) sum += 1;
  if (CODE.test(outsideQuotes)) sum += 0.7;
  if (/^[[【(（].*[\]】)）]$/su.test(text)) sum += 2;
  if (/[:：]$/.test(text)) sum += 1.5;
  if (/!["”’)]*$/.test(text)) sum += 0.3;
  if (/^\p{Ll}/u.test(text) && !/^(?:i|e)\p{Lu}/u.test(text)) sum += 1;
  if (/https?:|www\.|\S@\S+\.\p{L}/u.test(lower)) sum += 1;
  if (/[|›»>→←↑↓•·]|(?:^|\s)[{}<=]+/u.test(outsideQuotes)) sum += 1;
  if (isUnbalanced(text)) sum += 0.7;
  if (isShouting(text)) sum += 0.7;
  return sum;
}

/** True where a person is only a pronoun: nobody with a name comes before. The first word's capital says nothing. */
function isUnnamed(text: string): boolean {
  const pronoun = THIRD_PERSON.exec(text);
  return pronoun !== null && !/[^\p{L}]\p{Lu}/u.test(text.slice(1, pronoun.index));
}

function isUnbalanced(text: string): boolean {
  if (!PAIRED.test(text)) return false;
  const count = (mark: string) => text.split(mark).length - 1;
  return count('(') !== count(')') || count('“') !== count('”') || count('«') !== count('»') || count('"') % 2 > 0;
}

function isShouting(text: string): boolean {
  if (!MANY_CAPITALS.test(text)) return false;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return capitals / letters > 0.4;
}
