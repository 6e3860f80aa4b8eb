// The side panel: puts the parts together for the tab in front, and turns what the reader does into tasks.
import { useEffect, useState } from 'preact/hooks';
import { toWire } from '../lib/errors.ts';
import { t } from '../lib/platform/i18n.ts';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';
import type { Source } from '../lib/protocol.ts';
import { quoteOf } from '../lib/tasks/quote.ts';
import { Activity } from './Activity.tsx';
import { Actions } from './Actions.tsx';
import { Announcer } from './Announcer.tsx';
import { Body } from './Body.tsx';
import { Controls } from './Controls.tsx';
import { Failure } from './Failure.tsx';
import { failureFace } from './failure.ts';
import { pastedArticle } from './pasted-article.ts';
import { StatusLine } from './StatusLine.tsx';
import { TitleLine } from './TitleLine.tsx';
import { useActiveTab } from './use-active-tab.ts';
import { useFollow } from './use-follow.ts';
import { useSummaries } from './use-summaries.ts';
import { EMPTY, runOf, type Run, type Subject } from './view.ts';

export function Panel({ platform }: { platform: PanelPlatform }) {
  const tab = useActiveTab(platform);
  const tabId = tab?.tabId ?? null;
  const { tasks, choice, setChoice, summarize, compose } = useSummaries(platform, tabId);
  const view = tabId === null ? EMPTY : tasks.viewOf(tabId);
  const run = runOf(view);
  const busy = view.kind === 'reading' || view.kind === 'running';
  const [notice, setNotice] = useState('');
  const [shortcut, setShortcut] = useState('');
  const { scroller, behind, toEnd } = useFollow(run ? run.statements.length + run.draft.length : 0);

  useEffect(() => void platform.shortcut().then(setShortcut), [platform]);
  useEffect(() => setNotice(''), [tabId, view.kind]);

  useEffect(() => {
    if (!busy || tabId === null) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') tasks.stop(tabId);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [busy, tabId, tasks.stop]);

  // What could not be read is on its way out once the tab loads something: so is what was said of it.
  useEffect(() => {
    if (tab?.status === 'loading' && view.kind === 'failed' && !view.run) tasks.clear(tab.tabId);
  }, [tab?.tabId, tab?.status]);

  const show = async (shown: Run, source: Source) => {
    if (tabId === null) return;
    setNotice('');
    const frameId = shown.subject.scope === 'selection' ? shown.subject.frameId : 0;
    try {
      const found = await platform.showQuote(tabId, quoteOf(shown.task.article, source), frameId);
      if (!found) setNotice(t('quoteGone'));
    } catch (error) {
      setNotice(failureFace(toWire(error).code).what);
    }
  };

  const start = (subject: Subject) => tabId !== null && summarize(tabId, subject);
  const again = (of: Run) =>
    tabId !== null && (of.task.compose === 'requested' ? compose(tabId, of) : summarize(tabId, of.subject));
  const retry = () => view.kind === 'failed' && (view.run ? again(view.run) : start(view.subject));
  const failure = view.kind === 'failed' && (
    <Failure
      error={view.error}
      tabUrl={tab?.url ?? ''}
      shortcut={shortcut}
      onAgain={retry}
      onAllow={() => void allow(platform, tab, () => start(view.subject))}
      onTurnOn={() => void platform.forgetCrashes().then(retry)}
      onPaste={(text) => start({ scope: 'pasted', article: pastedArticle(text, t('pastedTitle')) })}
    />
  );

  return (
    <div class="panel">
      <header>
        <TitleLine title={tab?.title || t('thisPage')} iconUrl={tab?.favIconUrl ?? ''} />
        <Controls
          choice={choice}
          busy={busy}
          disabled={tabId === null}
          onChoice={setChoice}
          onSummarize={() => start({ scope: 'page' })}
          onStop={() => tabId !== null && tasks.stop(tabId)}
        />
        <div class="outcome">
          <Activity view={view} />
          {run && !busy && <Actions run={run} onAgain={view.kind === 'failed' ? undefined : () => again(run)} />}
        </div>
        {run && failure}
      </header>
      <main ref={scroller} tabIndex={-1}>
        {!run && failure}
        <Body
          view={view}
          tab={tab}
          shortcut={shortcut}
          onCompose={(composed) => tabId !== null && compose(tabId, composed)}
          onShow={(shown, source) => void show(shown, source)}
        />
      </main>
      <footer>
        {behind && (
          <button type="button" class="behind" onClick={toEnd}>
            {t('newTextBelow')}
          </button>
        )}
        {notice && <p class="notice">{notice}</p>}
        <StatusLine view={view} />
      </footer>
      <Announcer key={tabId} view={view} notice={notice} />
    </div>
  );
}

/** The question must be the first thing in the click, or the browser refuses to ask it. */
async function allow(platform: PanelPlatform, tab: ActiveTab | null, onAllowed: () => void): Promise<void> {
  if (tab && (await platform.requestSitePermission(tab.url))) onAllowed();
}
