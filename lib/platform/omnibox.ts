// The address bar's keyword: a question about the page in front, or one of the reader's quick actions by its name. Enter opens the panel,
// which counts as a gesture in Chromium, and in Firefox from 142 on.
import { browser } from 'wxt/browser';
import type { Browser } from 'wxt/browser';
import { ask } from './gestures.ts';
import { t } from './i18n.ts';
import { loadQuickActions } from './quick-actions.ts';
import type { QuickAction } from './settings.ts';

/** What Enter is about: known before it, because the panel must open in its turn. It is gone with a service worker that dies meanwhile. */
interface Typing {
  tab: Browser.tabs.Tab | undefined;
  actions: readonly QuickAction[];
}

/** Call it in the background's first turn. */
export function registerOmnibox(): void {
  let typing: Typing = { tab: undefined, actions: [] };
  const look = async (): Promise<void> => {
    const [tabs, actions] = await Promise.all([
      browser.tabs.query({ active: true, lastFocusedWindow: true }),
      loadQuickActions(),
    ]);
    typing = { tab: tabs.at(0), actions };
  };

  const enter = (tab: Browser.tabs.Tab, typed: string): void => {
    const { actions } = typing;
    const action = actions.find(({ name }) => fold(name) === fold(typed));
    const asked = action
      ? { scope: action.appliesTo, question: action.instruction, action: action.name }
      : { scope: 'page' as const, question: typed };
    // Where the browser sees no gesture, what was asked waits for the panel.
    void ask(tab, asked).catch(() => undefined);
  };

  browser.omnibox.setDefaultSuggestion({ description: inBar(t('omniboxAsk')) });
  browser.omnibox.onInputStarted.addListener(() => void look());
  browser.omnibox.onInputChanged.addListener((text, suggest) => {
    void look().then(() => suggest(typing.actions.filter((action) => isMeant(action, text)).map(suggestion)));
  });
  browser.omnibox.onInputEntered.addListener((text) => {
    const typed = text.trim();
    if (typed === '') return;
    // A question from an earlier life of the service worker still waits for the panel, where that is open.
    if (typing.tab) enter(typing.tab, typed);
    else void look().then(() => typing.tab && enter(typing.tab, typed));
  });
}

function isMeant({ name }: QuickAction, typed: string): boolean {
  return fold(name).includes(fold(typed.trim()));
}

function suggestion({ name, instruction }: QuickAction): { content: string; description: string } {
  return { content: name, description: inBar(`${name}: ${instruction.replace(/\s+/g, ' ')}`) };
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

/** Chromium reads descriptions as XML, Firefox as plain text. */
function inBar(text: string): string {
  if (import.meta.env.FIREFOX) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
