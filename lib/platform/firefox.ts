// The parts of Firefox's API that the shared types do not have.
import { browser } from 'wxt/browser';

interface SidebarAction {
  /** Only inside a user action. */
  open(): Promise<void>;
}

export function sidebarAction(): SidebarAction {
  return (browser as unknown as { sidebarAction: SidebarAction }).sidebarAction;
}
