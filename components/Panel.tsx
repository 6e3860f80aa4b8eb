// The side panel: puts the parts together for the tab in front, and turns what the reader does into tasks.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { toWire } from '../lib/errors.ts';
import { t } from '../lib/platform/i18n.ts';
import { NOWHERE, type PanelPlatform } from '../lib/platform/panel.ts';
import type { PanelPart } from '../lib/platform/settings.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';
import type { Source } from '../lib/article.ts';
import type {
  AskIntent,
  Intent,
  ShowRewritingIntent,
  ShowTranslationIntent,
  TranslatingModel,
} from '../lib/requests.ts';
import { quoteOf } from '../lib/tasks/quote.ts';
import type { ChatPlatform } from '../lib/platform/chat.ts';
import { Announcer } from './Announcer.tsx';
import { ChatPart } from './ChatPart.tsx';
import { DocumentLine } from './DocumentLine.tsx';
import { failureFace } from './failure.ts';
import { panelId, PanelTabs, tabId as tabIdOf } from './PanelTabs.tsx';
import { RewriteShown } from './RewriteShown.tsx';
import { SummaryPart } from './SummaryPart.tsx';
import { TitleLine } from './TitleLine.tsx';
import { TranslationAnnouncer } from './TranslationAnnouncer.tsx';
import { TranslationPart } from './TranslationPart.tsx';
import type { TranslationPlatform } from '../lib/platform/translation.ts';
import { useActiveTab } from './use-active-tab.ts';
import { useChat } from './use-chat.ts';
import { useFileDrop } from './use-file-drop.ts';
import { useOpenDocument } from './use-open-document.ts';
import { usePacks } from './use-packs.ts';
import { usePage } from './use-page.ts';
import { usePageTranslation } from './use-page-translation.ts';
import { useReadAhead } from './use-read-ahead.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useSummaries } from './use-summaries.ts';
import { useReading, type Readable, type Reader } from './use-reading.ts';
import { useTranslationChoice } from './use-translation-choice.ts';
import { EMPTY, runOf, type Run, type Subject } from './view.ts';

interface Props {
  platform: PanelPlatform;
  translation: TranslationPlatform;
  chat: ChatPlatform;
}

export function Panel({ platform, translation, chat }: Props) {
  const tab = useActiveTab(platform);
  const tabId = tab?.tabId ?? null;
  const packs = usePacks(translation);
  const [choice, choose] = useTranslationChoice(translation);
  const part = choice?.part ?? 'summary';
  const [translatingModel, setTranslatingModel] = useState<TranslatingModel | null>(null);
  const page = usePageTranslation(translation, packs, translatingModel, tab, choice, choose);
  const [shown, setShown] = useState<ShowTranslationIntent | null>(null);
  const [rewriting, setRewriting] = useState<ShowRewritingIntent | null>(null);
  const [asked, setAsked] = useState<{ tabId: number; intent: AskIntent } | null>(null);
  const onIntent = useCallback(
    (intent: Intent, tabId: number) => {
      // Stands above all parts.
      if (intent.kind === 'rewriting') return setRewriting(intent);
      choose({ part: partOf(intent) });
      if (intent.kind === 'ask') setAsked({ tabId, intent });
      if (intent.kind === 'translate') page.translateSoon();
      if (intent.kind === 'translation') setShown(intent);
    },
    [choose, page.translateSoon],
  );
  const chats = useChat(platform, chat.history, part === 'chat' ? tab : null);
  const summaries = useSummaries(platform, tabId, onIntent);
  const { tasks, summarize, compose } = summaries;
  const view = tabId === null ? EMPTY : tasks.viewOf(tabId);
  // Also while it is not known yet what is in front, or what was asked.
  const isWaiting = part === 'chat' ? chats.chat?.live !== null : view.kind === 'reading' || view.kind === 'running';
  const { article, reading: pageReading } = usePage(platform, part === 'chat' ? tab : null, chats.articles);
  useReadAhead(
    platform,
    choice && !isWaiting ? tab : null,
    part === 'chat' ? { chat: chats.chat, page: pageReading } : null,
  );
  // The host says, which is not to start before there is something to translate.
  const hasAnswers = chats.chat?.conversation.turns.some(({ statements }) => statements.length > 0) ?? false;
  const run = runOf(view);
  const mayTranslate = part === 'translation' || run !== null || hasAnswers;
  useEffect(
    () => (mayTranslate ? translation.onTranslatingModel(setTranslatingModel) : undefined),
    [translation, mayTranslate],
  );
  const reader: Reader = { platform: translation, packs, model: translatingModel };
  const reading = useReading(reader, run && readableSummary(run));
  const [notice, setNotice] = useState('');
  const shortcuts = useShortcuts(platform);
  const shortcut = shortcuts.find(({ opensPanel }) => opensPanel)?.keys ?? '';
  const [goesTo, setGoesTo] = useState(NOWHERE);

  useEffect(() => {
    if (tab?.status === 'complete') void platform.standBy(tab.tabId);
  }, [platform, tab?.tabId, tab?.url, tab?.status]);
  useEffect(() => platform.onTextGoesTo(setGoesTo), [platform]);
  useEffect(() => setNotice(''), [tabId, view.kind]);
  useEffect(
    () => () => {
      setShown(null);
      setRewriting(null);
    },
    [tabId],
  );

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

  const opened = useOpenDocument(platform, tabId);
  const openFile = (file: File) => {
    if (tabId === null) return;
    platform.openFile(tabId, file);
    if (part === 'summary') start({ scope: 'page' });
  };
  const isDropping = useFileDrop(openFile);

  const start = (subject: Subject) => tabId !== null && summarize(tabId, subject);
  const again = (of: Run) =>
    tabId !== null &&
    (of.task.compose === 'requested' ? compose(tabId, of, 'renew') : summarize(tabId, of.subject, 'renew'));
  const stop = useCallback(() => tabId !== null && tasks.stop(tabId), [tabId, tasks.stop]);

  return (
    <div class="panel">
      <header>
        <TitleLine
          title={tab?.title || t('thisPage')}
          iconUrl={tab?.favIconUrl ?? ''}
          onOptions={() => void platform.openOptions()}
        />
        {rewriting && <RewriteShown shown={rewriting} onClose={() => setRewriting(null)} />}
        {opened && <DocumentLine document={opened} onClose={() => tabId !== null && platform.closeFile(tabId)} />}
        <PanelTabs part={part} onPart={(chosen) => choose({ part: chosen })} />
      </header>
      <div class="panel-part" role="tabpanel" id={panelId(part)} aria-labelledby={tabIdOf(part)}>
        {part === 'summary' && (
          <SummaryPart
            view={view}
            tab={tab}
            choice={summaries.choice}
            reading={reading}
            shortcut={shortcut}
            shortcuts={shortcuts}
            onChangeShortcuts={() => void platform.changeShortcuts()}
            notice={notice}
            goesTo={goesTo.summarize}
            onChoice={summaries.setChoice}
            onStart={start}
            onStop={stop}
            onFile={openFile}
            onAgain={again}
            onCompose={(run) => tabId !== null && compose(tabId, run)}
            onShow={(run, source) => void show(run, source)}
            onAllow={(subject) => void allow(platform, tab, () => start(subject))}
            onTurnOn={(then) => void platform.forgetCrashes().then(then)}
          />
        )}
        {part === 'chat' && (
          <ChatPart
            key={chats.page}
            platform={platform}
            chat={chat}
            chats={chats}
            tab={tab}
            page={article}
            reader={reader}
            shortcut={shortcut}
            goesTo={goesTo.chat}
            intent={asked?.tabId === tabId ? asked.intent : null}
            onIntentTaken={() => setAsked(null)}
            onFile={openFile}
            onAllow={(then) => void allow(platform, tab, then)}
            onTurnOn={(then) => void platform.forgetCrashes().then(then)}
          />
        )}
        {part === 'translation' && (
          <TranslationPart
            {...page.props}
            shown={shown}
            tabUrl={tab?.url ?? ''}
            shortcut={shortcut}
            onAllow={() => void allow(platform, tab, page.lookAgain)}
          />
        )}
      </div>
      {isDropping && <p class="drop-here">{t('dropHere')}</p>}
      <Announcer key={tabId} view={view} notice={notice} />
      <TranslationAnnouncer key={`translation-${tabId}`} state={page.props.state} />
    </div>
  );
}

function readableSummary({ task, quotes, statements }: Run): Readable {
  return { of: task, language: task.article.language, sentences: [...quotes, ...statements].map(({ text }) => text) };
}

function partOf({ kind }: Exclude<Intent, ShowRewritingIntent>): PanelPart {
  if (kind === 'ask') return 'chat';
  return kind === 'summarize' || kind === 'refusal' ? 'summary' : 'translation';
}

/** The question must be the first thing in the click, or the browser refuses to ask it. */
async function allow(platform: PanelPlatform, tab: ActiveTab | null, onAllowed: () => void): Promise<void> {
  if (tab && (await platform.requestSitePermission(tab.url))) onAllowed();
}
