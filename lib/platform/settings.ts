// The reader's choices: one flat object in storage.local. The parser is total: a field that is missing or bad falls back alone,
// so no version's record and no damage can make the others fail.
import { browser } from 'wxt/browser';
import { array, boolean, literal, matching, object } from '../engine/schema.ts';
import type { Check } from '../engine/schema.ts';
import type { RewriteAction, SummaryLength, SummaryType } from '../protocol.ts';
import type { PageTranslationMode } from '../requests.ts';
import { readPolicy } from './policy.ts';

/** What the panel shows: the summary of the page, questions about it, or its translation. */
export type PanelPart = 'summary' | 'chat' | 'translation';

export type TranslateBy = 'inkling' | 'browser';

/** What the reader wants a model to do with what is read, under a name: run from the panel, the context menu or the address bar. */
export interface QuickAction {
  id: string;
  name: string;
  instruction: string;
  appliesTo: 'page' | 'selection';
}

export interface Settings {
  panelPart: PanelPart;
  summaryType: SummaryType;
  summaryLength: SummaryLength;
  translationMode: PageTranslationMode;
  /** The browser's own translator does only what it can do with what it has; Inkling's does the rest. */
  translateBy: TranslateBy;
  /** BCP 47 of the language to translate into; '' is the browser's own. */
  translateTo: string;
  /** Base address of a mirror of the language packs; '' is the usual place. */
  packMirror: string;
  /** Base address of the hub that models are downloaded from, or of a copy of it; '' is the usual one. */
  hubEndpoint: string;
  /** The rewriting that was chosen last, and with `instruct` the instruction. */
  rewriteAction: RewriteAction;
  rewriteInstruction: string;
  /** The reader's own instructions, the newest first. */
  savedInstructions: string[];
  /** In the order in which they are offered. */
  quickActions: QuickAction[];
  /** Conversations outlast the panel, until the reader deletes them; never those of private windows. */
  keepConversations: boolean;
  /** What models write is given again where the same is asked once more; never that of private windows. */
  keepResults: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  panelPart: 'summary',
  summaryType: 'key-points',
  summaryLength: 'medium',
  translationMode: 'bilingual',
  translateBy: 'inkling',
  translateTo: '',
  packMirror: '',
  hubEndpoint: '',
  rewriteAction: 'fix-grammar',
  rewriteInstruction: '',
  savedInstructions: [],
  quickActions: [],
  keepConversations: true,
  keepResults: true,
};

/** Room for a paragraph; what is longer was not typed into the card. */
const instruction = matching(/^[^]{1,2000}$/);

const CHECKS: { [K in keyof Settings]: Check<Settings[K]> } = {
  panelPart: literal('summary', 'chat', 'translation'),
  summaryType: literal('tldr', 'key-points', 'headline'),
  summaryLength: literal('short', 'medium', 'long'),
  translationMode: literal('bilingual', 'replace'),
  translateBy: literal('inkling', 'browser'),
  translateTo: matching(/^[a-z]{2,3}(-[A-Za-z]{4})?$/),
  packMirror: matching(/^https?:\/\/\S+$/),
  hubEndpoint: matching(/^https?:\/\/\S+$/),
  rewriteAction: literal(
    'fix-grammar',
    'shorten',
    'bullet-list',
    'improve',
    'expand',
    'simplify',
    'formal',
    'friendly',
    'instruct',
  ),
  rewriteInstruction: instruction,
  savedInstructions: array(instruction),
  quickActions: array(
    object<QuickAction>({
      id: matching(/^[\w-]{1,64}$/),
      name: matching(/^\S.{0,59}$/u),
      instruction,
      appliesTo: literal('page', 'selection'),
    }),
  ),
  keepConversations: boolean,
  keepResults: boolean,
};

const KEY = 'settings';

/** Settings out of anything. */
export function parseSettings(stored: unknown): Settings {
  const record = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<
    Record<keyof Settings, unknown>
  >;
  const keys = Object.keys(CHECKS) as (keyof Settings)[];
  const fields = keys.map((key) => [key, CHECKS[key](record[key]) ? record[key] : DEFAULT_SETTINGS[key]]);
  return Object.fromEntries(fields) as Settings;
}

/** What is laid down for the reader's organisation in the place of what the reader chose. */
export async function loadSettings(): Promise<Settings> {
  const [settings, { hubEndpoint, packMirror }] = await Promise.all([chosenSettings(), readPolicy()]);
  return { ...settings, ...(hubEndpoint && { hubEndpoint }), ...(packMirror && { packMirror }) };
}

async function chosenSettings(): Promise<Settings> {
  return parseSettings((await browser.storage.local.get(KEY))[KEY]);
}

/** Base address of the mirror of language packs, '' for the usual place. */
export async function readPackMirror(): Promise<string> {
  return (await loadSettings()).packMirror;
}

/** Calls back when the reader has kept or forgotten an instruction. */
export function onSavedInstructions(listener: (now: readonly string[], before: readonly string[]) => void): void {
  onSettingsChanged(({ savedInstructions: now }, { savedInstructions: before }) => {
    if (now.join('\0') !== before.join('\0')) listener(now, before);
  });
}

/** Calls back after each change. Returns the end of the subscription. */
export function onSettingsChanged(listener: (now: Settings, before: Settings) => void): () => void {
  const onChanged = (changes: Record<string, { oldValue?: unknown; newValue?: unknown }>): void => {
    if (KEY in changes) listener(parseSettings(changes[KEY].newValue), parseSettings(changes[KEY].oldValue));
  };
  browser.storage.local.onChanged.addListener(onChanged);
  return () => browser.storage.local.onChanged.removeListener(onChanged);
}

export async function saveSettings(change: Partial<Settings>): Promise<void> {
  await navigator.locks.request(KEY, async () => {
    await browser.storage.local.set({ [KEY]: { ...(await chosenSettings()), ...change } });
  });
}
