// A Translator over the one that some browsers carry (https://webmachinelearning.github.io/translation-api/). It tells no alignment.
// Only what is on the device already is used: what would have to be downloaded first counts as not there.
import { AppError, isAbort, throwIfAborted } from '../errors.ts';
import type { LanguagePair } from '../protocol.ts';
import type { Translator } from './translator.ts';

interface Languages {
  sourceLanguage: string;
  targetLanguage: string;
}

/** As much of the browser's `Translator` as is used. */
export interface NativeTranslators {
  availability(languages: Languages): Promise<'unavailable' | 'downloadable' | 'downloading' | 'available'>;
  create(options: Languages & { signal: AbortSignal }): Promise<NativeTranslator>;
}

interface NativeTranslator {
  translate(text: string, options: { signal: AbortSignal }): Promise<string>;
  destroy(): void;
}

/** The browser's, undefined where it has none. */
export function nativeTranslators(): NativeTranslators | undefined {
  return (globalThis as { Translator?: NativeTranslators }).Translator;
}

/** Whether the browser translates the pair now, with what it has. */
export async function canTranslate(pair: LanguagePair, native = nativeTranslators()): Promise<boolean> {
  // It refuses tags that it does not understand.
  return (await native?.availability(languagesOf(pair)).catch(() => 'unavailable')) === 'available';
}

/** Throws `no-such-pair`, `load-failed`, `aborted`. */
export function createBrowserTranslator(native: NativeTranslators): Translator {
  const loaded = new Map<string, NativeTranslator>();

  async function translatorFor(pair: LanguagePair, signal: AbortSignal): Promise<NativeTranslator> {
    const key = `${pair.from}-${pair.to}`;
    const known = loaded.get(key);
    if (known) return known;
    if (!(await canTranslate(pair, native))) throw new AppError('no-such-pair', key);
    const made = await native.create({ ...languagesOf(pair), signal });
    loaded.set(key, made);
    return made;
  }

  return {
    async translate(sentences, pair, signal) {
      try {
        const translator = await translatorFor(pair, signal);
        const translations = [];
        for (const sentence of sentences) {
          throwIfAborted(signal);
          translations.push({ text: await translator.translate(sentence, { signal }), alignment: [] });
        }
        return translations;
      } catch (cause) {
        if (signal.aborted || isAbort(cause)) throw new AppError('aborted');
        throw cause instanceof AppError ? cause : new AppError('load-failed', String(cause), { cause });
      }
    },
    dispose() {
      for (const translator of loaded.values()) translator.destroy();
      loaded.clear();
    },
  };
}

function languagesOf({ from, to }: LanguagePair): Languages {
  return { sourceLanguage: from, targetLanguage: to };
}
