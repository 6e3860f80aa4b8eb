// The panel's Summary part: what to make of the page, what is being done, what came of it. Props in, callbacks out.
import { useEffect } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import type { Shortcut } from '../lib/platform/shortcuts.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';
import type { Source } from '../lib/article.ts';
import { Activity } from './Activity.tsx';
import { Actions } from './Actions.tsx';
import { Body } from './Body.tsx';
import { Controls, type Choice } from './Controls.tsx';
import { Failure } from './Failure.tsx';
import { pastedArticle } from './pasted-article.ts';
import { ReadIn } from './ReadIn.tsx';
import { StatusLine } from './StatusLine.tsx';
import { useFollow } from './use-follow.ts';
import type { Reading } from './use-reading.ts';
import { runOf, type Run, type Subject, type View } from './view.ts';

interface Props {
  view: View;
  tab: ActiveTab | null;
  choice: Choice;
  reading: Reading;
  /** That open the panel, '' where none do. */
  shortcut: string;
  shortcuts: readonly Shortcut[];
  onChangeShortcuts: () => void;
  /** One line that passes: the page no longer has a sentence. */
  notice: string;
  /** Where the text of a summary goes, '' for nowhere. */
  goesTo: string;
  onChoice: (choice: Choice) => void;
  onStart: (subject: Subject) => void;
  onStop: () => void;
  /** Reads a PDF file in place of the page. */
  onFile: (file: File) => void;
  /** The same again, in the way it was asked for. */
  onAgain: (run: Run) => void;
  onCompose: (run: Run) => void;
  onShow: (run: Run, source: Source) => void;
  /** Lets Inkling read the site, then starts; call it in the click. */
  onAllow: (subject: Subject) => void;
  /** Lets the model load again, then calls back. */
  onTurnOn: (then: () => void) => void;
}

export function SummaryPart(props: Props) {
  const { view, tab, choice, reading, shortcut, notice, onStart, onStop, onAgain } = props;
  const run = runOf(view);
  const busy = view.kind === 'reading' || view.kind === 'running';
  const { scroller, behind, toEnd } = useFollow(run ? run.statements.length + run.draft.length : 0);

  useEffect(() => {
    if (!busy) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onStop();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [busy, onStop]);

  const retry = () => view.kind === 'failed' && (view.run ? onAgain(view.run) : onStart(view.subject));
  const failure = view.kind === 'failed' && (
    <Failure
      error={view.error}
      tabUrl={tab?.url ?? ''}
      shortcut={shortcut}
      onAgain={retry}
      onAllow={() => props.onAllow(view.subject)}
      onTurnOn={() => props.onTurnOn(retry)}
      onFile={props.onFile}
      onPaste={(text) => onStart({ scope: 'pasted', article: pastedArticle(text, t('pastedTitle')) })}
    />
  );

  return (
    <>
      <header>
        <Controls
          choice={choice}
          busy={busy}
          disabled={!tab}
          onChoice={props.onChoice}
          onSummarize={() => onStart({ scope: 'page' })}
          onStop={onStop}
        />
        <div class="outcome">
          <Activity view={view} />
          {run && !busy && (
            <Actions
              run={run}
              translated={reading.translated}
              onAgain={view.kind === 'failed' ? undefined : () => onAgain(run)}
            />
          )}
        </div>
        {run && !busy && <ReadIn reading={reading} />}
        {run && failure}
      </header>
      <main ref={scroller} tabIndex={-1}>
        {!run && failure}
        <Body
          view={view}
          tab={tab}
          shortcuts={props.shortcuts}
          onChangeShortcuts={props.onChangeShortcuts}
          translated={reading.translated}
          onCompose={props.onCompose}
          onShow={props.onShow}
        />
      </main>
      <footer>
        {behind && (
          <button type="button" class="behind" onClick={toEnd}>
            {t('newTextBelow')}
          </button>
        )}
        {notice && <p class="notice">{notice}</p>}
        <StatusLine view={view} goesTo={props.goesTo} />
      </footer>
    </>
  );
}
