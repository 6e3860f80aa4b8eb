// The middle of the panel: what there is of a summary, and what to say of it.
import { DEFAULT_MODEL } from '../lib/model/catalog.ts';
import { t } from '../lib/platform/i18n.ts';
import type { Shortcut } from '../lib/platform/shortcuts.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';
import type { Source } from '../lib/article.ts';
import { languageOf } from '../lib/tasks/language.ts';
import { primarySubtag } from '../lib/tasks/stop-words.ts';
import { formatNumber } from './format.ts';
import { isShowable } from './labels.ts';
import { PanelKeys } from './PanelKeys.tsx';
import { Result } from './Result.tsx';
import type { Translated } from './use-reading.ts';
import { runOf, type Run, type View } from './view.ts';

/** Below both, text that a page hides from its readers is not worth a word. */
const HIDDEN_CHARACTERS = 1000;
const HIDDEN_SHARE = 0.2;

interface Props {
  view: View;
  tab: ActiveTab | null;
  /** The keys as the browser has them. */
  shortcuts: readonly Shortcut[];
  onChangeShortcuts: () => void;
  /** The summary in another language, where the reader wants that. */
  translated: Translated | null;
  onCompose: (run: Run) => void;
  onShow: (run: Run, source: Source) => void;
}

export function Body({ view, tab, shortcuts, onChangeShortcuts, translated, onCompose, onShow }: Props) {
  const run = runOf(view);
  const earlierPage = run !== null && tab !== null && isElsewhere(run, tab.url);
  const inPage = run !== null && isShowable(run.task.article) && !earlierPage;
  return (
    <>
      {view.kind === 'empty' && (
        <section class="empty">
          <p>{t('emptyWhat')}</p>
          <PanelKeys shortcuts={shortcuts} onChange={onChangeShortcuts} />
        </section>
      )}
      {earlierPage && <p class="note">{t('earlierPage', run.task.article.title)}</p>}
      {run && hidesText(run) && <p class="note">{t('hiddenText', formatNumber(run.task.article.hiddenCharacters))}</p>}
      {run && (
        <Result run={run} translated={translated} onShow={inPage ? (source) => onShow(run, source) : undefined} />
      )}
      {view.kind === 'done' && <Afterword run={view.run} onCompose={() => onCompose(view.run)} />}
    </>
  );
}

/** Where the model only selected, it can be asked to write; where it was asked and wrote nothing, that is said. */
function Afterword({ run, onCompose }: { run: Run; onCompose: () => void }) {
  if (run.statements.length > 0) return null;
  if (run.quotes.length === 0) return <p class="note">{t('nothingSelected')}</p>;
  if (run.task.compose === 'requested') return <p class="note">{t('wroteNothing')}</p>;
  // Not in a language that it does not know: it would write in another, about something else.
  if (!DEFAULT_MODEL.languages.includes(primarySubtag(languageOf(run.task.article)))) return null;
  return (
    <button type="button" class="quiet-action" onClick={onCompose}>
      {t('letModelWrite')}
    </button>
  );
}

/** True once the tab shows another page than the one that was summarized. An unknown address counts as the same. */
function isElsewhere(run: Run, tabUrl: string): boolean {
  const { scope, url } = run.task.article;
  return scope === 'page' && tabUrl !== '' && url !== '' && withoutFragment(url) !== withoutFragment(tabUrl);
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0];
}

function hidesText(run: Run): boolean {
  const { hiddenCharacters, blocks } = run.task.article;
  const shown = blocks.reduce((sum, block) => sum + block.text.length, 0);
  return hiddenCharacters >= HIDDEN_CHARACTERS && hiddenCharacters >= shown * HIDDEN_SHARE;
}
