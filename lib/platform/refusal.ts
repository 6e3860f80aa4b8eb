// Tells the reader why nothing appears in a page: by a mark on the toolbar button, and in the panel that the button opens.
// A page that lets no script in cannot be written into, and browsers open the panel only while they see a gesture.
import { browser } from 'wxt/browser';
import type { WireError } from '../errors.ts';
import { t } from './i18n.ts';
import { leaveIntent } from './intent.ts';
import { openPanel } from './panel-open.ts';

/** Chrome's gesture lasts until here; Firefox's does not, and the button is what is left. */
export async function tellRefusal(tabId: number, windowId: number, error: WireError): Promise<void> {
  await Promise.all([
    leaveIntent(tabId, { kind: 'refusal', error }),
    button().setBadgeText({ tabId, text: '!' }),
    button().setTitle({ tabId, title: `${t('extensionName')}: ${reason(error)}` }),
  ]);
  await openPanel(windowId).catch(() => undefined);
}

/** The next one has worked. A page that is left takes its mark with it. */
export async function clearRefusal(tabId: number): Promise<void> {
  await Promise.all([
    button().setBadgeText({ tabId, text: '' }),
    button().setTitle({ tabId, title: t('extensionName') }),
  ]);
}

function reason({ code }: WireError): string {
  switch (code) {
    case 'no-content':
      return t('noTextSelected');
    case 'permission-needed':
      return t('permissionNeeded');
    case 'restricted-page':
      return t('restrictedPage');
    default:
      return t('stalePage');
  }
}

function button() {
  return import.meta.env.FIREFOX ? browser.browserAction : browser.action;
}
