// Opens the panel. Call it inside the reader's gesture, before any await: browsers refuse it a turn later.
import { browser } from 'wxt/browser';
import { sidebarAction } from './firefox.ts';

/** Rejects where the browser sees no gesture. */
export function openPanel(windowId: number): Promise<void> {
  return import.meta.env.FIREFOX ? sidebarAction().open() : browser.sidePanel.open({ windowId });
}
