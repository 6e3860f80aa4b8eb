// What the models section says of a model. Pure but for the catalogue.
import type { ErrorCode, WireError } from '../lib/errors.ts';
import type { CatalogEntry, Method } from '../lib/model/catalog.ts';
import type { FileProblem } from '../lib/model/hub/repository-files.ts';
import { t, type MessageKey } from '../lib/platform/i18n.ts';
import type { OfferedModel } from '../lib/platform/models.ts';
import type { ModelTask } from '../lib/protocol.ts';
import { failureFace } from './failure.ts';
import { formatBytes, formatList, formatWordsASecond } from './format.ts';
import { languageName } from './languages.ts';

/** More languages than this are counted. */
const MOST_NAMED = 4;
const COMMIT_DIGITS = 7;

/** Size, licence, memory, languages, and how fast it writes here where that was measured. */
export function modelFacts({ entry, storedBytes, state, tokensPerSecond }: OfferedModel): string[] {
  const { memoryBytes } = entry;
  const bytes = state === 'installed' ? storedBytes : entry.weights.bytes;
  const memory = memoryBytes > 0 ? t('modelMemory', formatBytes(memoryBytes)) : '';
  const speed = tokensPerSecond ? t('modelSpeed', formatWordsASecond(tokensPerSecond)) : '';
  return [bytes > 0 ? formatBytes(bytes) : '', entry.licence, memory, languagesText(entry), speed];
}

function languagesText({ languages }: CatalogEntry): string {
  if (languages.length > MOST_NAMED) return t('modelLanguages', languages.length);
  return new Intl.ListFormat(t('locale'), { type: 'unit' }).format(languages.map(languageName));
}

const METHOD_WORDS: Record<ModelTask['kind'], Record<Method, MessageKey>> = {
  summarize: { selects: 'modelSelectsSummaries', composes: 'modelComposesSummaries' },
  rewrite: { selects: 'modelSelectsRewrites', composes: 'modelComposesRewrites' },
  chat: { selects: 'modelSelectsAnswers', composes: 'modelComposesAnswers' },
};

/** What it does for each task, one line each. */
export function methodTexts({ methods }: CatalogEntry): string[] {
  const texts = (['summarize', 'rewrite', 'chat'] as const).map((kind) => t(METHOD_WORDS[kind][methods[kind]]));
  return methods.translate ? [...texts, t('modelComposesTranslations')] : texts;
}

/** Where it comes from; '' for a file of the reader's and for what the package carries. */
export function sourceText({ origin }: CatalogEntry): string {
  if (origin.kind !== 'hub') return '';
  const { repository, commit } = origin;
  return commit ? t('modelSourceAt', repository, commit.slice(0, COMMIT_DIGITS)) : t('modelSource', repository);
}

/** What it writes by itself: "writes its own summaries and answers in its own words". */
export function offerText({ methods }: CatalogEntry): string {
  const said: [keyof CatalogEntry['methods'], MessageKey][] = [
    ['summarize', 'offerSummaries'],
    ['rewrite', 'offerRewrites'],
    ['chat', 'offerAnswers'],
    ['translate', 'offerTranslates'],
  ];
  return formatList(said.filter(([task]) => methods[task] === 'composes').map(([, key]) => t(key)));
}

export function stateText({ state, isRecommended }: OfferedModel): string {
  if (state === 'available') return isRecommended ? t('fileProposed') : '';
  const keys = { packaged: 'packIncluded', installed: 'modelReady', partial: 'modelPartial' } as const;
  return t(keys[state]);
}

const PROBLEM_WORDS: Record<FileProblem, MessageKey> = {
  split: 'fileSplit',
  format: 'fileFormat',
  memory: 'fileMemory',
  'no-hash': 'fileNoHash',
  companions: 'fileCompanions',
};

export function problemText(problem: FileProblem): string {
  return t(PROBLEM_WORDS[problem]);
}

/** What stands against a file that was looked into before it was downloaded, as a part of its line. */
const REFUSAL_WORDS: Partial<Record<ErrorCode, MessageKey>> = {
  unsupported: 'fileUnknownKind',
  'model-corrupt': 'fileDamaged',
  'out-of-memory': 'fileMemory',
};

/** Whether it says of a model that it cannot run here, and not only that this could not be found out. */
export function isRefusal({ code }: WireError): boolean {
  return code in REFUSAL_WORDS;
}

export function refusalText({ code }: WireError): string {
  const key = REFUSAL_WORDS[code];
  return key ? t(key) : '';
}

/** What went wrong with a download or a copy, and what to do. */
export function modelFailure({ code, detail }: WireError): { what: string; advice: string } {
  if (code === 'model-corrupt') return { what: t('notTheModel'), advice: t('notTheModelAdvice') };
  if (code === 'unsupported') return { what: t('modelCannotRun'), advice: t('modelCannotRunAdvice') };
  if (code === 'out-of-memory') return { what: t('modelCannotRun'), advice: t('modelTooLargeAdvice') };
  const { what, advice } = failureFace(code, detail);
  return { what, advice };
}
