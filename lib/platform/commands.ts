// The toolbar button and the keys. The names stand in the manifest (wxt.config.ts) too.
import { browser } from 'wxt/browser';
import { openFor, rewrite, summarize, translateSelection } from './gestures.ts';

export const SUMMARIZE_COMMAND = 'summarize';
export const TRANSLATE_COMMAND = 'translate';
export const REWRITE_COMMAND = 'rewrite';

/** Call it in the background's first turn. */
export function registerCommands(): void {
  const action = import.meta.env.FIREFOX ? browser.browserAction : browser.action;
  action.onClicked.addListener((tab) => void openFor(tab));

  browser.commands.onCommand.addListener((command, tab) => {
    if (command === SUMMARIZE_COMMAND && tab) void summarize(tab, 'page', { frameId: 0 });
    if (command === TRANSLATE_COMMAND && tab) void translateSelection(tab);
    if (command === REWRITE_COMMAND && tab) void rewrite(tab);
  });
}
