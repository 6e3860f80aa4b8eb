// The reader's quick actions in the context menu: a submenu for the page, and one for the selection.
import { browser } from 'wxt/browser';
import { ask } from './gestures.ts';
import { t } from './i18n.ts';
import { onQuickActionsChanged } from './quick-actions.ts';
import type { QuickAction } from './settings.ts';

const PREFIX = 'quick-action:';
const SUBMENUS = { page: 'quick-actions-page', selection: 'quick-actions-selection' } as const;
const SCOPES = ['page', 'selection'] as const;

/** Call it in the background's first turn. */
export function registerQuickActionMenus(): void {
  onQuickActionsChanged((actions) => {
    // What is in a submenu goes with it.
    const gone = SCOPES.map((scope) => browser.contextMenus.remove(SUBMENUS[scope]).catch(() => undefined));
    void Promise.all(gone).then(() => createQuickActionMenus(actions));
  });

  browser.contextMenus.onClicked.addListener((info, tab) => {
    const item = String(info.menuItemId);
    if (!tab || !item.startsWith(PREFIX)) return;
    const [scope, name, instruction] = askedBy(item);
    const frameId = info.frameId ?? 0;
    void ask(tab, { scope, question: instruction, action: name }, { frameId, selectionText: info.selectionText });
  });
}

export function createQuickActionMenus(actions: readonly QuickAction[]): void {
  for (const scope of SCOPES) {
    const offered = actions.filter(({ appliesTo }) => appliesTo === scope);
    if (offered.length === 0) continue;
    const contexts: ['page' | 'selection'] = [scope];
    browser.contextMenus.create({ id: SUBMENUS[scope], title: t('quickActions'), contexts });
    for (const { name, instruction } of offered) {
      const id = PREFIX + JSON.stringify([scope, name, instruction]);
      browser.contextMenus.create({ id, parentId: SUBMENUS[scope], title: inMenu(name), contexts });
    }
  }
}

/** An item's id says all that it does: the panel must open in the turn of the click, before anything could be read. */
function askedBy(item: string): [QuickAction['appliesTo'], string, string] {
  return JSON.parse(item.slice(PREFIX.length)) as [QuickAction['appliesTo'], string, string];
}

/** "&" would mark a key, "%s" stand for the selection. */
function inMenu(name: string): string {
  return name.replaceAll('&', '&&').replaceAll('%s', '% s');
}
