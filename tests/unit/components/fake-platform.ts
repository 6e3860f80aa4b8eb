// A browser and an engine that do what the test says, behind the panel's own seam.
import { Channel } from '../../../lib/engine/channel.ts';
import type { Job, JobEngine } from '../../../lib/engine/engine.ts';
import { answerFirst } from '../../../lib/engine/first-answer.ts';
import { AppError } from '../../../lib/errors.ts';
import { NOWHERE, type PanelPlatform, type TextHosts } from '../../../lib/platform/panel.ts';
import type { Shortcut } from '../../../lib/platform/shortcuts.ts';
import type { ActiveTab } from '../../../lib/platform/tabs.ts';
import type { Article, TextQuote } from '../../../lib/article.ts';
import type { ChatTask, ChatTurn, JobTask, SummarizeTask, TaskEvent } from '../../../lib/protocol.ts';
import type { Intent } from '../../../lib/requests.ts';
import { DEFAULT_SETTINGS } from '../../../lib/platform/settings.ts';
import { ARTICLE } from './samples.ts';

export interface FakeRun<T extends JobTask = SummarizeTask> {
  tabId: number;
  task: T;
  signal: AbortSignal;
  events: Channel<TaskEvent>;
}

export class FakePlatform implements PanelPlatform {
  readonly runs: FakeRun[] = [];
  readonly questions: FakeRun<ChatTask>[] = [];
  readonly shown: { tabId: number; quote: TextQuote; frameId: number | undefined }[] = [];
  readonly asked: string[] = [];
  readonly intents = new Map<number, Intent>();
  readonly jobs = new Map<number, { task: SummarizeTask; events: Channel<TaskEvent> }>();
  readonly chatJobs = new Map<number, Job<'chat'>>();
  readonly saved: unknown[] = [];
  found = true;
  tab: ActiveTab = { tabId: 1, url: ARTICLE.url, title: ARTICLE.title, favIconUrl: '', status: 'complete' };
  private readonly onTab = new Set<(tab: ActiveTab) => void>();
  private readonly onGesture = new Set<(tabId: number) => void>();

  read: (tabId: number, scope: 'page' | 'selection', frameId?: number) => Promise<Article> = () =>
    Promise.resolve(ARTICLE);

  standBy = () => Promise.resolve();

  /** The reader goes to another tab, or the tab to another page. */
  show(change: Partial<ActiveTab>): void {
    this.tab = { ...this.tab, ...change };
    this.onTab.forEach((listener) => listener(this.tab));
  }

  gesture(tabId: number, intent: Intent): void {
    this.intents.set(tabId, intent);
    this.onGesture.forEach((listener) => listener(tabId));
  }

  /** As the real one: the key sentences come before what the host says. */
  engine = (tabId: number): JobEngine =>
    answerFirst({
      run: (task, signal) => {
        const events = new Channel<TaskEvent>();
        signal.addEventListener('abort', () => events.abort(new AppError('aborted')));
        if (task.kind === 'chat') this.questions.push({ tabId, task, signal, events });
        else this.runs.push({ tabId, task, signal, events });
        return events;
      },
      attach: <K extends JobTask['kind']>(kind: K) =>
        Promise.resolve(((kind === 'chat' ? this.chatJobs : this.jobs).get(tabId) ?? null) as Job<K> | null),
    });
  readonly readAheads: { tabId: number; page: Promise<Article> | null; history: ChatTurn[]; signal: AbortSignal }[] =
    [];
  readAhead = (tabId: number, page: Promise<Article> | null, history: ChatTurn[], signal: AbortSignal) => {
    this.readAheads.push({ tabId, page, history, signal });
    return Promise.resolve();
  };
  getArticle = (tabId: number, scope: 'page' | 'selection', frameId?: number) => this.read(tabId, scope, frameId);
  showQuote = (tabId: number, quote: TextQuote, frameId?: number) => {
    this.shown.push({ tabId, quote, frameId });
    return Promise.resolve(this.found);
  };
  takeIntent = (tabId: number) => {
    const intent = this.intents.get(tabId) ?? null;
    this.intents.delete(tabId);
    return Promise.resolve(intent);
  };
  onIntent = (listener: (tabId: number) => void) => {
    this.onGesture.add(listener);
    return () => void this.onGesture.delete(listener);
  };
  onActiveTab = (listener: (tab: ActiveTab) => void) => {
    this.onTab.add(listener);
    listener(this.tab);
    return () => void this.onTab.delete(listener);
  };
  requestSitePermission = (url: string) => {
    this.asked.push(url);
    return Promise.resolve(true);
  };
  forgotten = 0;
  forgetCrashes = () => {
    this.forgotten++;
    return Promise.resolve();
  };
  loadSettings = () => Promise.resolve({ ...DEFAULT_SETTINGS, summaryLength: 'short' } as const);
  saveSettings = (change: unknown) => {
    this.saved.push(change);
    return Promise.resolve();
  };
  keys: Shortcut[] = [
    { name: '_execute_action', description: '', keys: 'Alt+Shift+I', opensPanel: true },
    { name: 'rewrite', description: 'Rewrite what you write or have selected', keys: 'Alt+Shift+E', opensPanel: false },
  ];
  shortcuts = () => Promise.resolve(this.keys);
  changedShortcuts = 0;
  changeShortcuts = () => {
    this.changedShortcuts++;
    return Promise.resolve();
  };
  openedFiles: File[] = [];
  openFile = (_: number, file: File) => void this.openedFiles.push(file);
  closeFile = () => undefined;
  onDocument = () => () => undefined;
  goesTo = NOWHERE;
  onTextGoesTo = (listener: (hosts: TextHosts) => void) => {
    listener(this.goesTo);
    return () => undefined;
  };
  openedOptions = 0;
  openOptions = () => {
    this.openedOptions++;
    return Promise.resolve();
  };
}
