// Phrases that fewer words say as well: data for shorten.ts. None loses a negation, number, name, condition, attribution or doubt.
// Regular expressions in lower case, between word boundaries; what only has to stand beside a phrase is looked at, not taken.

export interface WordyPhrase {
  pattern: RegExp;
  /** '' drops the phrase. */
  replacement: string;
}

interface Phrases {
  /** At a sentence's start, up to the word that then begins it: announcements, and connectives that only add. */
  openings: string[];
  /** What each stands for, and the phrases that say it. */
  anywhere: [string, string[]][];
}

const PHRASES: Partial<Record<string, Phrases>> = {
  en: {
    openings: [
      "i(?: am|['’]m) writing to (?:inform|tell|advise) you that",
      "i(?: just| simply)? (?:want|wanted|would like|['’]d like|wish) to (?:inform you|let you know|tell you|say) that",
      'this (?:e-?mail|letter|message|note)? ?is to (?:inform you|let you know) that',
      '(?:please note|it should be noted|it is (?:important|worth|interesting) (?:to note|noting|to mention|mentioning)|it bears mentioning) that',
      'as (?:a matter of fact|you (?:may |already |probably )?know|everyone knows),',
      '(?:needless to say|it goes without saying that|all things considered|when all is said and done|at the end of the day),?(?<=that|,)',
      '(?:basically|anyway|honestly|frankly|to be (?:honest|frank)|to tell (?:you )?the truth|in (?:actual )?fact|indeed|obviously),',
      '(?:also|additionally|in addition|moreover|furthermore|what is more),',
    ],
    anywhere: [
      [
        'because',
        [
          '(?:due|owing) to the fact that',
          '(?:on account of|because of|in (?:light|view) of|given) the fact that',
          'for the (?:simple )?reason that',
        ],
      ],
      ['although', ['(?:in spite of|despite) the fact that']],
      ['even though', ['(?:regardless of|notwithstanding) the fact that']],
      ['if', ['in the event that']],
      ['until', ['until such time as']],
      ['during', ['(?:during|in) the course of', 'for the duration of']],
      ['to', ['in order to', 'so as to']],
      ['for', ['for the purposes? of', 'in the amount of']],
      ['by', ['by means of']],
      ['about', ['(?:with|in) regards? to', 'with reference to', 'on the (?:subject|topic) of']],
      ['near', ['in (?:close )?proximity (?:to|of)', 'in the (?:immediate )?vicinity of']],
      ['before', ['prior to', 'previous to', 'in advance of']],
      ['after', ['subsequent to']],
      ['over', ['in excess of']],
      ['whether', ['(?:as to|as regards|the question (?:of|as to)) whether']],
      ['now', ['at (?:this|the present|the current) (?:point|moment) in time', 'at the present (?:time|moment)']],
      ['then', ['at that point in time']],
      ['soon', ['in the (?:very )?near future']],
      ['later', ['at a later (?:date|time)']],
      ['daily', ['on a daily basis']],
      ['weekly', ['on a weekly basis']],
      ['monthly', ['on a monthly basis']],
      ['regularly', ['on an? (?:regular|ongoing) basis']],
      [
        'in',
        [
          'in the month of(?= (?:january|february|march|april|may|june|july|august|september|october|november|december))',
          'in the year(?= \\d{4})',
        ],
      ],
      ['period', ['period of time']],
      ['can', ['(?:has|have) the (?:ability|capability|capacity) to', '(?:is|are|am) able to']],
      ['decide', ['make a decision(?= (?:about|on|to)(?!\\p{L}))']],
      ['decided', ['made a decision(?= (?:about|on|to)(?!\\p{L}))']],
      ['consider', ['give consideration to', 'take into consideration']],
      ['conclude', ['come to the conclusion']],
      ['concluded', ['came to the conclusion']],
      [
        'many of',
        ['a (?:very )?large number of(?= (?:the|these|those|our|my|your|his|her|their|its|us|them|you)(?!\\p{L}))'],
      ],
      ['many', ['a (?:very )?large number of(?= \\p{L}+s(?!\\p{L})| people)']],
      ['most of', ['the majority of(?= (?:the|these|those|our|my|your|his|her|their|its|us|them|you)(?!\\p{L}))']],
      ['most', ['the majority of(?= \\p{Ll}+s(?!\\p{L}))']],
      ['promptly', ['in a timely (?:manner|fashion)']],
      ['efficiently', ['in an efficient (?:manner|way)']],
      ['carefully', ['in a careful (?:manner|way)']],
      ['professionally', ['in a professional (?:manner|way)']],
      ['every', ['each and every(?= \\p{L})']],
      ['first', ['first and foremost']],
      [
        '',
        [
          'in the process of(?= \\p{L}+ing(?!\\p{L}))(?<=(?:is|are|was|were|am) in the process of)',
          '(?<=\\d ?[ap]\\.?m\\.? )in the (?:morning|afternoon|evening)(?![.!?])',
          'advanced?(?= (?:planning|warning)(?!\\p{L}))',
          '(?:past|previous|prior)(?= (?:history|experiences?)(?!\\p{L}))',
          'future(?= plans?(?!\\p{L}))',
          'end(?= results?(?!\\p{L}))',
          'final(?= outcomes?(?!\\p{L}))',
          'added(?= bonus)',
          'basic(?= (?:fundamentals|essentials))',
          'new(?= innovations?(?!\\p{L}))',
          'unexpected(?= surprises?(?!\\p{L}))',
          'mutual(?= cooperation)',
          '(?:absolutely|completely|totally)(?= (?:essential|necessary|finished|eliminated?|unanimous|destroyed|unique|identical)(?!\\p{L}))',
          '(?<=(?:repeat(?:ed)?|restart(?:ed)?|resend|resent)(?: (?:it|this|that|them))? )again',
          '(?<=(?:return(?:ed)?|revert(?:ed)?|reply|replied) )back',
          '(?<=(?:combined?|merged?|join(?:ed)?|collaborated?|gather(?:ed)?|mix(?:ed)?) )together',
          '(?<=postponed? )until later',
          '(?<=refer(?:red|s)? )back(?= to)',
          '(?<=reason )why',
          '(?<=(?:small|large|big) )in size',
          '(?<=(?:red|blue|green|black|white|yellow) )in colou?r',
          '(?<=(?:may|might|could) )possibly',
          '(?<=and )also',
          '(?<=still )continues? to(?= remain)',
          'very(?= (?:important|useful|helpful|happy|glad|good|nice|big|large|small|long|short|easy|difficult|hard|interesting|clear|simple|busy|sorry|grateful|pleased|excited|quickly|carefully|slowly)(?!\\p{L}))',
          'really(?= (?:important|useful|helpful|happy|glad|good|nice|big|long|easy|difficult|hard|interesting|simple|busy|sorry|need|want|like|appreciate|hope|very)(?!\\p{L}))',
        ],
      ],
    ],
  },
  de: {
    openings: [],
    anywhere: [
      ['weil', ['aufgrund der tatsache, dass']],
      ['obwohl', ['trotz der tatsache, dass']],
      ['derzeit', ['zum (?:gegenwärtigen|jetzigen|momentanen) zeitpunkt']],
      ['später', ['zu einem späteren zeitpunkt']],
    ],
  },
  fr: {
    openings: [],
    anywhere: [
      ['puisque', ['en raison du fait que']],
      ['pour', ['dans le but de(?= \\p{L})']],
      ['actuellement', ["à l['’]heure actuelle"]],
      ["aujourd'hui", ["au jour d['’]aujourd['’]hui"]],
      ['bientôt', ['dans un (?:proche avenir|avenir proche)']],
    ],
  },
  es: {
    openings: [],
    anywhere: [
      ['ya que', ['debido al hecho de que']],
      ['aunque', ['a pesar del hecho de que']],
      ['para', ['con el (?:fin|objetivo|propósito) de']],
      ['ahora', ['en el momento (?:actual|presente)']],
      ['pronto', ['en un futuro (?:próximo|cercano)']],
    ],
  },
  pt: {
    openings: [],
    anywhere: [
      ['já que', ['devido ao fac?to de que']],
      ['para', ['com o (?:objetivo|propósito|intuito) de']],
      ['agora', ['no (?:momento atual|presente momento)']],
      ['em breve', ['em um futuro próximo']],
    ],
  },
};

/** The wordy phrases of a language (a BCP 47 primary subtag): null where none are known. Openings are anchored at the start. */
export function wordyPhrases(language: string): { openings: RegExp[]; anywhere: WordyPhrase[] } | null {
  const phrases = PHRASES[language];
  if (!phrases) return null;
  return {
    openings: phrases.openings.map((opening) => new RegExp(`^${opening}\\s+(?=\\p{L})`, 'iu')),
    anywhere: phrases.anywhere.flatMap(([replacement, patterns]) =>
      patterns.map((pattern) => ({
        pattern: new RegExp(`(?<![\\p{L}\\p{N}'’-])${pattern}(?![\\p{L}\\p{N}])`, 'giu'),
        replacement,
      })),
    ),
  };
}
