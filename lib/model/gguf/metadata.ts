// The key-value part of a GGUF file, with typed access. Knows no key's meaning.
import { AppError } from '../../errors.ts';

export type MetadataValue = number | boolean | string | MetadataValue[];

export class Metadata {
  constructor(private readonly values: ReadonlyMap<string, MetadataValue>) {}

  has(key: string): boolean {
    return this.values.has(key);
  }

  /** Throws `model-corrupt` where the key is missing (and no fallback is given) or has another type. */
  number(key: string, fallback?: number): number {
    return this.#get(key, isNumber, fallback);
  }

  string(key: string, fallback?: string): string {
    return this.#get(key, isString, fallback);
  }

  boolean(key: string, fallback?: boolean): boolean {
    return this.#get(key, isBoolean, fallback);
  }

  strings(key: string): string[] {
    return this.#get(key, isStrings);
  }

  numbers(key: string, fallback?: number[]): number[] {
    return this.#get(key, isNumbers, fallback);
  }

  #get<T extends MetadataValue>(key: string, accepts: (value: MetadataValue) => value is T, fallback?: T): T {
    const value = this.values.get(key) ?? fallback;
    if (value === undefined) throw new AppError('model-corrupt', `GGUF: no ${key}`);
    if (!accepts(value)) throw new AppError('model-corrupt', `GGUF: ${key} has an unexpected type`);
    return value;
  }
}

const isNumber = (value: MetadataValue) => typeof value === 'number';
const isString = (value: MetadataValue) => typeof value === 'string';
const isBoolean = (value: MetadataValue) => typeof value === 'boolean';
const isStrings = (value: MetadataValue): value is string[] => Array.isArray(value) && value.every(isString);
const isNumbers = (value: MetadataValue): value is number[] => Array.isArray(value) && value.every(isNumber);
