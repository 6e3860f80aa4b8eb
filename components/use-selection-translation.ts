// What the card knows: the languages, and how the translation of the selection stands.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { isAbort, toWire } from '../lib/errors.ts';
import type { CardPlatform } from '../lib/platform/card.ts';
import type { BackendEvent, LanguagePair, Translation } from '../lib/protocol.ts';
import type { TranslatingModel } from '../lib/requests.ts';
import { withModel } from './languages.ts';
import type { CardState } from './TranslationCard.tsx';

export interface SelectionTranslation {
  state: CardState;
  /** All that something translates from or into. */
  languages: readonly string[];
  /** '' while or where unknown. */
  from: string;
  to: string;
  translateFrom: (from: string) => void;
  translateTo: (to: string) => void;
  swap: () => void;
  again: () => void;
  download: () => void;
  pause: () => void;
}

const NOTHING_YET: CardState = { kind: 'loading' };

/** Detects the language of `texts` (paragraphs) and translates them; anew whenever a language is chosen. */
export function useSelectionTranslation(platform: CardPlatform, texts: readonly string[]): SelectionTranslation {
  const [pair, setPair] = useState<LanguagePair>({ from: '', to: '' });
  const [state, setState] = useState<CardState>(NOTHING_YET);
  const [model, setModel] = useState<TranslatingModel | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => void platform.translatingModel().then(setModel), [platform]);

  /** Only what is asked for last is shown. */
  const occupy = useCallback(async (work: (signal: AbortSignal) => Promise<void>) => {
    running.current?.abort();
    const controller = (running.current = new AbortController());
    try {
      await work(controller.signal);
    } catch (error) {
      if (running.current !== controller || isAbort(error)) return;
      running.current = null;
      setState({ kind: 'failed', error: toWire(error) });
    }
  }, []);

  const translate = useCallback(
    (wanted: LanguagePair) =>
      occupy(async (signal) => {
        setPair(wanted);
        if (wanted.from === '') setState({ kind: 'unknown-language' });
        if (wanted.from === '' || wanted.from === wanted.to) return;
        setState(NOTHING_YET);
        const translations: (Translation | undefined)[] = texts.map(() => undefined);
        let by: BackendEvent | undefined;
        try {
          for await (const event of platform.translate([...texts], wanted, signal)) {
            if (signal.aborted) return;
            if (event.kind === 'backend') by = event;
            if (event.kind === 'progress' && event.phase === 'loading') setState({ ...event, kind: 'loading' });
            if (event.kind === 'translation') translations[event.index] = event.translation;
            if (event.kind === 'translation' || event.kind === 'done') setState(stateOf(translations, event.kind, by));
          }
        } catch (error) {
          const wire = toWire(error);
          if (wire.code !== 'pack-missing') throw error;
          setState({ kind: 'needs-pack', pair: wanted, downloadBytes: platform.downloadBytes(wanted) });
        }
      }),
    [platform, texts, occupy],
  );

  const download = useCallback(
    () =>
      occupy(async (signal) => {
        setState((before) =>
          before.kind === 'downloading'
            ? { ...before, paused: false }
            : { kind: 'downloading', fraction: 0, paused: false },
        );
        for await (const event of platform.download(pair, signal)) {
          if (signal.aborted) return;
          if (event.kind === 'progress') setState({ ...event, kind: 'downloading', paused: false });
        }
        await translate(pair);
      }),
    [platform, pair, occupy, translate],
  );
  const pause = useCallback(() => {
    running.current?.abort();
    setState((before) =>
      before.kind === 'downloading' ? { ...before, paused: true, remainingMs: undefined } : before,
    );
  }, []);

  useEffect(() => {
    void occupy(async (signal) => {
      const from = await platform.detectLanguage(texts.join('\n'));
      const to = await platform.targetFor(from);
      if (!signal.aborted) await translate({ from, to });
    });
    return () => running.current?.abort();
  }, [platform, texts, occupy, translate]);

  const translateTo = useCallback(
    (to: string) => {
      void platform.saveTarget(to);
      void translate({ ...pair, to });
    },
    [platform, pair, translate],
  );
  return {
    state,
    languages: withModel(platform.languages, model),
    ...pair,
    translateTo,
    translateFrom: (from) => void translate({ ...pair, from }),
    swap: () => void translate({ from: pair.to, to: pair.from }),
    again: () => void translate(pair),
    download: () => void download(),
    pause,
  };
}

/** The paragraphs that are translated so far, in their order. */
function stateOf(
  translations: (Translation | undefined)[],
  event: 'translation' | 'done',
  by: BackendEvent | undefined,
): CardState {
  const missing = translations.indexOf(undefined);
  const whole = translations.slice(0, missing < 0 ? undefined : missing) as Translation[];
  let text = '';
  const kept: Translation['kept'] = [];
  for (const each of whole) {
    if (text !== '') text += '\n\n';
    kept.push(
      ...each.kept.map(({ start, end, doubts }) => ({ start: start + text.length, end: end + text.length, doubts })),
    );
    text += each.text;
  }
  return event === 'done' ? { kind: 'done', text, kept, by } : { kind: 'translating', text };
}
