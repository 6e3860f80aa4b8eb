// The context menu: summarize the selection, summarize the page.
import { browser } from 'wxt/browser';
import { summarize } from './gestures.ts';
import { t } from './i18n.ts';

const SELECTION = 'summarize-selection';
const PAGE = 'summarize-page';

/** Call it in the background's first turn. */
export function registerMenus(): void {
  // Chrome keeps menus across the service worker's lives, Firefox forgets them when its background page ends.
  if (import.meta.env.FIREFOX) createMenus();
  else browser.runtime.onInstalled.addListener(createMenus);

  browser.contextMenus.onClicked.addListener((info, tab) => {
    if (!tab) return;
    const frameId = info.frameId ?? 0;
    if (info.menuItemId === SELECTION) void summarize(tab, 'selection', { frameId, selectionText: info.selectionText });
    if (info.menuItemId === PAGE) void summarize(tab, 'page', { frameId: 0 });
  });
}

function createMenus(): void {
  void browser.contextMenus.removeAll().then(() => {
    browser.contextMenus.create({ id: SELECTION, title: t('menuSummarizeSelection'), contexts: ['selection'] });
    browser.contextMenus.create({ id: PAGE, title: t('menuSummarizePage'), contexts: ['page'] });
  });
}
