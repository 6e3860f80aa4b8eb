// The context menu: summarize, translate or rewrite the selection; summarize or translate the page; rewrite what is being written, also by
// each instruction that the reader has kept.
import { browser } from 'wxt/browser';
import { rewrite, summarize, translatePage, translateSelection } from './gestures.ts';
import { t } from './i18n.ts';
import { createQuickActionMenus, registerQuickActionMenus } from './quick-action-menus.ts';
import { loadSettings, onSavedInstructions } from './settings.ts';

const SELECTION = 'summarize-selection';
const PAGE = 'summarize-page';
const TRANSLATE_SELECTION = 'translate-selection';
const TRANSLATE_PAGE = 'translate-page';
const REWRITE = 'rewrite';
/** Before an instruction, which is the rest of the item's id: the background holds no state. */
const INSTRUCTION = 'rewrite: ';

/** Of an instruction: menus are narrow. */
const MAX_ITEM_CHARACTERS = 48;

/** Call it in the background's first turn. */
export function registerMenus(): void {
  // Chrome keeps menus across the service worker's lives, Firefox forgets them when its background page ends.
  if (import.meta.env.FIREFOX) createMenus();
  else browser.runtime.onInstalled.addListener(createMenus);
  onSavedInstructions((now, before) => {
    const gone = before.filter((each) => !now.includes(each));
    const removed = gone.map((each) => browser.contextMenus.remove(INSTRUCTION + each).catch(() => undefined));
    void Promise.all(removed).then(() => offerInstructions(now.filter((each) => !before.includes(each))));
  });

  registerQuickActionMenus();

  browser.contextMenus.onClicked.addListener((info, tab) => {
    if (!tab) return;
    const frameId = info.frameId ?? 0;
    if (info.menuItemId === SELECTION) void summarize(tab, 'selection', { frameId, selectionText: info.selectionText });
    if (info.menuItemId === TRANSLATE_SELECTION) {
      void translateSelection(tab, { frameId, selectionText: info.selectionText });
    }
    if (info.menuItemId === REWRITE) void rewrite(tab, { frameId, selectionText: info.selectionText });
    const item = String(info.menuItemId);
    if (item.startsWith(INSTRUCTION)) {
      void rewrite(tab, { frameId, selectionText: info.selectionText }, item.slice(INSTRUCTION.length));
    }
    if (info.menuItemId === TRANSLATE_PAGE) void translatePage(tab);
    if (info.menuItemId === PAGE) void summarize(tab, 'page', { frameId: 0 });
  });
}

function createMenus(): void {
  void browser.contextMenus.removeAll().then(async () => {
    browser.contextMenus.create({ id: SELECTION, title: t('menuSummarizeSelection'), contexts: ['selection'] });
    browser.contextMenus.create({
      id: TRANSLATE_SELECTION,
      title: t('menuTranslateSelection'),
      contexts: ['selection'],
    });
    browser.contextMenus.create({ id: REWRITE, title: t('menuRewrite'), contexts: ['selection', 'editable'] });
    browser.contextMenus.create({ id: PAGE, title: t('menuSummarizePage'), contexts: ['page'] });
    browser.contextMenus.create({ id: TRANSLATE_PAGE, title: t('menuTranslatePage'), contexts: ['page'] });
    const { savedInstructions, quickActions } = await loadSettings();
    offerInstructions(savedInstructions);
    createQuickActionMenus(quickActions);
  });
}

function offerInstructions(instructions: readonly string[]): void {
  for (const instruction of instructions) {
    browser.contextMenus.create({
      id: INSTRUCTION + instruction,
      title: t('menuRewriteBy', inMenu(instruction)),
      contexts: ['selection', 'editable'],
    });
  }
}

/** On one line; "&" would mark a key, "%s" stand for the selection. */
function inMenu(instruction: string): string {
  const line = instruction.replace(/\s+/g, ' ').trim();
  const short = line.length > MAX_ITEM_CHARACTERS ? `${line.slice(0, MAX_ITEM_CHARACTERS - 1).trimEnd()}…` : line;
  return short.replaceAll('&', '&&').replaceAll('%s', '% s');
}
