// Drives one real browser that has the built extension loaded, as a reader would: the toolbar button, the context menu, the
// shortcut and the panel are the browser's own. Used by the end-to-end tests, `npm start` and the benchmark.
//
// Chromium: puppeteer over a pipe. The toolbar button is pressed by the DevTools command Extensions.triggerAction; context menus and
//   shortcuts by real keys on a virtual X display (display.ts). The side panel is an ordinary target.
// Firefox: puppeteer over WebDriver BiDi, headless. BiDi with system access evaluates in the browser's own window, where the button,
//   the menu and the sidebar are elements that take synthesized user input (firefox-window.ts).
import type { Browser, Page } from 'puppeteer-core';
import type { BrowserName } from '../setup/browsers.ts';
import type { Panel } from './panel.ts';

/** What Inkling offers in the context menu, and where. */
export type MenuItem =
  | 'summarize page'
  | 'summarize selection'
  | 'translate page'
  | 'translate selection'
  /** Over a selection. */
  | 'rewrite selection'
  /** Over a field with nothing selected in it: Inkling's only item there. */
  | 'rewrite field'
  /** Over a field, by the only instruction that the reader has kept ("Say it plainly"). */
  | 'rewrite by instruction'
  /** The first of the reader's own. */
  | 'quick action on page'
  | 'quick action on selection';
export type Command = 'summarize' | 'translate' | 'rewrite';

export interface Driver {
  readonly name: BrowserName;
  readonly browser: Browser;
  /** Where the extension's own pages lie, with a slash at the end. */
  readonly extensionUrl: string;
  /** Addresses outside this machine that the browser was made to ask for (none of the requests got out). */
  readonly foreignRequests: string[];
  /** A new tab in front, loaded. */
  openPage(url: string): Promise<Page>;
  /** Presses the toolbar button over the page in front. */
  openPanel(page: Page): Promise<Panel>;
  /** Right-clicks at a point of the page (CSS pixels of its viewport) and chooses Inkling's item. */
  chooseMenuItem(page: Page, item: MenuItem, at: { x: number; y: number }): Promise<void>;
  /** Types the address bar's keyword and what comes after it, and presses Enter. */
  useKeyword(page: Page, text: string): Promise<void>;
  /** A private window that Inkling is let into, with a page in front and the panel open beside it. It closes with the browser. */
  openPrivatePanel(url: string): Promise<Panel>;
  /** Presses the keys of the command. */
  pressShortcut(page: Page, command: Command): Promise<void>;
  /** The panel that is open, or opens now. */
  panel(): Promise<Panel>;
  /** The card that stands in the page, or comes now: as the browser sees it, since the page cannot. `document` is its tree. */
  card(page: Page): Promise<Panel>;
  /** A page of the extension's own (`welcome.html`) that stands in a tab, or comes now. */
  ownPage(file: string): Promise<Page>;
  /** Resolves once the tab in front has an address that begins so: the browser's own pages, too. */
  untilInFront(address: string): Promise<void>;
  /** Lets the extension reach the host of an address, as its question would: the question itself is a window that no test reaches. */
  allowSite(address: string): Promise<void>;
  closePanel(): Promise<void>;
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** The folder of the built extension. */
  extension: string;
  /** A visible window on the user's own display; else headless, or on a virtual display where menus need one. */
  visible?: boolean;
  /** Chromium only: without a virtual display there are no menus and no shortcuts, but nothing but the browser is needed. */
  withMenus?: boolean;
  /** Lets the browser reach other machines; else every such request is refused and written down. */
  online?: boolean;
  /** A folder to keep the browser's profile in, and with it the prepared model; else a new one each time. */
  profile?: string;
  /** Firefox only: in place of the user's own folder, where an organisation's policies are read from. */
  home?: string;
  /** Leaves the page open that greets who has just installed Inkling. */
  keepWelcome?: boolean;
  /** More switches of Chromium. */
  args?: string[];
  /** More preferences of Firefox. */
  prefs?: Record<string, string | number | boolean>;
}
