// What a question is about, besides the page in front: the reader's selection in place of it, other tabs beside it.
import type { ChatPlatform, OtherTab } from '../lib/platform/chat.ts';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import type { Article } from '../lib/article.ts';

export interface Attachments {
  /** In place of the page: as it was when the reader attached it. */
  selection: { article: Article; frameId: number } | null;
  tabs: readonly OtherTab[];
}

export const NOTHING_ATTACHED: Attachments = { selection: null, tabs: [] };

/** All that the question is about, the page in front (or what is selected there) first. Throws as getArticle. */
export function readArticles(platform: PanelPlatform, tabId: number, attached: Attachments): Promise<Article[]> {
  const front = attached.selection ? Promise.resolve(attached.selection.article) : platform.getArticle(tabId, 'page');
  return Promise.all([front, ...attached.tabs.map((tab) => platform.getArticle(tab.tabId, 'page'))]);
}

/** What is selected in the page, in whichever frame. Throws `no-content` where nothing is, and as getArticle. */
export async function readSelection(
  platform: PanelPlatform,
  chat: ChatPlatform,
  tabId: number,
): Promise<NonNullable<Attachments['selection']>> {
  const frameId = await chat.frameOfSelection(tabId);
  return { article: await platform.getArticle(tabId, 'selection', frameId), frameId };
}

/** Whether two readings of a page say the same. */
export function sameArticle(a: Article, b: Article): boolean {
  return (
    a.url === b.url &&
    a.title === b.title &&
    a.scope === b.scope &&
    a.blocks.length === b.blocks.length &&
    a.blocks.every((block, index) => block.kind === b.blocks[index].kind && block.text === b.blocks[index].text)
  );
}
