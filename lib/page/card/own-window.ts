// The card's own window: a frame in its closed tree. What is typed in there no listener of the page hears, not even of its window, which
// hears all other keys before anybody else; no list of frames names it, and no policy for frames is asked.
import { adoptStyle } from './sheet.ts';

const HTML = 'http://www.w3.org/1999/xhtml';

export interface Windows {
  /** The content is in this window now. */
  onEnter: (view: Window) => void;
  /** The page has moved the card, and with that ended its window. */
  onLost: () => void;
}

/**
 * Puts `content` into a window within `box`, as high as the content is. Where a page is sandboxed so that all its frames are strangers to
 * it, `content` comes into the box itself.
 */
export function giveWindow(box: HTMLElement, content: HTMLElement, css: string, { onEnter, onLost }: Windows): void {
  const frame = box.ownerDocument.createElementNS(HTML, 'iframe') as HTMLIFrameElement;
  frame.title = 'Inkling';
  const enter = (): void => {
    const inner = frame.contentDocument;
    if (!inner) return frame.replaceWith(content);
    if (inner === content.ownerDocument) return;
    const { activeElement } = content.ownerDocument;
    const view = inner.defaultView!;
    inner.documentElement.lang = content.lang;
    inner.documentElement.dataset.inklingCard = ''; // for ../selection-focus.ts, which is asked in every frame
    adoptStyle(inner, css);
    inner.body.append(content);
    const fit = (): void => void (frame.style.height = `${content.getBoundingClientRect().height}px`);
    new view.ResizeObserver(fit).observe(content);
    if (activeElement && content.contains(activeElement)) (activeElement as HTMLElement).focus();
    onEnter(view);
  };
  let loads = 0;
  // Firefox before 148 loads some time after the frame has come, and puts another document in place of the first.
  frame.addEventListener('load', () => (loads++ === 0 ? enter() : onLost()));
  box.append(frame);
  enter();
}
