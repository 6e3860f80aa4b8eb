// What the chat asks of the browser, as the test says: conversations in memory, tabs as listed.
import type { ChatPlatform, OtherTabs } from '../../../lib/platform/chat.ts';
import type { Keeping, WindowHistory } from '../../../lib/platform/history.ts';
import type { QuickAction } from '../../../lib/platform/settings.ts';
import { PassingHistory } from '../../../lib/history/history.ts';

class FakeHistory extends PassingHistory implements WindowHistory {
  state: Keeping = 'on';
  keeping = () => Promise.resolve(this.state);
  keep = (on: boolean) => {
    this.state = on ? 'on' : 'off';
    return Promise.resolve();
  };
}

export class FakeChat implements ChatPlatform {
  readonly history = new FakeHistory();
  readonly opened: string[] = [];
  readonly shownTabs: number[] = [];
  tabs: OtherTabs = { readable: [], hidden: 0 };
  frame = 0;
  frameOfSelection = () => Promise.resolve(this.frame);
  otherTabs = () => Promise.resolve(this.tabs);
  requestAllSites = () => {
    this.tabs = { readable: [...this.tabs.readable, { tabId: 9, url: 'https://a.example/', title: 'A' }], hidden: 0 };
    return Promise.resolve(true);
  };
  showTab = (tabId: number) => {
    this.shownTabs.push(tabId);
    return Promise.resolve();
  };
  actions: readonly QuickAction[] = [];
  onQuickActions = (listener: (actions: readonly QuickAction[]) => void) => {
    listener(this.actions);
    return () => undefined;
  };
  smallestComposingBytes = 250e6;
  openLink = (url: string) => {
    this.opened.push(url);
    return Promise.resolve();
  };
}
