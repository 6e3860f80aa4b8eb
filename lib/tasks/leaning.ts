// Whether a sentence leans on the one before it: it begins with a pronoun or connective whose meaning stands there.
import { primarySubtag } from './stop-words.ts';

/** Openings whose meaning stands in the sentence before: pronouns and connectives. Alternatives of a regular expression. */
const LEANING: Partial<Record<string, string>> = {
  en: "he|she|it|they|him|her|his|hers|its|their|theirs|them|this(?! (?:draft|document|paper|article|report|study|chapter|book|page|guide|post|survey|specification|tutorial|website|site|project|year|week|month|summer|winter|spring|autumn|fall|morning|evening)(?!\\p{L}))|that|these|those|such|both|neither|another|others|it's|it’s|he's|he’s|she's|she’s|they're|they’re|that's|that’s|but|and|or|so|yet|nor|then|still|also|too|however|instead|meanwhile|moreover|furthermore|therefore|thus|hence|besides|otherwise|nevertheless|nonetheless|additionally|similarly|likewise|consequently|accordingly|conversely|alternatively|afterwards?|soon after|for example|for instance|in addition|in contrast|by contrast|in turn|in other words|in fact|in short|in this|in that|in these|in doing|on the other hand|on top of|as a result|as such|as for|at (?:this|that|the same) (?:point|time)|after (?:this|that)|because of (?:this|that)|despite (?:this|that|these)|with (?:this|that)|from there|until then|since then|by then|of course|to (?:this|that) end|indeed|perhaps|maybe|finally|lastly|firstly|secondly|thirdly|specifically|in particular|as promised|as expected|to be fair|that way|this way|second,|third,|first,|next,|again,|now,|sure,|well,|yes|no,|ok|okay|oh|the (?:former|latter|same|other|others|rest|two|second|third)\\b|one of (?:them|these|those)|some of (?:them|these|those)|all of (?:them|these|those)|each of (?:them|these|those)|most of (?:them|these|those)|according to (?:him|her|them|it)|which|who|whose|because|whereas|rather|even so|that said|this is (?:why|because)|there(?:fore|by|after)|here,?|there,|either way|anyway|plus|again",
  de: 'er|sie|es|dies|diese|dieser|dieses|diesen|diesem|das|dessen|deren|denen|ihr|ihre|ihm|sein|seine|und|aber|oder|doch|denn|jedoch|allerdings|dennoch|trotzdem|deshalb|daher|darum|deswegen|dabei|dazu|damit|dafür|dagegen|danach|davor|dadurch|zudem|außerdem|ferner|auch|so|somit|hier|dort|dann|zum beispiel|hingegen|unterdessen|weiterhin|zwar|gleichzeitig',
  fr: "il|elle|ils|elles|ce|cela|ça|c'est|c’est|cet|cette|ces|celui|celle|ceux|celles|son|sa|ses|leur|leurs|mais|et|ou|or|donc|car|ainsi|alors|puis|ensuite|enfin|cependant|pourtant|toutefois|néanmoins|par exemple|en effet|de plus|en outre|par ailleurs|aussi|malgré cela|d'ailleurs|d’ailleurs|là|y|selon (?:lui|elle|eux)",
  es: 'él|ella|ellos|ellas|esto|este|esta|estos|estas|eso|ese|esa|esos|esas|aquello|su|sus|pero|y|e|o|pues|así|entonces|además|también|sin embargo|no obstante|por eso|por ello|a pesar de (?:eso|ello|esto)|por lo tanto|por ejemplo|en cambio|de hecho|luego|después|allí|ahí|ambos|según él',
  pt: 'ele|ela|eles|elas|isto|isso|este|esta|estes|estas|esse|essa|esses|essas|aquilo|seu|sua|seus|suas|mas|e|ou|pois|assim|então|além disso|também|porém|contudo|no entanto|por isso|portanto|por exemplo|de fato|depois|apesar disso|ainda assim|lá|ambos|segundo ele',
  it: 'lui|lei|egli|ella|essi|esse|loro|questo|questa|questi|queste|quello|quella|ciò|suo|sua|suoi|sue|ma|e|ed|o|però|così|allora|quindi|dunque|inoltre|anche|tuttavia|infatti|perciò|per esempio|invece|poi|entrambi',
  nl: 'hij|zij|ze|het|dit|dat|deze|die|zijn|haar|hun|maar|en|of|dus|want|toch|ook|daarom|daardoor|daarnaast|bovendien|echter|bijvoorbeeld|daarna|toen|dan|zo|hier|daar',
  ru: 'он|она|оно|они|его|её|ее|их|это|этот|эта|эти|такой|такая|но|и|а|или|однако|поэтому|также|кроме того|затем|потом|например|при этом|тем не менее|так',
};
/** Unspaced languages: no word boundary to ask for. */
const UNSPACED: ReadonlySet<string> = new Set(['zh', 'ja', 'th']);
const LEANING_UNSPACED =
  /^[“"「『（(]*(?:但|然而|不过|不過|因此|所以|而且|而|此外|另外|同时|同時|同样|同樣|例如|比如|于是|於是|这|這|那|他|她|它|其|该|該|しかし|だが|でも|そして|また|さらに|そこで|それ|これ|その|この|そんな|こうした|だから|つまり|なお|ただ|彼|彼女|แต่|และ|ดังนั้น|นอกจากนี้|เขา|มัน)/;

/** Longer than any opening. */
const HEAD_CHARACTERS = 40;

/** True where the sentence begins with a word that points back: "He", "However", "This". */
export function leans(text: string, language: string): boolean {
  const primary = primarySubtag(language);
  if (UNSPACED.has(primary)) return LEANING_UNSPACED.test(text);
  const openings = LEANING[primary];
  return (
    openings !== undefined &&
    leaningPattern(openings).test(
      text
        .slice(0, HEAD_CHARACTERS)
        .toLowerCase()
        .replace(/^[“"„«‘'—–-]+\s*/, ''),
    )
  );
}

const patterns = new Map<string, RegExp>();

function leaningPattern(openings: string): RegExp {
  let pattern = patterns.get(openings);
  if (!pattern) patterns.set(openings, (pattern = new RegExp(`^(?:${openings})(?![\\p{L}\\p{N}'’-])`, 'u')));
  return pattern;
}
