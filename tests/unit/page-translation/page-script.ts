// What the tests call in the page: lib/page/translation with the word translator, and what it was asked and told.
import { createPageTranslation } from '../../../lib/page/translation/create-page-translation.ts';
import type { PageTranslation, TranslationState } from '../../../lib/page/translation/page-translation.ts';
import type { MarkedText, Translation } from '../../../lib/protocol.ts';
import type { PageTranslationMode } from '../../../lib/requests.ts';
import { translateWords, type WordOrder } from './word-translator.ts';

export interface TestOptions {
  mode?: PageTranslationMode;
  order?: WordOrder;
  targetLanguage?: string;
  sourceLanguage?: string;
  parallel?: number;
  all?: boolean;
  attributes?: boolean;
  /** By default the page's own. */
  in?: Document;
  /** Each request is answered when `answer` is called, not at once. */
  held?: boolean;
  /** Texts that say one of these are left in the original. */
  kept?: string[];
}

export interface Subject {
  translation: PageTranslation;
  states: TranslationState[];
  /** The texts of each request. */
  requests: string[][];
  /** Of the requests, those that were told to stop. */
  aborted: number;
  running: number;
  maxRunning: number;
  /** Answers the oldest request that is held, or fails it. */
  answer(error?: Error): void;
  /** Answers all that is held, and holds nothing from now on. */
  answerAll(): void;
  /** Resolves when nothing is left to do. */
  watching(): Promise<void>;
}

export function begin(options: TestOptions = {}): Subject {
  const { order = 'same', kept = [], mode = 'replace' } = options;
  let { held = false } = options;
  const waiting: { answer: (error?: Error) => void }[] = [];
  const listeners = new Set<() => void>();
  const subject: Subject = {
    states: [],
    requests: [],
    aborted: 0,
    running: 0,
    maxRunning: 0,
    answer: (error) => waiting.shift()?.answer(error),
    answerAll: () => {
      held = false;
      for (const { answer } of waiting.splice(0)) answer();
    },
    watching: () =>
      new Promise((resolve) => {
        const check = () => {
          if (subject.states.at(-1)?.phase !== 'watching') return;
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        check();
      }),
    translation: createPageTranslation(options.in ?? document, {
      targetLanguage: options.targetLanguage ?? 'pt',
      sourceLanguage: options.sourceLanguage,
      parallel: options.parallel ?? 2,
      all: options.all,
      attributes: options.attributes,
      onState: (state) => {
        subject.states.push(state);
        for (const listener of [...listeners]) listener();
      },
      translate: async (texts, signal, onTranslation) => {
        subject.requests.push(texts.map(({ text }) => text));
        subject.maxRunning = Math.max(subject.maxRunning, ++subject.running);
        try {
          if (held) {
            await new Promise<void>((resolve, reject) => {
              signal.addEventListener('abort', () => {
                subject.aborted += 1;
                resolve();
              });
              waiting.push({ answer: (error) => (error === undefined ? resolve() : reject(error)) });
            });
          } else await Promise.resolve();
          texts.forEach((text, index) => onTranslation(index, translate(text, order, kept)));
        } finally {
          subject.running -= 1;
        }
      },
    }),
  };
  subject.translation.start(mode);
  return subject;
}

function translate(source: MarkedText, order: WordOrder, kept: string[]): Translation {
  if (!kept.some((text) => source.text.includes(text))) return translateWords(source, order);
  return { ...source, kept: [{ start: 0, end: source.text.length, doubts: ['copy'] }] };
}
