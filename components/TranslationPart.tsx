// The panel's Translation part: the page's translation as it stands, and all that it can need. Props in, callbacks out.
import type { WireError } from '../lib/errors.ts';
import { t } from '../lib/platform/i18n.ts';
import type { TranslateBy } from '../lib/platform/settings.ts';
import type { LanguagePack, LanguagePair } from '../lib/protocol.ts';
import type {
  PageTranslationChange,
  PageTranslationMode,
  PageTranslationState,
  ShowTranslationIntent,
  SiteRule,
  TranslatingModel,
} from '../lib/requests.ts';
import { TranslatedByModel } from './ByModel.tsx';
import { Failure } from './Failure.tsx';
import { formatList } from './format.ts';
import { languageName } from './languages.ts';
import { DownloadProgress, PackOffer, type Download } from './PackOffer.tsx';
import { PackList } from './PackList.tsx';
import { missingBytes, routeOf } from './packs.ts';
import { NeedsModel } from './NeedsModel.tsx';
import { Parts } from './Parts.tsx';
import { TextGoesTo } from './StatusLine.tsx';
import { TranslationActivity } from './TranslationActivity.tsx';
import { TranslationControls } from './TranslationControls.tsx';

export interface TranslationPartProps {
  state: PageTranslationState | null;
  /** A translation that was sent here from the page. */
  shown: ShowTranslationIntent | null;
  /** Every direction that there is; empty until the browser has told. */
  packs: readonly LanguagePack[];
  /** All that something translates from or into. */
  languages: readonly string[];
  /** The language model that translates this pair, for want of a pack; null where packs do, or nothing does. */
  model: TranslatingModel | null;
  /** To download, for the smallest model that would; null where it is not needed, or none would. */
  modelBytes: number | null;
  onOpenOptions: () => void;
  /** The page is still being asked for its language. */
  detecting: boolean;
  /** BCP 47 of the page, found or chosen; '' where unknown. */
  from: string;
  to: string;
  mode: PageTranslationMode;
  /** Who translates; null where only Inkling can. */
  by: TranslateBy | null;
  /** The site of the page and what the reader set for it; null where the address is not known. */
  site: { name: string; rule: SiteRule } | null;
  download: Download | null;
  /** Of the last thing that was tried. */
  error: WireError | null;
  /** '' where unknown. */
  tabUrl: string;
  shortcut: string;
  onFrom: (from: string) => void;
  onTo: (to: string) => void;
  onSwap: () => void;
  onMode: (mode: PageTranslationMode) => void;
  onBy: (by: TranslateBy) => void;
  onTranslate: () => void;
  onChange: (change: PageTranslationChange) => void;
  /** What the pair needs; then what waited for it goes on. Goes on with a paused download, too. */
  onDownload: () => void;
  onPauseDownload: () => void;
  onRule: (rule: SiteRule) => void;
  onDelete: (pair: LanguagePair) => void;
  /** Lets Inkling read the site; call it in the click. */
  onAllow: () => void;
}

export function TranslationPart(props: TranslationPartProps) {
  const { state, packs, from, to, mode, site, error, model } = props;
  const route = routeOf(packs, { from, to });
  const isHere = route ? missingBytes(route) === 0 : model !== null;
  const ready = packs.length > 0 && from !== '' && from !== to && isHere;
  return (
    <>
      <header>
        <TranslationControls
          from={from}
          to={to}
          languages={props.languages}
          mode={state?.mode ?? mode}
          state={state}
          disabled={!ready}
          onFrom={props.onFrom}
          onTo={props.onTo}
          onSwap={props.onSwap}
          onMode={props.onMode}
          onTranslate={props.onTranslate}
          onChange={props.onChange}
        />
        <div class="outcome">{state && <TranslationActivity state={state} />}</div>
      </header>
      <main tabIndex={-1}>
        {props.shown && <ShownTranslation shown={props.shown} />}
        <Obstacle {...props} error={error ?? state?.error ?? null} route={route} />
        {!state && !props.shown && ready && !error && !model && (
          <section class="empty">
            <p>{t('emptyTranslation')}</p>
          </section>
        )}
        {model && <TranslatedByModel model={model} />}
        {state?.phase === 'watching' && <p class="quiet">{t('newTextTranslated')}</p>}
        {props.by && (
          <label class="site-rule">
            <span>{t('translateBy')}</span>
            <select
              aria-label={t('translateBy')}
              value={props.by}
              onChange={(event) => props.onBy(event.currentTarget.value as TranslateBy)}
            >
              <option value="inkling">{t('byInkling')}</option>
              <option value="browser">{t('byBrowser')}</option>
            </select>
          </label>
        )}
        {site && (
          <label class="site-rule">
            <span>{t('siteRule', site.name)}</span>
            <select value={site.rule} onChange={(event) => props.onRule(event.currentTarget.value as SiteRule)}>
              <option value="ask">{t('ruleAsk')}</option>
              <option value="always">{t('ruleAlways')}</option>
              <option value="never">{t('ruleNever')}</option>
            </select>
          </label>
        )}
        <PackList packs={packs} onDelete={props.onDelete} />
      </main>
      <footer>
        <p class="status">
          <Parts
            parts={[
              model && model.hosts.length > 0 ? <TextGoesTo host={formatList(model.hosts)} /> : t('onThisDevice'),
            ]}
          />
        </p>
      </footer>
    </>
  );
}

/** What stands between the reader and the translation, one at a time: the first that must go. */
function Obstacle(props: TranslationPartProps & { route: LanguagePack[] | null }) {
  const { error, download, packs, detecting, from, to, route, state } = props;
  const bytes = missingBytes(route ?? []);
  if (download) {
    return <DownloadProgress download={download} onPause={props.onPauseDownload} onResume={props.onDownload} />;
  }
  if (error && error.code !== 'pack-missing' && error.code !== 'no-such-pair') {
    return (
      <Failure
        error={error}
        tabUrl={props.tabUrl}
        shortcut={props.shortcut}
        onAgain={state ? () => props.onChange('resume') : bytes > 0 ? props.onDownload : props.onTranslate}
        onAllow={props.onAllow}
      />
    );
  }
  if (packs.length === 0 || detecting) return null;
  if (from === '') return <Message what={t('unknownLanguage')} advice={t('unknownLanguageAdvice')} />;
  if (from === to) return <Message what={t('sameLanguage', languageName(to))} advice={t('chooseAnotherLanguage')} />;
  if (!route && props.model) return null;
  if (!route) {
    return (
      <>
        <Message what={t('noSuchPair', languageName(from), languageName(to))} advice={t('chooseAnotherLanguage')} />
        {props.modelBytes !== null && (
          <NeedsModel why={t('modelTranslates')} bytes={props.modelBytes} onOpenOptions={props.onOpenOptions} />
        )}
      </>
    );
  }
  return bytes > 0 ? <PackOffer pair={{ from, to }} downloadBytes={bytes} onDownload={props.onDownload} /> : null;
}

function ShownTranslation({ shown: { original, text, pair } }: { shown: ShowTranslationIntent }) {
  return (
    <section class="shown-translation">
      <h2>{t('fromLanguageTo', languageName(pair.from), languageName(pair.to))}</h2>
      <p lang={pair.to} dir="auto">
        {text}
      </p>
      <details>
        <summary>{t('originalText')}</summary>
        <p lang={pair.from} dir="auto">
          {original}
        </p>
      </details>
    </section>
  );
}

function Message({ what, advice }: { what: string; advice: string }) {
  return (
    <section class="failure">
      <h2>{what}</h2>
      <p>{advice}</p>
    </section>
  );
}
