// Reads what was made of a page in another language: translates what the page and the model said, sentence by sentence.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { isAbort, toWire, type WireError } from '../lib/errors.ts';
import { knowsPair } from '../lib/engine/choose-model.ts';
import type { BackendEvent, LanguagePack, LanguagePair, Translation } from '../lib/protocol.ts';
import type { TranslatingModel } from '../lib/requests.ts';
import { matchLanguage, withModel } from './languages.ts';
import { languagesOf, missingBytes, routeOf } from './packs.ts';
import type { Download } from './PackOffer.tsx';
import type { TranslationPlatform } from '../lib/platform/translation.ts';
import { useDownload } from './use-download.ts';

/** Who translates for the reader. */
export interface Reader {
  platform: TranslationPlatform;
  packs: readonly LanguagePack[];
  /** What translates for want of a pack. */
  model: TranslatingModel | null;
}

/** A finished summary or answer. */
export interface Readable {
  /** What it is: something else, or the same with other sentences, is shown as written at first. */
  of: unknown;
  /** BCP 47, '' where unknown. */
  language: string;
  sentences: readonly string[];
}

/** The same in another language, as far as it is. */
export interface Translated {
  pair: LanguagePair;
  /** By the sentence as it was written. */
  texts: ReadonlyMap<string, Translation>;
}

export interface Reading {
  /** Its own language, '' where not known. */
  from: string;
  /** What it can be read in besides its own language; empty where that is not known. */
  languages: readonly string[];
  /** null: as written. */
  translated: Translated | null;
  /** The language model that has translated it, null where packs did. */
  by: BackendEvent | null;
  /** To download first, 0 for nothing. */
  missingBytes: number;
  busy: boolean;
  download: Download | null;
  error: WireError | null;
  /** '' for as written. */
  onRead: (language: string) => void;
  onDownload: () => void;
  onPauseDownload: () => void;
}

export function useReading({ platform, packs, model }: Reader, readable: Readable | null): Reading {
  const [translated, setTranslated] = useState<Translated | null>(null);
  const [by, setBy] = useState<BackendEvent | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const running = useRef<AbortController | null>(null);
  const { download, start: startDownload, pause, drop } = useDownload(platform);
  const all = useMemo(() => new Set(withModel(languagesOf(packs), model)), [packs, model]);
  const from = readable ? matchLanguage(readable.language, all) : '';
  const languages = useMemo(() => {
    const isTranslated = (to: string) =>
      routeOf(packs, { from, to }) !== null || (model !== null && knowsPair(model, { from, to }));
    return from === '' ? [] : [...all].filter((to) => to !== from && isTranslated(to));
  }, [all, from]);

  const stop = useCallback(() => {
    running.current?.abort();
    drop();
    setBusy(false);
    setError(null);
    setTranslated(null);
    setBy(null);
  }, [drop]);
  useEffect(() => stop, [readable?.of, readable?.sentences.length, stop]);

  const read = async (pair: LanguagePair, here: () => Promise<boolean>): Promise<void> => {
    stop();
    const controller = new AbortController();
    running.current = controller;
    setTranslated({ pair, texts: new Map() });
    try {
      if (!readable || !(await here()) || running.current !== controller) return;
      setBusy(true);
      const sentences = [...new Set(readable.sentences)];
      for await (const event of platform.translate(sentences, pair, controller.signal)) {
        if (event.kind === 'backend' && !controller.signal.aborted) setBy(event);
        if (event.kind !== 'translation' || controller.signal.aborted) continue;
        const { index, translation } = event;
        setTranslated((before) => before && { pair, texts: new Map(before.texts).set(sentences[index], translation) });
      }
    } catch (thrown) {
      if (!controller.signal.aborted && !isAbort(thrown)) setError(toWire(thrown));
    } finally {
      if (running.current === controller) setBusy(false);
    }
  };

  const pair = translated?.pair;
  const missing = pair ? missingBytes(routeOf(packs, pair) ?? []) : 0;
  return {
    from,
    languages: readable?.sentences.length === 0 ? [] : languages,
    translated,
    by,
    missingBytes: missing,
    busy,
    download,
    error,
    onRead: (to) => {
      if (to === '') return stop();
      const wanted = { from, to };
      const isHere = missingBytes(routeOf(packs, wanted) ?? []) === 0;
      void read(wanted, () => Promise.resolve(isHere));
    },
    onDownload: () => pair && void read(pair, () => startDownload(pair)),
    onPauseDownload: pause,
  };
}
