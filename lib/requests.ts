// One-shot requests between contexts (page, panel, background, host), and what gestures and the translation of a page say in them.
// Types only, plain JSON only.
import type { BreakerRecord } from './engine/crash-breaker.ts';
import type { ModelSettings } from './engine/model-settings.ts';
import type { WireError } from './errors.ts';
import type { Article, TextQuote } from './article.ts';
import type { PageCopy } from './page/copy-page.ts';
import type { LanguagePair } from './protocol.ts';

/** One-shot requests. Anything that streams uses a port (lib/engine/port.ts). Handled in exactly one kind of context each. */
export interface Requests {
  /** Background: make sure that the engine's host runs; resolves when it answers. */
  ensureHost: () => void;
  /** Background: the engine's host listens now. */
  hostReady: () => void;
  /** Host: answers once it listens. */
  pingHost: () => void;
  /** Host: the tab was closed, so its job has no reader any more. */
  tabGone: (tabId: number) => void;
  /** Host, from a content script: the page in its tab is left, so what was asked about it has no reader any more. */
  pageGone: () => void;
  /** Background: what the crash breaker keeps across the browser's end; null where it keeps nothing. The host has no storage. */
  readCrashRecord: () => BreakerRecord | null;
  /** Background: where the reader wants language packs from, '' for the usual place. */
  readPackMirror: () => string;
  /** Background: what the reader has chosen of the models, keys of servers included. */
  readModelSettings: () => ModelSettings;
  /** Background: other fields stay as they are. */
  changeModelSettings: (change: Partial<ModelSettings>) => void;
  writeCrashRecord: (record: BreakerRecord) => void;
  /** Background: what the gesture that opened the panel asked for in that tab; taken once. */
  takeIntent: (tabId: number) => Intent | null;
  /** Content script: a copy of what the reader sees; of a video's page its transcript, which is an article already. */
  readPage: () => PageCopy | Article;
  /** Content script: the text selected in this frame. */
  readSelection: () => Article;
  /** Content script: scroll to the quote and highlight it; false where the page no longer has it. */
  showQuote: (quote: TextQuote) => boolean;
  /** Content script: translate the page from now on; in place of a translation into another language. */
  translatePage: (order: PageTranslationOrder) => void;
  /** Content script: how the page's translation stands. */
  readPageTranslation: () => PageTranslationState | null;
  changePageTranslation: (change: PageTranslationChange) => void;
  /** Panel, from a content script: the translation of its page stands otherwise now. */
  pageTranslationChanged: (state: PageTranslationState | null) => void;
  /** Content script: the language that the page's text is in, '' where it does not tell. */
  detectPageLanguage: () => string;
  /** Content script: show the translation of what is selected in this frame, beside it, or else that of `text`. */
  translateSelection: (text: string) => void;
  /**
   * Content script: offer other words for what the reader writes in this frame, or has selected there, or else for `text`. With an
   * instruction of the reader's that is followed at once, '' lets the reader choose.
   */
  rewriteText: (text: string, instruction: string) => void;
  /** Host, from a content script: whether the model that the reader chose for rewriting writes freely. Loads nothing. */
  rewritesFreely: () => boolean;
  /** Host: whether reading a page ahead of the first question about it makes the answer come sooner. Loads nothing. */
  readsAhead: () => boolean;
  /** Host: what translates for want of a language pack, null where nothing does. Loads nothing. */
  translatingModel: () => TranslatingModel | null;
  /** Background, from a content script: open the options page, where models are chosen. */
  openOptions: () => void;
  /** Background, from a content script: open the panel of its tab with a text made there that the reader wants to keep in view. */
  showInPanel: (shown: ShowIntent) => void;
}

/** A language model that translates between its languages what no language pack does. */
export interface TranslatingModel {
  name: string;
  /** BCP 47 primary subtags. */
  languages: string[];
  /** It is the browser's own. */
  isBrowsers: boolean;
  /** Where text goes, as a reader writes it; empty where it stays on this machine. */
  hosts: string[];
}

/** What a menu item or shortcut asked the panel to do. */
export type Intent = SummarizeIntent | AskIntent | TranslateIntent | ShowIntent | RefusalIntent;

/** Show what was made in the page already. */
export type ShowIntent = ShowTranslationIntent | ShowRewritingIntent;

/** What a gesture is about. */
export interface GestureSubject {
  scope: 'page' | 'selection';
  /** The frame of the gesture. */
  frameId: number;
  /** The selection as captured at the gesture, for when the frame can no longer say. */
  selection?: Article;
}

export interface SummarizeIntent extends GestureSubject {
  kind: 'summarize';
}

/** Ask a question, or carry out the instruction of the quick action `action`. */
export interface AskIntent extends GestureSubject {
  kind: 'ask';
  question: string;
  action?: string;
}

/** Translate the page, into the language that the reader chose last. */
export interface TranslateIntent {
  kind: 'translate';
}

export interface ShowTranslationIntent {
  kind: 'translation';
  original: string;
  text: string;
  pair: LanguagePair;
}

export interface ShowRewritingIntent {
  kind: 'rewriting';
  /** What was asked for, as the reader reads it. */
  title: string;
  original: string;
  text: string;
}

/** Say why what was asked for in the page could not be done there. */
export interface RefusalIntent {
  kind: 'refusal';
  error: WireError;
}

export interface PageTranslationOrder {
  pair: LanguagePair;
  mode: PageTranslationMode;
}

export type PageTranslationChange = PageTranslationMode | 'pause' | 'resume' | 'restore';

/** bilingual: each paragraph followed by its translation. replace: the translation stands in the text's place. */
export type PageTranslationMode = 'bilingual' | 'replace';

/** How the translation of a tab's page stands, as its content script says it; null where the page is as it was. */
export interface PageTranslationState {
  /** translating: something waits or is being translated. watching: all that is there is done, what comes will be translated. */
  phase: 'translating' | 'watching' | 'paused' | 'failed';
  mode: PageTranslationMode;
  pair: LanguagePair;
  /** Of the text found so far: it grows with the page. */
  doneCharacters: number;
  totalCharacters: number;
  /** From the measured speed; absent while unknown. */
  remainingMs?: number;
  /** Sentences left in the original. */
  kept: number;
  /** With `failed`. */
  error?: WireError;
}

/** What happens by itself when a page of a site opens in another language: it is translated, left alone, or offered. */
export type SiteRule = 'always' | 'never' | 'ask';
