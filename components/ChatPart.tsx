// The panel's chat: the conversation about the page, or those that are kept; at the foot the field for a question.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Article } from '../lib/article.ts';
import { toWire } from '../lib/errors.ts';
import { addressOf, type Place, type Turn } from '../lib/history/conversation.ts';
import type { ChatPlatform } from '../lib/platform/chat.ts';
import { t } from '../lib/platform/i18n.ts';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import type { ActiveTab } from '../lib/platform/tabs.ts';
import type { QuickAction } from '../lib/platform/settings.ts';
import type { AskIntent } from '../lib/requests.ts';
import { NOTHING_ATTACHED, readArticles, readSelection, type Attachments } from './chat-reading.ts';
import { ChatAnnouncer } from './ChatAnnouncer.tsx';
import { ChatAttachments } from './ChatAttachments.tsx';
import { ChatEmpty } from './ChatEmpty.tsx';
import { ChatQuestion } from './ChatQuestion.tsx';
import { ChatQuickActions } from './ChatQuickActions.tsx';
import { ChatTurn } from './ChatTurn.tsx';
import { ConversationList } from './ConversationList.tsx';
import { Failure } from './Failure.tsx';
import { failureFace } from './failure.ts';
import { NeedsModel } from './NeedsModel.tsx';
import { BackendLine } from './StatusLine.tsx';
import type { Asked, Chats, ReadArticles } from './use-chat.ts';
import { useFollow } from './use-follow.ts';
import type { Reader } from './use-reading.ts';
import { readArticle } from './use-summaries.ts';

/** Above and below the conversation: chat.css has the same. */
const EDGES_PX = 32;

interface Props {
  platform: PanelPlatform;
  chat: ChatPlatform;
  chats: Chats;
  tab: ActiveTab | null;
  /** The page in front as it was last read; null until it has been, and where it cannot be. */
  page: Article | null;
  reader: Reader;
  shortcut: string;
  /** Where the text of a question goes, '' for nowhere. */
  goesTo: string;
  /** What a gesture asked for in this tab; null for nothing. */
  intent: AskIntent | null;
  onIntentTaken: () => void;
  /** Reads a PDF file in place of the page. */
  onFile: (file: File) => void;
  /** Lets Inkling read the site, then calls back; call it in the click. */
  onAllow: (then: () => void) => void;
  /** Lets the model load again, then calls back. */
  onTurnOn: (then: () => void) => void;
}

/** Give it the `page` of the chats as its `key`: what was attached or edited about one page is not asked about another. */
export function ChatPart(props: Props) {
  const { platform, chat: browser, chats, tab, page, reader, shortcut, goesTo, intent, onIntentTaken, onFile } = props;
  const { onAllow, onTurnOn } = props;
  const { chat, draft: text, write: setText, ask, stop } = chats;
  const [listed, setListed] = useState(false);
  const [editing, setEditing] = useState<number | null>(null);
  const [attached, setAttached] = useState(NOTHING_ATTACHED);
  const [notice, setNotice] = useState('');
  const [actions, setActions] = useState<readonly QuickAction[]>([]);
  useEffect(() => browser.onQuickActions(setActions), [browser]);
  const turns = chat?.conversation.turns ?? [];
  const last = turns.at(-1) ?? null;
  const busy = chat?.live != null;
  const growth = last ? last.statements.length + last.passages.length + (chat?.live?.draft.length ?? 0) : 0;
  const { scroller, behind, toEnd } = useFollow(growth);
  const lastTurn = useRef<HTMLDivElement>(null);
  const tabId = tab?.tabId ?? null;

  // A question that is asked goes to the top, with room below for what comes: nothing that is read moves while it grows.
  useLayoutEffect(() => {
    const [view, turn] = [scroller.current, lastTurn.current];
    if (!view || !turn || turns.length < 2) return;
    turn.style.minBlockSize = `${view.clientHeight - EDGES_PX}px`;
    turn.scrollIntoView({ block: 'start' });
    return () => turn.style.removeProperty('min-block-size');
  }, [last?.id, listed]);

  /** As far as it is here: the page as it was last read. */
  const likelyToBeRead = ({ selection, tabs }: Attachments): Article[] => {
    if (tabs.length > 0) return [];
    if (selection) return [selection.article];
    return page ? [page] : [];
  };

  const send = (asked: Asked, { at, about = attached, read }: SendOptions = {}) => {
    if (tabId === null) return;
    setNotice('');
    setListed(false);
    if (read) ask(asked, read, at);
    else ask(asked, () => readArticles(platform, tabId, about), at, likelyToBeRead(about));
  };
  const sendText = () => {
    const at = editing ?? undefined;
    send({ question: text.trim(), action: at === undefined ? undefined : turns.at(at)?.action }, { at });
    setText('');
    setEditing(null);
  };
  const startOver = () => {
    chats.startOver();
    setEditing(null);
  };
  /** About the same: what was selected then need not be selected now. */
  const again = (at: number) => {
    const { question, action, pages } = turns[at];
    const wasSelected = pages.at(0)?.scope === 'selection' && chats.articles.at(0)?.scope === 'selection';
    send({ question, action }, { at, ...(wasSelected && { read: () => Promise.resolve([...chats.articles]) }) });
  };

  /** What is selected in the page; null where nothing can be read, and the reader is told why. */
  const takeSelection = async () => {
    if (tabId === null) return null;
    setNotice('');
    try {
      return await readSelection(platform, browser, tabId);
    } catch (error) {
      const { code } = toWire(error);
      setNotice(code === 'no-content' ? t('nothingSelectedInPage') : failureFace(code).what);
      return null;
    }
  };
  const attachSelection = async () => {
    const selection = await takeSelection();
    if (selection) setAttached((before) => ({ ...before, selection }));
  };
  const runAction = async ({ name, instruction, appliesTo }: QuickAction) => {
    const selection = appliesTo === 'selection' ? (attached.selection ?? (await takeSelection())) : null;
    if (appliesTo === 'selection' && !selection) return;
    send({ question: instruction, action: name }, { about: { ...attached, selection } });
  };

  useEffect(() => {
    if (!intent || tabId === null) return;
    onIntentTaken();
    const { question, action, scope, frameId, selection } = intent;
    const subject = scope === 'page' ? { scope } : { scope, frameId, captured: selection };
    send({ question, action }, { read: async () => [await readArticle(platform, tabId, subject)] });
  }, [intent, tabId]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && busy) stop();
      if (event.altKey && event.code === 'KeyA' && !event.ctrlKey && !event.shiftKey) {
        event.preventDefault();
        void attachSelection();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [busy, stop, tabId]);

  const show = async (turn: Turn, place: Place) => {
    setNotice('');
    try {
      const target = await tabOf(turn, place);
      const found = target !== null && (await platform.showQuote(target, place.quote, 0));
      if (!found) setNotice(t('quoteGone'));
    } catch (error) {
      setNotice(failureFace(toWire(error).code).what);
    }
  };

  /** The tab in front where it still shows the page, else another that does; null where none is known to. */
  const tabOf = async ({ pages }: Turn, { page }: Place): Promise<number | null> => {
    const address = addressOf(pages[page].url);
    if (tab && (tab.url === '' ? page === 0 : addressOf(tab.url) === address)) return tab.tabId;
    const { readable } = await browser.otherTabs();
    const other = readable.find(({ url }) => addressOf(url) === address);
    if (!other) return null;
    await browser.showTab(other.tabId);
    return other.tabId;
  };

  const failure = last?.error && last.outcome === 'failed' && last.error.code !== 'needs-model' && (
    <Failure
      error={last.error}
      tabUrl={tab?.url ?? ''}
      shortcut={shortcut}
      onAgain={() => again(turns.length - 1)}
      onFile={onFile}
      onAllow={() => onAllow(() => again(turns.length - 1))}
      onTurnOn={() => onTurnOn(() => again(turns.length - 1))}
    />
  );
  const onOpen = (url: string) => void browser.openLink(url);

  return (
    <>
      <header class="chat-head">
        <button type="button" class="link" aria-pressed={listed} onClick={() => setListed(!listed)}>
          {listed ? t('backToConversation') : t('history')}
        </button>
        {turns.length > 0 && !listed && (
          <button type="button" class="link new-conversation" onClick={startOver}>
            {t('newConversation')}
          </button>
        )}
      </header>
      <main ref={scroller} tabIndex={-1}>
        {listed && (
          <ConversationList
            history={browser.history}
            reader={reader}
            onShow={(conversation, place, turn) => void show(conversation.turns[turn], place)}
            onOpen={onOpen}
            onDeleted={chats.forget}
          />
        )}
        {!listed && chat && turns.length === 0 && <ChatEmpty page={page} onAsk={(question) => send({ question })} />}
        {!listed && (
          <div role="log" aria-label={t('conversation')} aria-live="off" class="log">
            {turns.map((turn, index) => (
              <div key={turn.id} ref={index === turns.length - 1 ? lastTurn : undefined}>
                <ChatTurn
                  turn={turn}
                  reader={reader}
                  latest={index === turns.length - 1}
                  live={index === turns.length - 1 ? (chat?.live ?? null) : null}
                  onShow={(place) => void show(turn, place)}
                  onOpen={onOpen}
                  onEdit={() => {
                    setEditing(index);
                    setText(turn.question);
                  }}
                  onAgain={index === turns.length - 1 ? () => again(index) : undefined}
                  onRate={(rating) => chats.rate(turn.id, rating)}
                />
              </div>
            ))}
            {failure}
            {last?.error?.code === 'needs-model' && (
              <NeedsModel bytes={browser.smallestComposingBytes} onOpenOptions={() => void platform.openOptions()} />
            )}
          </div>
        )}
      </main>
      <footer class="chat-foot">
        {behind && !listed && (
          <button type="button" class="behind" onClick={toEnd}>
            {t('newTextBelow')}
          </button>
        )}
        {notice && <p class="notice">{notice}</p>}
        {!listed && <ChatQuickActions actions={actions} disabled={!tab} onRun={(action) => void runAction(action)} />}
        {!listed && (
          <ChatAttachments
            platform={browser}
            attached={attached}
            disabled={!tab}
            onAttached={setAttached}
            onSelection={() => void attachSelection()}
            onFile={onFile}
          />
        )}
        {!listed && (
          <ChatQuestion
            text={text}
            editing={editing === null ? '' : (turns.at(editing)?.question ?? '')}
            busy={busy}
            disabled={!tab}
            onText={setText}
            onAsk={sendText}
            onStop={stop}
            onLeaveEdit={() => {
              setEditing(null);
              setText('');
            }}
          />
        )}
        <BackendLine backend={chat?.backend ?? null} goesTo={goesTo} />
      </footer>
      <ChatAnnouncer turn={last} notice={notice} />
    </>
  );
}

interface SendOptions {
  /** In place of this turn, and all after it. */
  at?: number | undefined;
  about?: Attachments;
  /** What it is about, where that is not what is attached. */
  read?: ReadArticles;
}
