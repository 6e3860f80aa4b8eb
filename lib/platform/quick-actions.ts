// The reader's quick actions, where they are kept: with the other settings. Who runs them: quick-action-menus.ts, omnibox.ts, the panel.
import { loadSettings, onSettingsChanged, saveSettings, type QuickAction } from './settings.ts';

export async function loadQuickActions(): Promise<readonly QuickAction[]> {
  return (await loadSettings()).quickActions;
}

export function saveQuickActions(quickActions: readonly QuickAction[]): Promise<void> {
  return saveSettings({ quickActions: [...quickActions] });
}

/** Calls back after each change. Returns the end of the subscription. */
export function onQuickActionsChanged(listener: (actions: readonly QuickAction[]) => void): () => void {
  return onSettingsChanged(({ quickActions: now }, { quickActions: before }) => {
    if (JSON.stringify(now) !== JSON.stringify(before)) listener(now);
  });
}

/** Calls back soon, and after each change. Returns the end of the subscription. */
export function onQuickActions(listener: (actions: readonly QuickAction[]) => void): () => void {
  void loadQuickActions().then(listener);
  return onQuickActionsChanged(listener);
}
