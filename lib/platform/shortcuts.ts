// The keys of Inkling as the browser has them now, and the browser's own page where the reader changes them.
import { browser } from 'wxt/browser';
import { openShortcutSettings } from './firefox.ts';

/** Presses the toolbar button, so it also lets Inkling read the page. */
const OPEN_COMMAND = import.meta.env.FIREFOX ? '_execute_browser_action' : '_execute_action';

export interface Shortcut {
  /** As the manifest has it (wxt.config.ts). */
  name: string;
  /** What it does, as the reader reads it; '' for what opens the panel. */
  description: string;
  /** As the browser shows them; '' where none are set. */
  keys: string;
  opensPanel: boolean;
}

export async function readShortcuts(): Promise<Shortcut[]> {
  const commands = await browser.commands.getAll();
  return commands.map(({ name = '', description = '', shortcut = '' }) => {
    const opensPanel = name === OPEN_COMMAND;
    return { name, description: opensPanel ? '' : description, keys: shortcut, opensPanel };
  });
}

/** Brings the browser's page for the keys of extensions to the front. */
export async function changeShortcuts(): Promise<void> {
  if (import.meta.env.FIREFOX) await openShortcutSettings();
  else await browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
}
