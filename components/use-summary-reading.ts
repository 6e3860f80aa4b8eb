// Reads a finished summary in another language: translates what the page and the model said, sentence by sentence.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { isAbort, toWire, type WireError } from '../lib/errors.ts';
import { knowsPair } from '../lib/engine/choose-model.ts';
import type { BackendEvent, LanguagePack, LanguagePair, Translation } from '../lib/protocol.ts';
import type { TranslatingModel } from '../lib/requests.ts';
import { matchLanguage, withModel } from './languages.ts';
import { languagesOf, missingBytes, routeOf } from './packs.ts';
import type { Download } from './PackOffer.tsx';
import type { TranslationPlatform } from '../lib/platform/translation.ts';
import { useDownload } from './use-download.ts';
import type { Run } from './view.ts';

/** A summary in another language, as far as it is. */
export interface TranslatedSummary {
  pair: LanguagePair;
  /** By the sentence as it was written. */
  texts: ReadonlyMap<string, Translation>;
}

export interface SummaryReading {
  /** The summary's own language, '' where not known. */
  from: string;
  /** What the summary can be read in besides its own language; empty where its language is not known. */
  languages: readonly string[];
  /** null: as written. */
  translated: TranslatedSummary | null;
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

export function useSummaryReading(
  platform: TranslationPlatform,
  packs: readonly LanguagePack[],
  model: TranslatingModel | null,
  run: Run | null,
): SummaryReading {
  const [translated, setTranslated] = useState<TranslatedSummary | null>(null);
  const [by, setBy] = useState<BackendEvent | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const running = useRef<AbortController | null>(null);
  const { download, start: startDownload, pause, drop } = useDownload(platform);
  const all = new Set(withModel(languagesOf(packs), model));
  const from = run ? matchLanguage(run.task.article.language, all) : '';

  const stop = useCallback(() => {
    running.current?.abort();
    drop();
    setBusy(false);
    setError(null);
    setTranslated(null);
    setBy(null);
  }, [drop]);
  // Another summary, or the same one written anew, is shown as written.
  useEffect(() => stop, [run?.task, run?.statements.length, stop]);

  const read = async (pair: LanguagePair, here: () => Promise<boolean>): Promise<void> => {
    stop();
    const controller = new AbortController();
    running.current = controller;
    setTranslated({ pair, texts: new Map() });
    try {
      if (!run || !(await here()) || running.current !== controller) return;
      setBusy(true);
      const sentences = [...new Set([...run.quotes, ...run.statements].map(({ text }) => text))];
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

  const isTranslated = (wanted: LanguagePair) =>
    routeOf(packs, wanted) !== null || (model !== null && knowsPair(model, wanted));
  const pair = translated?.pair;
  const missing = pair ? missingBytes(routeOf(packs, pair) ?? []) : 0;
  return {
    from,
    languages: from === '' ? [] : [...all].filter((to) => to !== from && isTranslated({ from, to })),
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
