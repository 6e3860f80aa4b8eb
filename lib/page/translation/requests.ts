// Asks for translations: what is on screen first, in requests that are small at first, each text of the page once.

import type { WireError } from '../../errors.ts';
import { AppError, isAbort, toWire } from '../../errors.ts';
import type { Translation } from '../../protocol.ts';
import type { NearView } from './near-view.ts';
import type { TranslateTexts } from './page-translation.ts';
import type { Passage } from './passage.ts';
import { Waiting } from './waiting.ts';

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

/** Characters of the first requests, so that the first translations are soon there, then the first screen; and of all that follow. */
const FIRST_CHARACTERS = [300, 900, 900];
const CHARACTERS = 1_500;
/** Texts of a request, however short they are. */
const MAX_TEXTS = 60;
const MAX_CACHED = 20_000;

export class Requests {
  error: WireError | null = null;
  isPaused = false;
  private readonly waiting: Waiting;
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
    view: NearView,
    private readonly listener: RequestsListener,
  ) {
    this.waiting = new Waiting(view, options.all);
  }

  /** Nothing is under way and nothing is left to ask for. */
  get isIdle(): boolean {
    return this.running === 0 && this.waiting.isEmpty;
  }

  /** By the speed so far; undefined while there is none. */
  remainingMs(characters: number): number | undefined {
    const busyMs = this.busyMs + (this.running > 0 ? performance.now() - this.busySinceMs : 0);
    if (this.translatedCharacters === 0 || busyMs < 200 || characters === 0) return undefined;
    return (busyMs / this.translatedCharacters) * characters;
  }

  add(passage: Passage): void {
    const known = this.cache.get(passage.key);
    if (known) this.listener.onTranslation(passage, known);
    else this.waiting.add(passage);
  }

  remove(passage: Passage): void {
    this.waiting.delete(passage);
    this.asked.get(passage.key)?.delete(passage);
  }

  /** Sends requests until as many run as help. */
  send(): void {
    while (this.running < this.options.parallel && !this.isPaused && !this.error) {
      const passages = this.choose();
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

  private choose(): Passage[] {
    const budget = FIRST_CHARACTERS.at(Math.floor(this.sent / this.options.parallel)) ?? CHARACTERS;
    const chosen: Passage[] = [];
    let characters = 0;
    for (const passage of this.waiting.inOrder()) {
      const { key, source } = passage;
      const known = this.cache.get(key);
      const others = this.asked.get(key);
      const isNew = !known && !others;
      if (isNew && chosen.length > 0 && characters + source.text.length > budget) break;
      this.waiting.take(passage);
      if (known) this.show(passage, known);
      else if (others) others.add(passage);
      else {
        this.asked.set(key, new Set([passage]));
        chosen.push(passage);
        characters += source.text.length;
        if (chosen.length === MAX_TEXTS) break;
      }
    }
    return chosen;
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
    for (const passage of passages) this.show(passage, translation);
  }

  private show(passage: Passage, translation: Translation): void {
    this.waiting.delete(passage);
    this.listener.onTranslation(passage, translation);
  }

  private giveBack(key: string): void {
    for (const passage of this.asked.get(key) ?? []) this.waiting.add(passage);
    this.asked.delete(key);
  }
}
