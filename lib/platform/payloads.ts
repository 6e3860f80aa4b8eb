// What the arguments of a request look like. Checked where they arrive: a page that took over its renderer can send anything.
import { isBreakerRecord } from '../engine/crash-breaker.ts';
import type { Check } from '../engine/schema.ts';
import { literal, natural, object, string } from '../engine/schema.ts';
import type { Requests, TextQuote } from '../protocol.ts';

type Checks = { [R in keyof Requests]: Check<Parameters<Requests[R]>> };

const textQuote = object<TextQuote>({ exact: string, prefix: string, suffix: string });

/** Whether a value may be handed to the request's handler. */
export const ARGUMENTS: Checks = {
  ensureHost: tuple(),
  hostReady: tuple(),
  pingHost: tuple(),
  tabGone: tuple(natural),
  pageGone: tuple(),
  readCrashRecord: tuple(),
  writeCrashRecord: tuple(isBreakerRecord),
  takeIntent: tuple(natural),
  getArticle: tuple(literal('page', 'selection')),
  showQuote: tuple(textQuote),
};

function tuple<T extends unknown[]>(...checks: { [I in keyof T]: Check<T[I]> }): Check<T> {
  return (value): value is T =>
    Array.isArray(value) && value.length === checks.length && checks.every((check, index) => check(value[index]));
}
