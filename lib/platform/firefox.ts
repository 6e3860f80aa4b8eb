// The parts of Firefox's API that the shared types do not have.
import { browser } from 'wxt/browser';

interface SidebarAction {
  /** Only inside a user action. */
  open(): Promise<void>;
}

/** Where the reader sets the keys of extensions (Firefox 137). */
export function openShortcutSettings(): Promise<void> {
  return (
    browser as unknown as { commands: { openShortcutSettings(): Promise<void> } }
  ).commands.openShortcutSettings();
}

export function sidebarAction(): SidebarAction {
  return (browser as unknown as { sidebarAction: SidebarAction }).sidebarAction;
}
