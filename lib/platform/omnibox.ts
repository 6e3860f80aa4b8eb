// The address bar's keyword: a question about the page in front, or one of the reader's quick actions by its name. Enter opens the panel:
// that counts as a gesture in Chromium, and in Firefox from 142 on. Before, what was asked waits for the panel.
import { browser } from 'wxt/browser';
import { leaveQuestion } from './gestures.ts';
import { t } from './i18n.ts';
import { openPanel } from './panel-open.ts';
import { loadQuickActions } from './quick-actions.ts';
import type { QuickAction } from './settings.ts';

/** Call it in the background's first turn. */
export function registerOmnibox(): void {
  void browser.omnibox.setDefaultSuggestion({ description: inBar(t('omniboxAsk')) });

  browser.omnibox.onInputChanged.addListener((text, suggest) => {
    void loadQuickActions().then((actions) =>
      suggest(actions.filter(({ name }) => fold(name).includes(fold(text.trim()))).map(suggestion)),
    );
  });

  browser.omnibox.onInputEntered.addListener((text) => {
    const typed = text.trim();
    if (typed === '') return;
    // In this turn, when nothing is known of the tab yet.
    void openPanel(browser.windows.WINDOW_ID_CURRENT).catch(() => undefined);
    void askInFront(typed);
  });
}

async function askInFront(typed: string): Promise<void> {
  const [tabs, actions] = await Promise.all([
    browser.tabs.query({ active: true, lastFocusedWindow: true }),
    loadQuickActions(),
  ]);
  const tab = tabs.at(0);
  const action = actions.find(({ name }) => fold(name) === fold(typed));
  if (!tab) return;
  if (!action) return leaveQuestion(tab, { scope: 'page', question: typed });
  await leaveQuestion(tab, { scope: action.appliesTo, question: action.instruction, action: action.name });
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
