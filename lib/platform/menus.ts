// The context menu: summarize, translate or rewrite the selection; summarize or translate the page; rewrite what is being written.
import { browser } from 'wxt/browser';
import { rewrite, summarize, translatePage, translateSelection } from './gestures.ts';
import { t } from './i18n.ts';

const SELECTION = 'summarize-selection';
const PAGE = 'summarize-page';
const TRANSLATE_SELECTION = 'translate-selection';
const TRANSLATE_PAGE = 'translate-page';
const REWRITE = 'rewrite';

/** Call it in the background's first turn. */
export function registerMenus(): void {
  // Chrome keeps menus across the service worker's lives, Firefox forgets them when its background page ends.
  if (import.meta.env.FIREFOX) createMenus();
  else browser.runtime.onInstalled.addListener(createMenus);

  browser.contextMenus.onClicked.addListener((info, tab) => {
    if (!tab) return;
    const frameId = info.frameId ?? 0;
    if (info.menuItemId === SELECTION) void summarize(tab, 'selection', { frameId, selectionText: info.selectionText });
    if (info.menuItemId === TRANSLATE_SELECTION) {
      void translateSelection(tab, { frameId, selectionText: info.selectionText });
    }
    if (info.menuItemId === REWRITE) void rewrite(tab, { frameId, selectionText: info.selectionText });
    if (info.menuItemId === TRANSLATE_PAGE) void translatePage(tab);
    if (info.menuItemId === PAGE) void summarize(tab, 'page', { frameId: 0 });
  });
}

function createMenus(): void {
  void browser.contextMenus.removeAll().then(() => {
    browser.contextMenus.create({ id: SELECTION, title: t('menuSummarizeSelection'), contexts: ['selection'] });
    browser.contextMenus.create({
      id: TRANSLATE_SELECTION,
      title: t('menuTranslateSelection'),
      contexts: ['selection'],
    });
    browser.contextMenus.create({ id: REWRITE, title: t('menuRewrite'), contexts: ['selection', 'editable'] });
    browser.contextMenus.create({ id: PAGE, title: t('menuSummarizePage'), contexts: ['page'] });
    browser.contextMenus.create({ id: TRANSLATE_PAGE, title: t('menuTranslatePage'), contexts: ['page'] });
  });
}
