// Tells the reader why nothing appears in a page: by a mark on the toolbar button, and in the panel that the button opens.
// Browsers open the panel only in the turn of the gesture, and why a page is closed is known later.
import { browser } from 'wxt/browser';
import type { WireError } from '../errors.ts';
import { t } from './i18n.ts';
import { leaveIntent } from './intent.ts';

/** The reason waits in the panel, wherever that is opened from. */
export async function tellRefusal(tabId: number, error: WireError): Promise<void> {
  await Promise.all([
    leaveIntent(tabId, { kind: 'refusal', error }),
    button().setBadgeText({ tabId, text: '!' }),
    button().setTitle({ tabId, title: `${t('extensionName')}: ${reason(error)}` }),
  ]);
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
