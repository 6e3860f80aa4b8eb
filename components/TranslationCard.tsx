// The card beside a selection: its translation, and what can be done with it. Props in, callbacks out.
import { useState } from 'preact/hooks';
import type { WireError } from '../lib/errors.ts';
import { t } from '../lib/platform/i18n.ts';
import type { BackendEvent, LanguagePair, Translation } from '../lib/protocol.ts';
import { CardDialog } from './CardDialog.tsx';
import { CardMessage } from './CardMessage.tsx';
import { Failure } from './Failure.tsx';
import { formatLoaded } from './format.ts';
import { KeptText } from './KeptText.tsx';
import { LanguageSelects } from './LanguageSelects.tsx';
import { languageName } from './languages.ts';
import { NeedsModel } from './NeedsModel.tsx';
import { DownloadProgress, PackOffer, type Download } from './PackOffer.tsx';
import { ByModel } from './ByModel.tsx';
import { Work } from './Work.tsx';

export type CardState =
  /** The models are on their way into memory; 0 to 1, absent while unknown. */
  | { kind: 'loading'; fraction?: number; loadedBytes?: number; totalBytes?: number }
  /** As far as it is, in whole sentences. */
  | { kind: 'translating'; text: string }
  /** `by`: the language model that wrote it. */
  | { kind: 'done'; text: string; kept: Translation['kept']; by?: BackendEvent | undefined }
  /** The reader must say which language it is. */
  | { kind: 'unknown-language' }
  | { kind: 'needs-pack'; pair: LanguagePair; downloadBytes: number }
  | ({ kind: 'downloading' } & Download)
  | { kind: 'failed'; error: WireError };

export interface TranslationCardProps {
  state: CardState;
  /** BCP 47 of the selection, '' while or where unknown. */
  from: string;
  to: string;
  /** All that something translates from or into. */
  languages: readonly string[];
  /** The selection stands in something that can be written into. */
  editable: boolean;
  /** To download, for the smallest model that would translate what nothing here does; null where none would. */
  modelBytes: number | null;
  onOpenOptions: () => void;
  /** What could not be done with the translation, and what to do instead; '' for nothing. */
  notice?: string;
  onSource: (from: string) => void;
  onTarget: (to: string) => void;
  onSwap: () => void;
  /** Puts the text on the clipboard; false where the browser does not let it. */
  onCopy: (text: string) => Promise<boolean>;
  onReplace: (text: string) => void;
  onSendToPanel: () => void;
  /** Also goes on with a download that was paused. */
  onDownload: () => void;
  onPause: () => void;
  onAgain: () => void;
  onClose: () => void;
}

export function TranslationCard(props: TranslationCardProps) {
  const { state, from, to, languages, editable, onReplace, onCopy, onClose } = props;
  const [copied, setCopied] = useState('');
  const done = state.kind === 'done' && from !== to;
  // What comes piece by piece is no news; what came of it is.
  const working = from !== to && ['loading', 'translating', 'downloading'].includes(state.kind);
  const text = done ? state.text : '';
  const copy = () => void onCopy(text).then((done) => done && setCopied(text));
  const enter = editable ? { label: t('keyReplace'), act: () => onReplace(text) } : { label: t('keyCopy'), act: copy };
  return (
    <CardDialog title={t('partTranslation')} enter={done ? enter : undefined} onClose={onClose}>
      <LanguageSelects
        from={from}
        to={to}
        languages={languages}
        onFrom={props.onSource}
        onTo={props.onTarget}
        onSwap={props.onSwap}
      />
      <div class="card-body" aria-live={working ? 'off' : 'polite'}>
        <CardBody {...props} />
      </div>
      {done && (
        <div class="card-actions">
          {editable && (
            <button type="button" class="primary" onClick={() => onReplace(text)}>
              {t('replaceText')}
            </button>
          )}
          <button type="button" class={editable ? '' : 'primary'} onClick={copy}>
            {copied === text ? t('copied') : t('copy')}
          </button>
          <button type="button" onClick={props.onSendToPanel}>
            {t('openInPanel')}
          </button>
          {props.notice && (
            <p class="notice" role="alert">
              {props.notice}
            </p>
          )}
        </div>
      )}
    </CardDialog>
  );
}

function CardBody({ state, from, to, onDownload, onPause, onAgain, ...offer }: TranslationCardProps) {
  if (from !== '' && from === to)
    return <CardMessage what={t('sameLanguage', languageName(to))} advice={t('chooseAnotherLanguage')} />;
  switch (state.kind) {
    case 'loading': {
      const { fraction, loadedBytes, totalBytes } = state;
      const loaded = loadedBytes !== undefined && totalBytes ? formatLoaded(loadedBytes, totalBytes) : '';
      return <Work what={t('phaseLoading')} amount={[loaded]} fraction={fraction} />;
    }
    case 'translating':
      return state.text === '' ? (
        <Work what={t('translating')} />
      ) : (
        <Text text={state.text} kept={[]} from={from} to={to} />
      );
    case 'done':
      return (
        <>
          <Text text={state.text} kept={state.kept} from={from} to={to} />
          {state.by && <ByModel backend={state.by} />}
        </>
      );
    case 'unknown-language':
      return <CardMessage what={t('unknownLanguage')} advice={t('unknownLanguageAdvice')} />;
    case 'needs-pack':
      return <PackOffer pair={state.pair} downloadBytes={state.downloadBytes} onDownload={onDownload} />;
    case 'downloading':
      return <DownloadProgress download={state} onPause={onPause} onResume={onDownload} />;
    case 'failed':
      if (state.error.code === 'no-such-pair')
        return (
          <>
            <CardMessage
              what={t('noSuchPair', languageName(from), languageName(to))}
              advice={t('chooseAnotherLanguage')}
            />
            {offer.modelBytes !== null && (
              <NeedsModel why={t('modelTranslates')} bytes={offer.modelBytes} onOpenOptions={offer.onOpenOptions} />
            )}
          </>
        );
      return <Failure error={state.error} tabUrl="" shortcut="" onAgain={onAgain} />;
  }
}

/** Long text scrolls in its own box, which the keyboard reaches, too. */
function Text({ text, kept, from, to }: { text: string; kept: Translation['kept']; from: string; to: string }) {
  return (
    <p class="card-text" lang={to} dir="auto" tabIndex={0}>
      <KeptText text={text} kept={kept} original={from} />
    </p>
  );
}
