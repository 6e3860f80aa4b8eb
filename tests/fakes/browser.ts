// An in-memory browser: as much of the extension API as lib/platform uses, with Chrome's habits (JSON messages to every listener,
// one offscreen document). Use: vi.mock('wxt/browser', async () => ({ browser: (await import('.../fakes/browser.ts')).browser })).

export const EXTENSION_ID = 'inkling-under-test';
export const ORIGIN = `chrome-extension://${EXTENSION_ID}`;
/** How Chrome describes the panel to a listener. */
export const PANEL = { id: EXTENSION_ID, url: `${ORIGIN}/sidepanel.html`, origin: ORIGIN };

type Listener<A extends unknown[]> = (...args: A) => unknown;

class FakeEvent<A extends unknown[]> {
  readonly listeners = new Set<Listener<A>>();
  addListener = (listener: Listener<A>) => void this.listeners.add(listener);
  removeListener = (listener: Listener<A>) => void this.listeners.delete(listener);
  emit(...args: A): unknown[] {
    return [...this.listeners].map((listener) => listener(...args));
  }
}

type Reply = (answer: unknown) => void;
type Changes = Record<string, { oldValue?: unknown; newValue?: unknown }>;

/** A call that succeeds: tests replace those that they look at. */
type Call<T = void> = (argument: unknown) => Promise<T>;
const done = () => Promise.resolve();
/** As of a browser that nobody manages: tests replace it. */
const noPolicy: Call<Record<string, unknown>> = () => Promise.resolve({});

const json = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

class FakeStorage {
  values: Record<string, unknown> = {};
  readonly onChanged = new FakeEvent<[Changes]>();
  get = (key: string) => Promise.resolve(key in this.values ? { [key]: json(this.values[key]) } : {});
  set = (items: Record<string, unknown>) => {
    for (const [key, value] of Object.entries(items)) {
      const change = { oldValue: this.values[key], newValue: json(value) };
      this.values[key] = change.newValue;
      this.onChanged.emit({ [key]: change });
    }
    return Promise.resolve();
  };
  remove = (key: string) => {
    const oldValue = this.values[key];
    Reflect.deleteProperty(this.values, key);
    this.onChanged.emit({ [key]: { oldValue } });
    return Promise.resolve();
  };
}

export interface FakeTab {
  id?: number;
  windowId: number;
  url?: string;
  title?: string;
  favIconUrl?: string;
  status?: string;
}

function makeBrowser() {
  const onMessage = new FakeEvent<[unknown, unknown, Reply]>();
  const fake = {
    /** What listeners are told of the sender of the next messages. */
    sender: PANEL as Record<string, unknown>,
    activeTab: undefined as FakeTab | undefined,
    runtime: {
      id: EXTENSION_ID,
      getURL: (path: string) => ORIGIN + (path.startsWith('/') ? path : `/${path}`),
      onMessage,
      onInstalled: new FakeEvent<[]>(),
      sendMessage: (message: unknown) => deliver(onMessage, json(message), browser.sender),
    },
    storage: { local: new FakeStorage(), session: new FakeStorage(), managed: { get: noPolicy } },
    tabs: {
      onActivated: new FakeEvent<[]>(),
      onUpdated: new FakeEvent<[number?, { status?: string }?, FakeTab?]>(),
      onAttached: new FakeEvent<[]>(),
      onRemoved: new FakeEvent<[number]>(),
      query: () => Promise.resolve(browser.activeTab ? [browser.activeTab] : []),
      get: (): Promise<FakeTab> =>
        browser.activeTab ? Promise.resolve(browser.activeTab) : Promise.reject(new Error('No tab')),
      sendMessage: (_: number, message: unknown) => deliver(onMessage, json(message), browser.sender),
    },
    windows: { onFocusChanged: new FakeEvent<[]>() },
    permissions: { onAdded: new FakeEvent<[]>(), request: (() => Promise.resolve(true)) as Call<boolean> },
    scripting: { executeScript: (() => Promise.resolve([{ frameId: 0 }])) as Call<unknown[]> },
    offscreen: { createDocument: done as Call, closeDocument: done },
    sidePanel: { open: done as Call },
    action: {
      onClicked: new FakeEvent<[FakeTab]>(),
      badges: [] as unknown[],
      setBadgeText: (badge: unknown) => Promise.resolve(void fake.action.badges.push(badge)),
      setTitle: done as Call,
    },
    commands: {
      onCommand: new FakeEvent<[string, FakeTab?]>(),
      getAll: () => Promise.resolve([{ name: '_execute_action', shortcut: 'Alt+Shift+I' }]),
    },
    contextMenus: {
      onClicked: new FakeEvent<[Record<string, unknown>, FakeTab?]>(),
      created: [] as Record<string, unknown>[],
      create: (item: Record<string, unknown>) => void fake.contextMenus.created.push(item),
      remove: (id: string) => {
        fake.contextMenus.created = fake.contextMenus.created.filter((item) => item.id !== id);
        return Promise.resolve();
      },
      removeAll: () => Promise.resolve(void (fake.contextMenus.created.length = 0)),
    },
    omnibox: {
      setDefaultSuggestion: (_suggestion: { description: string }) => undefined,
      onInputChanged: new FakeEvent<[string, (suggestions: unknown[]) => void]>(),
      onInputEntered: new FakeEvent<[string]>(),
    },
    i18n: {
      getMessage: (key: string) => key,
      getUILanguage: () => 'pt-BR',
      detectLanguage: (_text: string) =>
        Promise.resolve({ isReliable: false, languages: [] as { language: string; percentage: number }[] }),
    },
  };
  return fake;
}

/** Every listener hears it; who answers first is heard; nobody there rejects, nobody answering resolves to nothing. */
function deliver(event: FakeEvent<[unknown, unknown, Reply]>, message: unknown, sender: unknown): Promise<unknown> {
  if (event.listeners.size === 0) {
    return Promise.reject(new Error('Could not establish connection. Receiving end does not exist.'));
  }
  return new Promise((resolve) => {
    const later = event.emit(message, sender, (answer) => resolve(json(answer))).includes(true);
    if (!later) resolve(undefined);
  });
}

export type FakeBrowser = ReturnType<typeof makeBrowser>;

export const browser: FakeBrowser = makeBrowser();

/** A browser as after its start: nothing registered, nothing stored. */
export function resetBrowser(): void {
  Object.assign(browser, makeBrowser());
}

/** Web Locks, which Node 20 does not have: one holder per name, in order. */
export function fakeLocks() {
  const tails = new Map<string, Promise<unknown>>();
  return {
    request<T>(name: string, callback: () => Promise<T>): Promise<T> {
      const held = (tails.get(name) ?? Promise.resolve()).then(callback);
      tails.set(
        name,
        held.catch(() => undefined),
      );
      return held;
    },
  };
}
