// Tasks and what comes of them: every shape that crosses a port of the engine. Types only, plain JSON only.

import type { Article, Source } from './article.ts';

export type SummaryType = 'tldr' | 'key-points' | 'headline';
export type SummaryLength = 'short' | 'medium' | 'long';

/**
 * Of what a model has written. reuse: what was made earlier of the same is given again, else this is kept for that. renew: it is made
 * anew, and kept. Absent: neither, as in private windows.
 */
export type ResultUse = 'reuse' | 'renew';

export interface SummarizeTask {
  kind: 'summarize';
  article: Article;
  type: SummaryType;
  length: SummaryLength;
  /** `automatic`: compose only where the model's catalog entry says that it may. `requested`: the reader asked for it plainly. */
  compose: 'automatic' | 'requested';
  results?: ResultUse;
}

/** From one language into another, as BCP 47 tags ('en', 'pt', 'zh-Hant'). */
export interface LanguagePair {
  from: string;
  to: string;
}

/** Text with the inline markup that it carries. Text is as the reader sees it: whitespace collapsed, `\n` for a line break. */
export interface MarkedText {
  text: string;
  marks: Mark[];
}

/** What stands on a part of a text: UTF-16 offsets, end exclusive. Marks nest or are disjoint, in document order. */
export interface Mark {
  /** The sender's own name for it (a link, a bold run, an image): each id of a text stands exactly once in its translation. */
  id: number;
  start: number;
  /** Equal to `start` for what has no text of its own: an image, a form control. */
  end: number;
}

/** Texts of one page or card, in the order in which they are wanted. */
export interface TranslateTask {
  kind: 'translate';
  pair: LanguagePair;
  texts: MarkedText[];
  /** False in a private window: what was translated is then kept nowhere. */
  remember: boolean;
  /** The browser's own translator, where it knows the pair; absent: Inkling's models. */
  by?: 'browser';
}

/** Downloads what a pair needs, and goes on where an earlier download was cut. */
export interface DownloadTask {
  kind: 'download';
  pair: LanguagePair;
  /** Base address of a mirror of the models, '' for the usual place. Said by the host: nobody else has a say in it. */
  mirror: string;
}

/** Downloads a language model from the hub, and goes on where an earlier download was cut. For pages of the extension only. */
export interface DownloadModelTask {
  kind: 'download-model';
  /** `owner/name` */
  repository: string;
  /** Path of a GGUF file in it. */
  file: string;
  /** Base address of the hub, '' for the usual one. */
  endpoint: string;
}

export type RewriteAction =
  | 'fix-grammar'
  | 'shorten'
  | 'bullet-list'
  | 'improve'
  | 'expand'
  | 'simplify'
  | 'formal'
  | 'friendly'
  /** What the reader says in `instruction`. */
  | 'instruct';

/** Other words for a text that the reader is writing. Nothing is changed where it stands: what comes are hunks to take or leave. */
export interface RewriteTask {
  kind: 'rewrite';
  action: RewriteAction;
  /** As it stands in its editor; `\n` ends a paragraph or line. */
  text: string;
  /** BCP 47, '' where the text does not tell. */
  language: string;
  /** With `instruct`. */
  instruction: string;
  results?: ResultUse;
}

/** What to make of a text. */
export type RewriteOrder = Pick<RewriteTask, 'action' | 'instruction'>;

/** A question about what the reader has open. */
export interface ChatTask {
  kind: 'chat';
  question: string;
  /** The question is an instruction of the reader's, to be carried out over all of the text: nothing is searched. */
  instruct?: boolean;
  /** What may answer: the page in front (or what is selected there) first, then the tabs that the reader added. */
  articles: Article[];
  /** Earlier turns of the conversation, oldest first. */
  history: ChatTurn[];
  results?: ResultUse;
}

export interface ChatTurn {
  question: string;
  /** As shown, without marks of sources; '' where the page did not say. */
  answer: string;
}

/**
 * Makes ready for a question: a model that composes reads what every question about the articles begins with, in the conversation so
 * far. Done only while nothing else is to be done, and only on this machine; says nothing that is to be shown.
 */
export interface ReadAheadTask {
  kind: 'read-ahead';
  articles: Article[];
  history: ChatTurn[];
}

/** Has a model of this machine do a sample, from its load on. For pages of the extension only. */
export interface MeasureTask {
  kind: 'measure';
  /** Its id. */
  model: string;
  /** On it and on no other; automatic: on the best that works. */
  device: 'cpu' | 'gpu' | 'automatic';
  /** Null: none. How fast it would run is found out without its weights, so that a model of the package need not be converted first. */
  sample: SummarizeTask | null;
}

/** What the panel asks about a tab: it goes on when the panel is closed. */
export type JobTask = SummarizeTask | ChatTask;

/** What a language model does. */
export type ModelTask = JobTask | RewriteTask;

export type Task = ModelTask | ReadAheadTask | MeasureTask | TranslateTask | DownloadTask | DownloadModelTask;

/** Why a sentence's translation is not shown as it came. */
export type TranslationDoubt = 'empty' | 'copy' | 'language' | 'repetition' | 'addition' | 'number' | 'link';

/** A translated text, its marks where the same is said. */
export interface Translation extends MarkedText {
  /** Sentences left in the original, as places in `text`, because no translation of them passed the checks. */
  kept: { start: number; end: number; doubts: TranslationDoubt[] }[];
}

/** What a pair of languages needs on this machine. */
export interface LanguagePack {
  pair: LanguagePair;
  /** packaged: in the extension itself. installed: downloaded. partial: a download was cut. available: can be downloaded. */
  state: 'packaged' | 'installed' | 'partial' | 'available';
  /** To download, 0 for what is in the package. */
  downloadBytes: number;
  /** On disk now. */
  storedBytes: number;
}

/** Why a composed sentence is not taken as true. */
export type Doubt = 'number' | 'name' | 'similarity' | 'likelihood';

/** One sentence (or bullet) of a result. */
export interface Statement {
  text: string;
  /** quoted: the page's own words, at most trimmed. supported: written by the model, checks passed. unsupported: they did not. */
  support: 'quoted' | 'supported' | 'unsupported';
  origin: 'page' | 'description' | 'model';
  /** The sentences that it rests on, best first. Empty only for a description or an unsupported statement. */
  sources: Source[];
  doubts: Doubt[];
}

/** A proposed change of a RewriteTask's text: UTF-16 offsets into it, end exclusive. Hunks of a text are disjoint. */
export interface Hunk {
  start: number;
  end: number;
  /** '' deletes. */
  replacement: string;
  /** checker: the grammar checker. rules: cuts and structure by rule. model: written by the language model. */
  by: 'checker' | 'rules' | 'model';
  /** What the new words lose or add that a rewrite must not: shown as a warning, never hidden. */
  doubts: RewriteDoubt[];
  /** Why, in the checker's words (English); '' where there is nothing to say. */
  reason: string;
}

export type RewriteDoubt =
  'number' | 'name' | 'link' | 'code' | 'placeholder' | 'negation' | 'language' | 'length' | 'answer';

/** A piece of an article that may answer a question: whole blocks (first to last, inclusive), and the sentence in them that does so best. */
export interface Passage {
  article: number;
  firstBlock: number;
  lastBlock: number;
  best: Source;
}

/** How much of the article the result rests on so far. */
export interface Coverage {
  words: number;
  wordsRead: number;
  part: number;
  parts: number;
}

export interface ProgressEvent {
  kind: 'progress';
  phase: 'loading' | 'reading' | 'writing' | 'checking';
  /** 0 to 1 over the phase; within a run, (phase, fraction) never falls. */
  fraction: number;
  coverage?: Coverage;
  /** From the measured speed; absent while unknown. */
  remainingMs?: number;
  /** While loading. */
  loadedBytes?: number;
  totalBytes?: number;
}

/** Which model answers, where. Sent when known, and again when the backend changes in mid-run. */
export interface BackendEvent {
  kind: 'backend';
  model: string;
  /** browser: the browser's own model, which the browser runs as it likes. */
  device: 'cpu' | 'gpu' | 'browser' | 'remote';
  /** With `remote`: where the text goes, as a reader writes it ('192.168.1.5:11434'). */
  host?: string;
  threads: number;
  /** Why not the GPU, or that this model has crashed before, as a message key of the catalogue (public/_locales). */
  reason?: string;
  /** Of an answer that was made earlier and is given again: when, in Unix time. */
  madeMs?: number;
  /** Name of the model that would have been taken, had its last load not brought the browser down. */
  passedOver?: string;
}

export interface Metrics {
  /** Run start (model ready) to first token. */
  timeToFirstTokenMs: number;
  promptTokens: number;
  /** Prompt tokens found in the KV cache, so not run again. */
  cachedTokens: number;
  completionTokens: number;
  prefillTokensPerSecond: number;
  decodeTokensPerSecond: number;
  loadMs: number;
  totalMs: number;
  /** Of the worker's WebAssembly memory. */
  peakBytes: number;
}

export type TaskEvent =
  | ProgressEvent
  | BackendEvent
  /** The selected sentences, in page order: the whole set, replacing the one before. */
  | { kind: 'quotes'; quotes: Statement[]; coverage: Coverage }
  /** A piece of the sentence that the model is writing. Concatenated, all deltas of a run are what the model wrote. */
  | { kind: 'delta'; text: string }
  /** The deltas since the last statement (or the start), checked: what stands in the result in their place. */
  | { kind: 'statement'; statement: Statement }
  /** More changes of a RewriteTask's text, in its order; what a model adds may lie between what the checker said before. */
  | { kind: 'hunks'; hunks: Hunk[] }
  /** Where a ChatTask's answer may stand, best first: the whole list, replacing the one before. */
  | { kind: 'passages'; passages: Passage[] }
  /** The articles do not answer the question: what was found stands in `passages`. */
  | { kind: 'unanswered' }
  /** So many of the oldest turns were condensed to fit the context window. */
  | { kind: 'condensed'; turns: number }
  /** The translation of `texts[index]` of a TranslateTask; texts are answered once each, in any order. */
  | { kind: 'translation'; index: number; translation: Translation }
  | { kind: 'done'; finishReason: FinishReason; metrics: Metrics | null };

/** stop: the model ended. length: the budget ended it, said to the reader. */
export type FinishReason = 'stop' | 'length';
