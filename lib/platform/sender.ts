// Who sent a message. Every listener asks here first; what cannot be told for sure is refused.
// `sender.id` alone proves nothing: a content script in a taken-over renderer has it too.
import { browser } from 'wxt/browser';

export type SenderClass =
  /** The panel, the background or the engine's host. */
  | 'extension'
  /** Inkling's own script in a visited page: its words are those of the page. */
  | 'content-script';

/** The parts of a MessageSender that are read. Firefox sets no `origin`. */
export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  origin?: string | undefined;
  tab?: { id?: number | undefined; windowId?: number | undefined } | undefined;
}

/** The sender's class; null where it is neither, or where what it says of itself does not agree. */
export function classifySender(sender: Sender): SenderClass | null {
  if (sender.id !== browser.runtime.id || !sender.url) return null;
  const base = browser.runtime.getURL('/');
  if (sender.url.startsWith(base))
    return sender.origin === undefined || `${sender.origin}/` === base ? 'extension' : null;
  return sender.tab?.id !== undefined && sender.origin !== base.slice(0, -1) ? 'content-script' : null;
}
