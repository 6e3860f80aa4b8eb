// Asks for translations: what is on screen first, in requests that are small at first, each text of the page once.

import type { WireError } from '../../errors.ts';
import { AppError, isAbort, toWire } from '../../errors.ts';
import type { Translation } from '../../protocol.ts';
import type { NearView } from './near-view.ts';
import type { TranslateTexts } from './page-translation.ts';
import type { Passage } from './passage.ts';

export interface RequestsOptions {
  translate: TranslateTexts;
  parallel: number;
  /** Also what is not near the window. */
  all: boolean;
}

export interface RequestsListener {
  onTranslation(passage: Passage, translation: Translation): void;
  /** Something began, ended or failed. */
  onProgress(): void;
}

/** Characters of the first requests, so that the first translations are soon there, and of all that follow. */
const FIRST_CHARACTERS = [300, 700];
const CHARACTERS = 1_500;
/** Texts of a request, however short they are. */
const MAX_TEXTS = 60;
const MAX_CACHED = 20_000;

export class Requests {
  error: WireError | null = null;
  isPaused = false;
  private readonly waiting = new Set<Passage>();
  private readonly byBox = new Map<Element, Set<Passage>>();
  private readonly cache = new Map<string, Translation>();
  /** Those who wait for an answer that is on its way. */
  private readonly asked = new Map<string, Set<Passage>>();
  private running = 0;
  private sent = 0;
  private abort = new AbortController();
  private translatedCharacters = 0;
  private busyMs = 0;
  private busySinceMs = 0;

  constructor(
    private readonly options: RequestsOptions,
    private readonly view: NearView,
    private readonly listener: RequestsListener,
  ) {}

  /** Nothing is under way and nothing is left to ask for. */
  get isIdle(): boolean {
    return this.running === 0 && (this.waiting.size === 0 || (!this.options.all && !this.isWantedNearby()));
  }

  /** By the speed so far; undefined while there is none. */
  remainingMs(characters: number): number | undefined {
    const busyMs = this.busyMs + (this.running > 0 ? performance.now() - this.busySinceMs : 0);
    if (this.translatedCharacters === 0 || busyMs < 200 || characters === 0) return undefined;
    return (busyMs / this.translatedCharacters) * characters;
  }

  add(passage: Passage): void {
    const known = this.cache.get(passage.key);
    if (known) {
      this.listener.onTranslation(passage, known);
      return;
    }
    this.waiting.add(passage);
    const passages = this.byBox.get(passage.box) ?? new Set();
    this.byBox.set(passage.box, passages.add(passage));
    this.view.watch(passage.box);
  }

  remove(passage: Passage): void {
    this.waiting.delete(passage);
    this.asked.get(passage.key)?.delete(passage);
    this.unwatch(passage);
  }

  /** Sends requests until as many run as help. @param isAllKnown What is not near the window is known not to be. */
  send(isAllKnown: boolean): void {
    while (this.running < this.options.parallel && !this.isPaused && !this.error) {
      const passages = this.choose(isAllKnown);
      if (passages.length === 0) return;
      void this.request(passages);
    }
  }

  pause(): void {
    this.isPaused = true;
    this.stop();
  }

  resume(): void {
    this.isPaused = false;
    this.error = null;
  }

  /** Drops what is under way. */
  stop(): void {
    this.abort.abort();
    this.abort = new AbortController();
  }

  private choose(isAllKnown: boolean): Passage[] {
    const budget = FIRST_CHARACTERS.at(Math.floor(this.sent / this.options.parallel)) ?? CHARACTERS;
    const chosen = new Map<string, Passage>();
    let characters = 0;
    for (const passage of this.inOrder(isAllKnown)) {
      const { length } = passage.source.text;
      const known = this.cache.get(passage.key);
      if (known) {
        this.waiting.delete(passage);
        this.unwatch(passage);
        this.listener.onTranslation(passage, known);
        continue;
      }
      const waiting = this.asked.get(passage.key);
      if (waiting) {
        this.waiting.delete(passage);
        waiting.add(passage);
        continue;
      }
      if (chosen.size > 0 && characters + length > budget) break;
      this.waiting.delete(passage);
      this.asked.set(passage.key, new Set([passage]));
      chosen.set(passage.key, passage);
      characters += length;
      if (chosen.size === MAX_TEXTS) break;
    }
    return [...chosen.values()];
  }

  /** On screen, then near it, then the rest of the page: each as they were found. */
  private *inOrder(isAllKnown: boolean): Generator<Passage> {
    yield* this.waitingIn(this.view.onScreen);
    if (!isAllKnown) return;
    yield* this.waitingIn(this.view.ahead);
    yield* this.waitingIn(this.view.behind);
    if (this.options.all) yield* this.waiting;
  }

  private waitingIn(boxes: ReadonlySet<Element>): Passage[] {
    const passages = [...boxes].flatMap((box) => [...(this.byBox.get(box) ?? [])]);
    return passages.filter((passage) => this.waiting.has(passage)).sort((a, b) => a.order - b.order);
  }

  private isWantedNearby(): boolean {
    return this.waitingIn(this.view.ahead).length > 0 || this.waitingIn(this.view.behind).length > 0;
  }

  private async request(passages: Passage[]): Promise<void> {
    const { signal } = this.abort;
    const open = new Set(passages.keys());
    const end = () => {
      for (const index of open) this.giveBack(passages[index].key);
      this.running -= 1;
      if (this.running === 0) this.busyMs += performance.now() - this.busySinceMs;
      this.listener.onProgress();
    };
    signal.addEventListener('abort', end);
    this.sent += 1;
    if (this.running === 0) this.busySinceMs = performance.now();
    this.running += 1;
    try {
      const texts = passages.map(({ source }) => source);
      await this.options.translate(texts, signal, (index, translation) => {
        if (!signal.aborted && open.delete(index)) this.answer(passages[index], translation);
      });
      if (open.size > 0) throw new AppError('internal', 'some texts were not answered');
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
    signal.removeEventListener('abort', end);
    if (!signal.aborted) end();
  }

  /** Whoever translates may have been told to stop by others than us: the reader may go on. */
  fail(error: unknown): void {
    if (isAbort(error)) this.isPaused = true;
    else this.error = toWire(error);
  }

  private answer({ key, source }: Passage, translation: Translation): void {
    if (this.cache.size >= MAX_CACHED) this.cache.delete(this.cache.keys().next().value!);
    this.cache.set(key, translation);
    this.translatedCharacters += source.text.length;
    const passages = this.asked.get(key) ?? [];
    this.asked.delete(key);
    for (const passage of passages) {
      this.unwatch(passage);
      this.listener.onTranslation(passage, translation);
    }
  }

  private giveBack(key: string): void {
    for (const passage of this.asked.get(key) ?? []) this.waiting.add(passage);
    this.asked.delete(key);
  }

  private unwatch(passage: Passage): void {
    const passages = this.byBox.get(passage.box);
    if (!passages?.delete(passage) || passages.size > 0) return;
    this.byBox.delete(passage.box);
    this.view.unwatch(passage.box);
  }
}
