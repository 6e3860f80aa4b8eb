// The Translation part's state for the tab in front, and what the reader does with it, as requests to the platform.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { toWire, type WireError } from '../lib/errors.ts';
import type { LanguagePack, LanguagePair } from '../lib/protocol.ts';
import type { PageTranslationState, SiteRule, TranslatingModel } from '../lib/requests.ts';
import { knowsPair } from '../lib/engine/choose-model.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';
import { matchLanguage, withModel } from './languages.ts';
import { languagesOf, missingBytes, routeOf } from './packs.ts';
import { otherLanguage } from '../lib/platform/reading-language.ts';
import type { TranslationChoice, TranslationPlatform } from '../lib/platform/translation.ts';
import type { TranslationPartProps } from './TranslationPart.tsx';
import { useDownload } from './use-download.ts';

type Props = Omit<TranslationPartProps, 'shown' | 'tabUrl' | 'shortcut' | 'onAllow'>;

export interface PageTranslationControl {
  props: Props;
  /** Translates the page of the tab in front as soon as all is known and here. */
  translateSoon: () => void;
  /** The page's language once more, now that the page may be read. */
  lookAgain: () => void;
}

/** `choice` is null until it is known. */
export function usePageTranslation(
  platform: TranslationPlatform,
  packs: readonly LanguagePack[],
  model: TranslatingModel | null,
  tab: ActiveTab | null,
  choice: TranslationChoice | null,
  choose: (change: Partial<TranslationChoice>) => void,
): PageTranslationControl {
  const tabId = tab?.tabId ?? null;
  const [state, setState] = useState<PageTranslationState | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [wanted, setWanted] = useState(false);
  /** Into what the reader turned this page only: a swap is no choice for the next. */
  const [turned, setTurned] = useState<string | null>(null);
  const [site, setSite] = useSite(platform, tab?.url ?? '');
  const { found, setFound, lookAgain } = usePageLanguage(platform, tab, choice?.part === 'translation', setError);
  const { download, start, pause, drop } = useDownload(platform);

  useEffect(() => {
    setState(null);
    setWanted(false);
    drop();
    return tabId === null ? undefined : platform.onPageTranslation(tabId, setState);
  }, [platform, tabId, drop]);

  useEffect(() => setTurned(null), [tabId, tab?.url]);

  const languages = withModel(languagesOf(packs), model);
  const from = state?.pair.from ?? matchLanguage(found ?? '', languages);
  const chosen = matchLanguage(turned ?? choice?.to ?? '', languages);
  const to = state?.pair.to ?? (turned === null && chosen === from && from !== '' ? otherLanguage(from) : chosen);
  const mode = state?.mode ?? choice?.mode ?? 'bilingual';
  const route = routeOf(packs, { from, to });
  const byModel = route === null && model !== null && knowsPair(model, { from, to });
  const isHere = route !== null && missingBytes(route) === 0;
  const ready = choice !== null && (isHere || byModel);

  /** What fails is shown where the translation would be, unless another tab is in front by then. */
  const front = useRef(tabId);
  front.current = tabId;
  const attempt = async (work: (tab: number) => Promise<void>) => {
    if (tabId === null) return;
    setError(null);
    try {
      await work(tabId);
    } catch (thrown) {
      if (front.current === tabId) setError(toWire(thrown));
    }
  };
  const translate = (pair: LanguagePair) => {
    setWanted(false);
    void attempt((at) => platform.translatePage(at, { pair, mode }));
  };
  useEffect(() => {
    if (wanted && ready) translate({ from, to });
  }, [wanted, ready, from, to]);

  // While the reader looks at the button, all that a click will need is fetched into memory.
  const looking = choice?.part === 'translation' && !state;
  const likely = looking && isHere && from !== to;
  useEffect(() => {
    if (looking) platform.prepare(null);
  }, [platform, looking]);
  useEffect(() => {
    if (likely) platform.prepare({ from, to });
  }, [platform, likely, from, to]);

  const translateSoon = useCallback(() => setWanted(true), []);

  /** A page that is translated is translated anew into what the reader chooses now. */
  const usePair = (pair: LanguagePair) => {
    drop();
    setError(null);
    setFound(pair.from);
    setTurned(pair.to);
    if (state) translate(pair);
  };

  const native = useNative(platform, from, to);

  const props: Props = {
    by: native ? (choice?.by ?? 'inkling') : null,
    state,
    packs,
    languages,
    model: byModel ? model : null,
    modelBytes: route || byModel ? null : platform.modelBytes({ from, to }),
    onOpenOptions: () => void platform.openOptions(),
    detecting: found === null && !state,
    from,
    to,
    mode,
    site,
    download,
    error,
    onFrom: (chosen) => usePair({ from: chosen, to }),
    onTo: (chosen) => {
      choose({ to: chosen });
      usePair({ from, to: chosen });
    },
    onSwap: () => usePair({ from: to, to: from }),
    onMode: (chosen) => {
      choose({ mode: chosen });
      if (state) void attempt((at) => platform.changePageTranslation(at, chosen));
    },
    onBy: (by) => choose({ by }),
    onTranslate: () => translate({ from, to }),
    onChange: (change) => void attempt((at) => platform.changePageTranslation(at, change)),
    onDownload: () => void attempt(async () => setWanted(await start({ from, to }))),
    onPauseDownload: pause,
    // The browser may ask the reader first: nothing may come between the click and that.
    onRule: (rule) => void (tab && attempt(() => platform.saveSiteRule(tab.url, rule).then(() => setSite(rule)))),
    onDelete: (pair) => void attempt(() => platform.deletePack(pair)),
  };
  return { props, translateSoon, lookAgain };
}

/** Whether the browser itself can translate the pair. */
function useNative(platform: TranslationPlatform, from: string, to: string): boolean {
  const [native, setNative] = useState(false);
  useEffect(() => {
    let current = true;
    setNative(false);
    if (from !== '' && to !== '')
      void platform.browserCanTranslate({ from, to }).then((can) => current && setNative(can));
    return () => void (current = false);
  }, [platform, from, to]);
  return native;
}

/** null until the page has said, which it is asked when the reader looks. The reader may say otherwise with `setFound`, until the page changes. */
function usePageLanguage(
  platform: TranslationPlatform,
  tab: ActiveTab | null,
  looking: boolean,
  onError: (error: WireError | null) => void,
) {
  const [found, setFound] = useState<string | null>(null);
  const [looks, setLooks] = useState(0);
  /** Set while this page is asked, or has been. */
  const asked = useRef<object | null>(null);
  const { tabId, url, status } = tab ?? {};
  useEffect(() => {
    asked.current = null;
    setFound(null);
    onError(null);
  }, [platform, tabId, url, status, looks]);
  useEffect(() => {
    if (tabId === undefined || status !== 'complete' || !looking || asked.current) return;
    const question = (asked.current = {});
    platform.detectPageLanguage(tabId).then(
      // What the reader has chosen meanwhile stays; a swap or another target leaves '' where nothing was known yet.
      (language) => asked.current === question && setFound((known) => known || language),
      (thrown: unknown) => asked.current === question && onError(toWire(thrown)),
    );
  }, [platform, tabId, url, status, looks, looking]);
  const lookAgain = useCallback(() => setLooks((times) => times + 1), []);
  return { found, setFound, lookAgain };
}

function useSite(platform: TranslationPlatform, url: string): [Props['site'], (rule: SiteRule) => void] {
  const name = siteOf(url);
  const [rule, setRule] = useState<SiteRule>('ask');
  useEffect(() => {
    let current = true;
    setRule('ask');
    if (name) void platform.loadSiteRule(url).then((loaded) => current && setRule(loaded));
    return () => void (current = false);
  }, [platform, name]);
  return [name ? { name, rule } : null, setRule];
}

/** The host's name of a web address, as rules are kept by; '' for what is none. */
function siteOf(url: string): string {
  return /^https?:/.test(url) ? new URL(url).hostname : '';
}
