// The most frequent words of languages in Latin, Cyrillic and Arabic script: they tell the language and say little of the subject.

const LISTS: Record<string, string> = {
  en: 'the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so said what up its about into than them can only other time new some could these two may first then do any my now such like our over me even most made after also did many off before must well back through years much where your way down should because each just those people how too us very says while during according',
  de: 'der die das und in zu den von mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei ich wir',
  fr: "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ou son mais comme aux cette ses été ont elle leur nous être d'un d'une c'est qu'il a été ces sa même deux où",
  es: 'de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante ha son fue es',
  pt: 'de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo',
  it: 'di e il la che in a per un è del non si le con i da una sono della al lo come più ma nel alla gli dei ha anche o se delle su questo dal ed era degli nella dalla stato essere ci cui',
  nl: 'de het een en van in is dat op te zijn met voor niet aan er om hij als ook maar die bij door over naar uit nog wordt ze werd heeft dan was worden hun deze kan meer of had al geen',
  sv: 'och i att det som en på är av för med den till inte har de ett om var jag men sig så han från vi kan hon när nu eller också under efter skulle vid ska där mot sin',
  da: 'og i at det er en til på som de med for af den ikke der har et om var han men fra vi kan så blev hun eller også efter være sig skal ved når være hvor deres mod',
  no: 'og i det er på til som en å for av at med har de ikke den et om var han men fra vi seg så kan ble hun eller også etter være skal ved når hvor mot sier',
  fi: 'ja on ei se että oli hän mutta ovat joka kun myös ole kuin niin sen tai jos mukaan vain jo sekä nyt ollut voi jotka hänen',
  pl: 'w i na z do nie się że to o jest jak po a za od przez ale dla są co tym oraz czy już tylko także jego może był który która które ich',
  cs: 'a v se na je že s z do o i to k ve pro za by ale si po jako jsou které který od už jeho jen podle byl bude nebo také tak však',
  ro: 'de și în a la cu pe nu că o un pentru din mai care este să se au fi prin dar sau după lui fost sunt ca ce această aceste',
  hu: 'a az és hogy nem is egy ez meg csak volt már de vagy mint van el lehet még azt ki kell ha pedig szerint után több',
  tr: 've bir bu da de için ile olarak çok daha olan gibi en ne kadar ise sonra ancak var değil diye o olduğunu şey göre her',
  id: 'yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena tersebut ada adalah bisa oleh atau sudah mereka kata saat lebih telah',
  vi: 'và của là có không được cho các người trong một những đã với này về khi để từ cũng ra đến như lại vào sẽ theo nhiều tại',
  ru: 'и в не на что с по как это к из у за он но его все от так о для же был бы или если еще только уже была при того до их она чтобы также',
  uk: 'і в не на що з та у до як за це від але його він для про є по був або які так цього також ще більше її було',
  ar: 'في من على إلى أن عن التي الذي هذا هذه كان مع ما لا بعد أو كما قد بين كل لم وقال ذلك كانت حيث وهو قبل',
  fa: 'و در به از که این را با است برای آن یک خود تا بر هم نیز شده کرد می باید ها او ما اما های گفت بود',
  he: 'של את על לא הוא עם זה כי גם היא יותר או כל אם אך היה אל בין אבל אשר יש רק מה כך',
  hi: 'के है में की और से का को पर ने यह कि हैं भी एक नहीं इस हो था लिए जो तो कर या अपने वह',
  el: 'και το να του η της με για που την από τον δεν θα στο τα οι στην είναι ότι ο σε τη των μας στη',
};

const SETS = new Map<string, ReadonlySet<string>>();
const NONE: ReadonlySet<string> = new Set();

/** Languages that have a list, as BCP 47 primary subtags. */
export const STOP_WORD_LANGUAGES = Object.keys(LISTS);

/** The frequent words of a language, lower case; empty where there is no list. `language` is a BCP 47 tag. */
export function stopWords(language: string): ReadonlySet<string> {
  const primary = primarySubtag(language);
  const list = LISTS[primary];
  if (!list) return NONE;
  let set = SETS.get(primary);
  if (!set) SETS.set(primary, (set = new Set(list.split(' '))));
  return set;
}

/** The language of a BCP 47 tag without script and region, lower case: 'en' of 'en-US'. */
export function primarySubtag(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0];
}
