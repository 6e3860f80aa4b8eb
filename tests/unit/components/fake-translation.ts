// The panel's Translation part has this behind its seam in tests: pages, packs and downloads that do what the test says.
import { Channel } from '../../../lib/engine/channel.ts';
import { AppError } from '../../../lib/errors.ts';
import type { LanguagePack, LanguagePair, TaskEvent } from '../../../lib/protocol.ts';
import type {
  PageTranslationChange,
  PageTranslationOrder,
  PageTranslationState,
  SiteRule,
  TranslatingModel,
} from '../../../lib/requests.ts';
import type { TranslationChoice, TranslationPlatform } from '../../../lib/platform/translation.ts';

export function pack(from: string, to: string, change: Partial<LanguagePack> = {}): LanguagePack {
  return { pair: { from, to }, state: 'available', downloadBytes: 34e6, storedBytes: 0, ...change };
}

export const PACKS: LanguagePack[] = [
  pack('en', 'pt', { state: 'packaged', downloadBytes: 0, storedBytes: 17e6 }),
  pack('pt', 'en', { state: 'packaged', downloadBytes: 0, storedBytes: 17e6 }),
  pack('de', 'en', { state: 'installed', storedBytes: 34e6 }),
  pack('en', 'de', { state: 'partial', downloadBytes: 22e6, storedBytes: 12e6 }),
  pack('is', 'en'),
];

interface Stream {
  pair: LanguagePair;
  texts?: string[];
  signal: AbortSignal;
  events: Channel<TaskEvent>;
}

export class FakeTranslation implements TranslationPlatform {
  readonly orders: { tabId: number; order: PageTranslationOrder }[] = [];
  readonly changes: { tabId: number; change: PageTranslationChange }[] = [];
  readonly deleted: LanguagePair[] = [];
  readonly downloads: Stream[] = [];
  readonly translations: Stream[] = [];
  readonly saved: unknown[] = [];
  readonly rules: { url: string; rule: SiteRule }[] = [];
  choice: TranslationChoice = { part: 'summary', to: 'pt', mode: 'bilingual' };
  packs = PACKS;
  rule: SiteRule = 'ask';
  language: (tabId: number) => Promise<string> = () => Promise.resolve('en');
  refuse: AppError | null = null;
  private readonly onState = new Map<number, (state: PageTranslationState | null) => void>();
  private onPackList: (packs: LanguagePack[]) => void = () => undefined;

  /** The content script of that tab says this. */
  tell(tabId: number, state: PageTranslationState | null): void {
    this.onState.get(tabId)?.(state);
  }

  setPacks(packs: LanguagePack[]): void {
    this.packs = packs;
    this.onPackList(packs);
  }

  readonly prepared: (LanguagePair | null)[] = [];
  prepare = (pair: LanguagePair | null) => void this.prepared.push(pair);
  /** What the browser itself can translate. */
  native = false;
  /** What translates for want of a pack. */
  model: TranslatingModel | null = null;
  smallestModelBytes: number | null = null;
  onTranslatingModel = (listener: (model: TranslatingModel | null) => void) => {
    listener(this.model);
    return () => undefined;
  };
  modelBytes = () => this.smallestModelBytes;
  openedOptions = 0;
  openOptions = () => {
    this.openedOptions++;
    return Promise.resolve();
  };
  browserCanTranslate = () => Promise.resolve(this.native);
  loadChoice = () => Promise.resolve(this.choice);
  saveChoice = (change: unknown) => {
    this.saved.push(change);
    return Promise.resolve();
  };
  onPageTranslation = (tabId: number, listener: (state: PageTranslationState | null) => void) => {
    this.onState.set(tabId, listener);
    return () => void this.onState.delete(tabId);
  };
  detectPageLanguage = (tabId: number) => this.language(tabId);
  translatePage = (tabId: number, order: PageTranslationOrder) => {
    if (this.refuse) return Promise.reject(this.refuse);
    this.orders.push({ tabId, order });
    return Promise.resolve();
  };
  changePageTranslation = (tabId: number, change: PageTranslationChange) => {
    this.changes.push({ tabId, change });
    return Promise.resolve();
  };
  onPacks = (listener: (packs: LanguagePack[]) => void) => {
    this.onPackList = listener;
    listener(this.packs);
    return () => void (this.onPackList = () => undefined);
  };
  deletePack = (pair: LanguagePair) => {
    this.deleted.push(pair);
    return Promise.resolve();
  };
  download = (pair: LanguagePair, signal: AbortSignal) => this.stream(this.downloads, { pair, signal });
  translate = (texts: string[], pair: LanguagePair, signal: AbortSignal) =>
    this.stream(this.translations, { pair, texts, signal });
  loadSiteRule = () => Promise.resolve(this.rule);
  saveSiteRule = (url: string, rule: SiteRule) => {
    this.rules.push({ url, rule });
    return Promise.resolve();
  };

  private stream(list: Stream[], asked: Omit<Stream, 'events'>): Channel<TaskEvent> {
    const events = new Channel<TaskEvent>();
    asked.signal.addEventListener('abort', () => events.abort(new AppError('aborted')));
    list.push({ ...asked, events });
    return events;
  }
}
