// The cards, with a translation or a rewriting in them, bundled for a page's isolated world: what the reader does is written down in `calls`.
import { render } from 'preact';
import { CARD_CSS } from '../../../components/card-style.ts';
import { RewriteInPage } from '../../../components/RewriteInPage.tsx';
import { TranslationCard, type CardState } from '../../../components/TranslationCard.tsx';
import { Channel } from '../../../lib/engine/channel.ts';
import { AppError, type ErrorCode } from '../../../lib/errors.ts';
import { anchorInView, anchorOfSelection } from '../../../lib/page/card/anchor.ts';
import { openCard, type Card } from '../../../lib/page/card/card.ts';
import { copyText } from '../../../lib/page/copy-text.ts';
import { captureEditable } from '../../../lib/page/editable/capture.ts';
import { foreignFrameInFocus } from '../../../lib/page/editable/foreign-frame.ts';
import type { RewritePlatform } from '../../../lib/platform/rewrite.ts';
import type { RewriteOrder, TaskEvent } from '../../../lib/protocol.ts';

export const calls: string[] = [];
let card: Card;
let editable = false;
/** What the engine says next to the rewrite card: tests push it, one answer per order. */
let engine = new Channel<TaskEvent>();

/** Beside what is selected in the page now. */
export function open(state: CardState, inField = false): void {
  const anchor = anchorOfSelection(document);
  if (!anchor) throw new Error('nothing is selected');
  editable = inField;
  card = openCard(document, anchor, {
    css: CARD_CSS,
    language: 'en',
    onClose: (reason) => calls.push(`closed ${reason}`),
  });
  show(state);
}

export function show(state: CardState): void {
  const call = (name: string) => (value?: unknown) =>
    void calls.push([name, ...(typeof value === 'string' ? [value] : [])].join(' '));
  render(
    <TranslationCard
      state={state}
      from="en"
      to="pt"
      languages={['de', 'en', 'pt']}
      modelBytes={null}
      onOpenOptions={call('options')}
      editable={editable}
      onSource={call('source')}
      onTarget={call('target')}
      onSwap={call('swap')}
      onCopy={(text) => {
        call('copy')(text);
        return Promise.resolve(true);
      }}
      onReplace={call('replace')}
      onSendToPanel={call('panel')}
      onDownload={call('download')}
      onPause={call('pause')}
      onAgain={call('again')}
      onClose={() => card.close()}
    />,
    card.content,
  );
}

export interface RewriteSetup {
  last?: RewriteOrder;
  instructions?: string[];
  composes?: boolean;
  /** Of the context menu. */
  instruction?: string;
}

/** Of what is written or selected in the page now. */
export function openRewrite({ last, instructions = [], composes = false, instruction = '' }: RewriteSetup = {}): void {
  const target = captureEditable(document, 'chromium');
  const text = target?.text ?? document.getSelection()!.toString();
  card = openCard(document, target?.anchor ?? anchorOfSelection(document) ?? anchorInView(document), {
    css: CARD_CSS,
    language: 'en',
    onClose: (reason) => calls.push(`closed ${reason}`),
  });
  const platform: RewritePlatform = {
    loadChoices: () =>
      Promise.resolve({ last: last ?? { action: 'fix-grammar', instruction: '' }, instructions: [...instructions] }),
    saveLast: ({ action }) => Promise.resolve(void calls.push(`last ${action}`)),
    saveInstructions: (kept) => Promise.resolve(void calls.push(`kept ${kept.join(' | ')}`)),
    composes: () => Promise.resolve(composes),
    smallestComposingBytes: 253_000_000,
    async *rewrite(_, { action, instruction }, use, signal) {
      calls.push([use === 'renew' ? 'rewrite again' : 'rewrite', action, instruction].join(' ').trim());
      const answers = (engine = new Channel<TaskEvent>());
      signal.addEventListener('abort', () => {
        calls.push('aborted');
        answers.abort(new AppError('aborted'));
      });
      yield* answers;
    },
    openOptions: () => Promise.resolve(void calls.push('options')),
    openInPanel: (...shown) => Promise.resolve(void calls.push(`panel ${shown.join(' | ')}`)),
  };
  render(
    <RewriteInPage
      platform={platform}
      text={text}
      instruction={instruction}
      target={target}
      foreignFrame={target || text !== '' ? null : foreignFrameInFocus(document)}
      onCopy={(copied) => copyText(document, copied)}
      onApplied={() => card.leave()}
      onClose={() => card.close()}
    />,
    card.content,
  );
}

/** The engine answers the last order. */
export function answer(...events: TaskEvent[]): void {
  for (const event of events) engine.push(event);
}

export function fail(code: ErrorCode): void {
  engine.close(new AppError(code));
}

/** As it is read, '' where it is not there. */
export function text(selector: string): string {
  return card.content.querySelector<HTMLElement>(selector)?.innerText ?? '';
}

/** How a screen reader hears what matches: role, name, state. */
export function heard(selector: string): string[] {
  return [...card.content.querySelectorAll(selector)].map((element) =>
    [element.role ?? element.localName, element.ariaLabel ?? element.textContent, element.ariaChecked ?? '']
      .filter((part) => part !== '')
      .join(' | '),
  );
}

/** Of the card, or of what matches in it: in the page's window. */
export function box(selector?: string): { left: number; top: number; right: number; bottom: number } {
  const { left, top, right, bottom } = (selector ? find(selector) : card.content).getBoundingClientRect();
  const { x, y } = card.content.ownerDocument.defaultView!.frameElement?.getBoundingClientRect() ?? { x: 0, y: 0 };
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}

export function style(property: string, selector?: string): string {
  return getComputedStyle(selector ? find(selector) : card.content).getPropertyValue(property);
}

/** How each element of the card looks: all but where the card lies, and names that it does not use. */
export function looks(): string[] {
  const placing = /^(--.*|left|top|right|bottom|inset-.*|.*-origin|zoom)$/;
  const { frameElement } = card.content.ownerDocument.defaultView!;
  const around = frameElement ? [frameElement.parentElement!, frameElement] : [];
  return [...around, card.content, ...card.content.querySelectorAll('*')].map((element) => {
    const computed = getComputedStyle(element);
    const rules = [...computed]
      .filter((name) => !placing.test(name))
      .map((name) => `${name}: ${computed.getPropertyValue(name)}`);
    return `${element.className || element.localName} { ${rules.join('; ')} }`;
  });
}

/** What has the focus in the card, '' where nothing has. */
export function focused(): string {
  const active = (card.content.getRootNode() as Document | ShadowRoot).activeElement;
  if (!active) return '';
  return active.role === 'menuitem' ? active.textContent : (active.ariaLabel ?? active.className) || active.textContent;
}

function find(selector: string): Element {
  const found = card.content.querySelector(selector);
  if (!found) throw new Error(`no ${selector} in: ${card.content.textContent}`);
  return found;
}
