// What the arguments of a request look like. Checked where they arrive: a page that took over its renderer can send anything.
import { isBreakerRecord } from '../engine/crash-breaker.ts';
import { isModelSettingsChange } from '../engine/model-settings.ts';
import type { Check } from '../engine/schema.ts';
import { literal, natural, nothing, number, object, optional, string, union } from '../engine/schema.ts';
import { isPair } from '../engine/task-checks.ts';
import { isWireError } from '../engine/wire.ts';
import type { TextQuote } from '../article.ts';
import type {
  PageTranslationOrder,
  PageTranslationState,
  Requests,
  ShowRewritingIntent,
  ShowTranslationIntent,
} from '../requests.ts';

type Checks = { [R in keyof Requests]: Check<Parameters<Requests[R]>> };

const textQuote = object<TextQuote>({
  exact: string,
  prefix: string,
  suffix: string,
  page: optional(natural),
  seconds: optional(number),
});

const mode = literal('bilingual', 'replace');

const pageTranslationState = object<PageTranslationState>({
  phase: literal('translating', 'watching', 'paused', 'failed'),
  mode,
  pair: isPair,
  doneCharacters: natural,
  totalCharacters: natural,
  remainingMs: optional(number),
  kept: natural,
  error: optional(isWireError),
});

/** Whether a value may be handed to the request's handler. */
export const ARGUMENTS: Checks = {
  ensureHost: tuple(),
  hostReady: tuple(),
  pingHost: tuple(),
  tabGone: tuple(natural),
  pageGone: tuple(),
  readPackMirror: tuple(),
  readModelSettings: tuple(),
  changeModelSettings: tuple(isModelSettingsChange),
  readCrashRecord: tuple(),
  writeCrashRecord: tuple(isBreakerRecord),
  takeIntent: tuple(natural),
  readPage: tuple(),
  readSelection: tuple(),
  showQuote: tuple(textQuote),
  detectPageLanguage: tuple(),
  translatePage: tuple(object<PageTranslationOrder>({ pair: isPair, mode })),
  readPageTranslation: tuple(),
  changePageTranslation: tuple(literal('bilingual', 'replace', 'pause', 'resume', 'restore')),
  pageTranslationChanged: tuple(union<[PageTranslationState, null]>(pageTranslationState, nothing)),
  translateSelection: tuple(string),
  rewriteText: tuple(string, string),
  rewritesFreely: tuple(),
  readsAhead: tuple(),
  translatingModel: tuple(),
  openOptions: tuple(),
  showInPanel: tuple(
    union<[ShowTranslationIntent, ShowRewritingIntent]>(
      object<ShowTranslationIntent>({ kind: literal('translation'), original: string, text: string, pair: isPair }),
      object<ShowRewritingIntent>({ kind: literal('rewriting'), title: string, original: string, text: string }),
    ),
  ),
};

function tuple<T extends unknown[]>(...checks: { [I in keyof T]: Check<T[I]> }): Check<T> {
  return (value): value is T =>
    Array.isArray(value) && value.length === checks.length && checks.every((check, index) => check(value[index]));
}
