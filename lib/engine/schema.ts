// Checks of values that come from another context. A check names every field of the type that it vouches for, so that the
// compiler finds the two apart; fields that nobody knows are let through. Knows no particular message.

export type Check<T> = (value: unknown) => value is T;

type Fields<T> = { [K in keyof Required<T>]: Check<T[K]> };

export const string: Check<string> = (value) => typeof value === 'string';
export const boolean: Check<boolean> = (value) => typeof value === 'boolean';
/** Finite: JSON has no other numbers. */
export const number: Check<number> = (value): value is number => Number.isFinite(value);
export const natural: Check<number> = (value): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
export const fraction: Check<number> = (value): value is number => number(value) && value >= 0 && value <= 1;
export const nothing: Check<null> = (value) => value === null;

export function literal<const T extends string>(...allowed: readonly T[]): Check<T> {
  return (value): value is T => (allowed as readonly unknown[]).includes(value);
}

export function matching(pattern: RegExp): Check<string> {
  return (value): value is string => string(value) && pattern.test(value);
}

export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value): value is T | undefined => value === undefined || check(value);
}

export function array<T>(check: Check<T>): Check<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every((each) => check(each));
}

export function record<T>(check: Check<T>): Check<Record<string, T>> {
  return (value): value is Record<string, T> =>
    typeof value === 'object' && value !== null && Object.values(value).every((each) => check(each));
}

export function union<T extends unknown[]>(...checks: { [K in keyof T]: Check<T[K]> }): Check<T[number]> {
  return (value): value is T[number] => checks.some((check) => check(value));
}

export function object<T extends object>(fields: Fields<T>): Check<T> {
  const entries = Object.entries<Check<unknown>>(fields);
  return (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    entries.every(([key, check]) =>
      check(Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined),
    );
}
