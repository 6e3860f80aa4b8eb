// What makes a sentence a poor quotation: it leans on the sentence before it, speaks to the reader, or belongs to the site rather
// than to the text. Words are known for some languages, marks for all. Weights as measured, in units of rank.ts's penalty.
import type { Sentence } from './sentences.ts';
import { primarySubtag } from './stop-words.ts';

/** Openings whose meaning stands in the sentence before: pronouns and connectives. Alternatives of a regular expression. */
const LEANING: Partial<Record<string, string>> = {
  en: "he|she|it|they|him|her|his|hers|its|their|theirs|them|this(?! (?:draft|document|paper|article|report|study|chapter|book|page|guide|post|survey|specification|tutorial|website|site|project|year|week|month|summer|winter|spring|autumn|fall|morning|evening)(?!\\p{L}))|that|these|those|such|both|neither|another|others|it's|it’s|he's|he’s|she's|she’s|they're|they’re|that's|that’s|but|and|or|so|yet|nor|then|still|also|too|however|instead|meanwhile|moreover|furthermore|therefore|thus|hence|besides|otherwise|nevertheless|nonetheless|additionally|similarly|likewise|consequently|accordingly|conversely|alternatively|afterwards?|soon after|for example|for instance|in addition|in contrast|by contrast|in turn|in other words|in fact|in short|in this|in that|in these|in doing|on the other hand|on top of|as a result|as such|as for|at (?:this|that|the same) (?:point|time)|after (?:this|that)|because of (?:this|that)|despite (?:this|that|these)|with (?:this|that)|from there|of course|to (?:this|that) end|indeed|perhaps|maybe|finally|lastly|firstly|secondly|thirdly|specifically|in particular|as promised|as expected|to be fair|that way|this way|second,|third,|first,|next,|again,|now,|sure,|well,|yes|no,|ok|okay|oh|the (?:former|latter|same|other|others|rest|two|second|third)\\b|one of (?:them|these|those)|some of (?:them|these|those)|all of (?:them|these|those)|each of (?:them|these|those)|most of (?:them|these|those)|according to (?:him|her|them|it)|which|who|whose|because|whereas|rather|even so|that said|this is (?:why|because)|there(?:fore|by|after)|here,?|there,|either way|anyway|plus|again",
  de: 'er|sie|es|dies|diese|dieser|dieses|diesen|diesem|das|dessen|deren|denen|ihr|ihre|ihm|sein|seine|und|aber|oder|doch|denn|jedoch|allerdings|dennoch|trotzdem|deshalb|daher|darum|deswegen|dabei|dazu|damit|dafür|dagegen|danach|davor|dadurch|zudem|außerdem|ferner|auch|so|somit|hier|dort|dann|zum beispiel|hingegen|unterdessen|weiterhin|zwar|gleichzeitig',
  fr: "il|elle|ils|elles|ce|cela|ça|c'est|c’est|cet|cette|ces|celui|celle|ceux|celles|son|sa|ses|leur|leurs|mais|et|ou|or|donc|car|ainsi|alors|puis|ensuite|enfin|cependant|pourtant|toutefois|néanmoins|par exemple|en effet|de plus|en outre|par ailleurs|aussi|malgré cela|d'ailleurs|d’ailleurs|là|y|selon (?:lui|elle|eux)",
  es: 'él|ella|ellos|ellas|esto|este|esta|estos|estas|eso|ese|esa|esos|esas|aquello|su|sus|pero|y|e|o|pues|así|entonces|además|también|sin embargo|no obstante|por eso|por ello|a pesar de (?:eso|ello|esto)|por lo tanto|por ejemplo|en cambio|de hecho|luego|después|allí|ahí|ambos|según él',
  pt: 'ele|ela|eles|elas|isto|isso|este|esta|estes|estas|esse|essa|esses|essas|aquilo|seu|sua|seus|suas|mas|e|ou|pois|assim|então|além disso|também|porém|contudo|no entanto|por isso|portanto|por exemplo|de fato|depois|apesar disso|ainda assim|lá|ambos|segundo ele',
  it: 'lui|lei|egli|ella|essi|esse|loro|questo|questa|questi|queste|quello|quella|ciò|suo|sua|suoi|sue|ma|e|ed|o|però|così|allora|quindi|dunque|inoltre|anche|tuttavia|infatti|perciò|per esempio|invece|poi|entrambi',
  nl: 'hij|zij|ze|het|dit|dat|deze|die|zijn|haar|hun|maar|en|of|dus|want|toch|ook|daarom|daardoor|daarnaast|bovendien|echter|bijvoorbeeld|daarna|toen|dan|zo|hier|daar',
  ru: 'он|она|оно|они|его|её|ее|их|это|этот|эта|эти|такой|такая|но|и|а|или|однако|поэтому|также|кроме того|затем|потом|например|при этом|тем не менее|так',
};
/** Unspaced languages: no word boundary to ask for. */
const LEANING_UNSPACED =
  /^[“"「『（(]*(?:但|然而|不过|不過|因此|所以|而且|而|此外|另外|同时|同時|同样|同樣|例如|比如|于是|於是|这|這|那|他|她|它|其|该|該|しかし|だが|でも|そして|また|さらに|そこで|それ|これ|その|この|そんな|こうした|だから|つまり|なお|ただ|彼|彼女|แต่|และ|ดังนั้น|นอกจากนี้|เขา|มัน)/;

const FIRST_OR_SECOND_PERSON: Partial<Record<string, RegExp>> = {
  en: /(?<![\p{L}'’])(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us|[Ll]et['’]s)(?![\p{L}\p{N}.])/u,
  de: /(?<!\p{L})(?:ich|wir|mein(?:e|en|er)?|unser(?:e|en|er)?|uns|mich)(?!\p{L})/iu,
  fr: /(?<!\p{L})(?:je|j['’]|nous|vous|mon|notre|votre|vos|nos)(?!\p{L})/iu,
  es: /(?<!\p{L})(?:yo|nosotros|mi|mis|nuestro|nuestra|usted|tu|tus)(?!\p{L})/iu,
  pt: /(?<!\p{L})(?:eu|nós|meu|minha|nosso|nossa|você|vocês)(?!\p{L})/iu,
};

/** The site speaking, not the text. */
export const BOILERPLATE = new RegExp(
  [
    String.raw`\b(?:subscribe|newsletter|sign up|sign in|log in|cookies? (?:policy|settings|on)|privacy policy|terms of (?:use|service)|all rights reserved|advertisement|sponsored|affiliate|share (?:this|on|via)|follow (?:us|me|him|her) on|like us on|click (?:here|to|on the)|tap (?:here|to)|read (?:more|next|also|the full)|related (?:articles?|stories)|see also|more from|(?:photo|image|picture|video|illustration|graphic)s? (?:by|credit|courtesy|via|from)|getty images|shutterstock|via (?:reuters|ap)|contributed (?:to this|reporting)|was (?:originally|first) published|originally appeared|republished|reprinted|reported by|edited by|written by|translated by|photographs? by|file photo|enable javascript|your browser|download the app|leave a (?:comment|reply)|comments? (?:below|section)|send (?:tips|us)|email us|contact us|correction:|editor['’]s note|update[ds]?:|disclosure:|disclaimer|copyright|©|licensed under|creative commons|work in progress|expires on|coordinates:)\b`,
    '©',
    '转载|未经授权|责任编辑|版权|微博|微信|点击|點擊|粉絲團|按個?["“]?讚|點讚|点赞|訂閱|訂閲|続きを読む|無断転載|著作権|写真[:：]',
    String.raw`\b(?:abonnieren|newsletter|alle rechte vorbehalten|lesen sie auch|s'abonner|abonnez|lire aussi|tous droits réservés|suscríb|leer también|lea también|todos los derechos|leia (?:também|mais)|assine)`,
  ].join('|'),
  'iu',
);

const TEASER =
  /(?<!\p{L})(?:here(?:['’]s| are| is) (?:how|why|what|the|some|a)|read on|find out|keep reading|stay tuned|scroll down|check out|take a look|in this (?:article|post|chapter|section|guide|tutorial|video)|as (?:shown|seen|described|mentioned|noted) (?:above|below|in)|(?:the|as) following|listed below|(?:see|shown) (?:above|below)|the (?:figure|table|photo|picture|video|image|chart|map) (?:above|below|shows)|(?:previous|aforementioned|following|preceding|last|next) (?:sections?|chapters?|examples?|paragraphs?|steps?|posts?))(?!\p{L})/iu;
const NO_COMMENT =
  /(?<!\p{L})(?:declined (?:to comment|comment)|did ?n[o'’]t (?:immediately )?(?:respond|reply|return)|could not be reached|has been reached for comment)/iu;
/** A connective in the sentence's middle that answers the one before. */
const ANSWERING =
  /^[^,]{3,60},? (?:on the other hand|however|though|too|for example|for instance|meanwhile|in turn|by contrast|in contrast|therefore|likewise|moreover|instead|of course)(?:,|\.$)/iu;
/** A time or thing known only from the sentences before. */
const POINTING =
  /^(?:(?:later|earlier|soon|afterwards?),|(?:[\p{L}\d]+\s){0,3}(?:later|earlier|after|before),|the (?:next|following|previous|same) (?:day|week|month|year|morning|night))|(?<=\p{L},? )(?:this|these|those|such) (?!year|week|month|summer|winter|spring|autumn|fall|morning|afternoon|evening|century|decade|study|article|report|is|was|would|could|can|may|has|will|as|a|an)\p{Ll}+/iu;
const LABEL = /^(?:note|tip|warning|example|figure|fig\.|table|image|video|listing|step)\s*[\d.]*\s*[:：]/iu;
const CODE =
  /(?:^|\s)(?:--?[A-Za-z]\w*(?=\s|$)|[*#]\s)|\w[.](?:js|ts|py|cpp?|h|rs|go|html?|css|json|ya?ml|xml|exe|sh|wasm)(?!\p{L})|\w\(\)|<\/?\w+>|[{}\\]|=>|==/u;
const BYLINE =
  /^(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|Di|[Pp]hotos?|[Tt]ext|[Pp]osted|[Pp]ublished|[Uu]pdated|[Ll]ast (?:updated|modified))\s+(?:on\s)?[\p{Lu}\d]|^(?:\p{Lu}[\p{L}'’-]+\s){1,3}(?:is|was) (?:a|an|the) (?:[\p{L}-]+\s){0,3}(?:writer|reporter|editor|journalist|correspondent|columnist|freelance|staff|professor|fellow|author)\b/u;
const THIRD_PERSON = /(?<!\p{L})(?:he|she|him|her|his|hers|himself|herself)(?!\p{L})/u;
const TIMESTAMP = /\d{1,2}[:.]\d{2}(?!\d)|\d{4}年|\d{1,2}\/\d{1,2}\/\d{2,4}/u;
const TERMINATED = /[\p{Sentence_Terminal}…][\p{Pe}\p{Pf}"'”’]*(?:\s?\[[^\]]{1,12}\]|\s?\([^)]{1,20}\))*$/u;
const SENTENCE_MARKS_UNUSED = /[\p{Script=Thai}\p{Script=Lao}]/u;
const QUOTED = /"[^"]*"|“[^”]*”|«[^»]*»|「[^」]*」/gu;

/** 0 for a sentence that can stand alone; each sign adds its weight. */
export function blemishes(sentence: Sentence, language: string): number {
  const { text, words, kind } = sentence;
  const primary = primarySubtag(language);
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
  if (BOILERPLATE.test(text)) sum += 2.5;
  if (BYLINE.test(text)) sum += 2;
  if (TEASER.test(text)) sum += 2;
  if (NO_COMMENT.test(text)) sum += 1.5;
  if (ANSWERING.test(text)) sum += 0.7;
  if (POINTING.test(text)) sum += 0.4;
  if (text.startsWith('^')) sum += 3;
  if (LABEL.test(text)) sum += 1;
  if (CODE.test(outsideQuotes)) sum += 0.7;
  if (/^[[【(（].*[\]】)）]$/su.test(text)) sum += 2;
  if (/[:：]$/.test(text)) sum += 1.5;
  if (/!["”’)]*$/.test(text)) sum += 0.3;
  if (/^\p{Ll}/u.test(text) && !/^(?:i|e)\p{Lu}/u.test(text)) sum += 1;
  if (/https?:|www\.|\S@\S+\.\p{L}/iu.test(text)) sum += 1;
  if (/[|›»>→←↑↓•·]|(?:^|\s)[{}<=]+/u.test(outsideQuotes)) sum += 1;
  if (isUnbalanced(text)) sum += 0.7;
  if (isShouting(text)) sum += 0.7;
  return sum;
}

/** True where the sentence begins with a word that points back: "He", "However", "This". */
export function leans(text: string, language: string): boolean {
  if (LEANING_UNSPACED.test(text)) return true;
  const openings = LEANING[primarySubtag(language)];
  return openings !== undefined && leaningPattern(openings).test(text.replace(/^[“"„«‘'—–-]+\s*/u, ''));
}

/** True where a person is only a pronoun: nobody with a name comes before. The first word's capital says nothing. */
function isUnnamed(text: string): boolean {
  const pronoun = THIRD_PERSON.exec(text);
  return pronoun !== null && !/[^\p{L}]\p{Lu}/u.test(text.slice(1, pronoun.index));
}

const patterns = new Map<string, RegExp>();

function leaningPattern(openings: string): RegExp {
  let pattern = patterns.get(openings);
  if (!pattern) patterns.set(openings, (pattern = new RegExp(`^(?:${openings})(?![\\p{L}\\p{N}'’-])`, 'iu')));
  return pattern;
}

function isUnbalanced(text: string): boolean {
  const count = (mark: string) => text.split(mark).length - 1;
  return count('(') !== count(')') || count('“') !== count('”') || count('«') !== count('»') || count('"') % 2 > 0;
}

function isShouting(text: string): boolean {
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return capitals > 12 && capitals / letters > 0.4;
}
