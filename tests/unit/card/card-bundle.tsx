// The card with the translation in it, bundled for a page's isolated world: what the reader does is written down in `calls`.
import { render } from 'preact';
import { CARD_CSS } from '../../../components/card-style.ts';
import { TranslationCard, type CardState } from '../../../components/TranslationCard.tsx';
import { anchorOfSelection } from '../../../lib/page/card/anchor.ts';
import { openCard, type Card } from '../../../lib/page/card/card.ts';

export const calls: string[] = [];
let card: Card;
let editable = false;

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
      editable={editable}
      onSource={call('source')}
      onTarget={call('target')}
      onSwap={call('swap')}
      onCopy={(text) => Promise.resolve(text).then(call('copy'))}
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

/** Of the card, or of what matches in it. */
export function box(selector?: string): { left: number; top: number; right: number; bottom: number } {
  return (selector ? find(selector) : card.content).getBoundingClientRect().toJSON() as DOMRect;
}

export function style(property: string, selector?: string): string {
  return getComputedStyle(selector ? find(selector) : card.content).getPropertyValue(property);
}

/** How each element of the card looks: all but where the card lies, and names that it does not use. */
export function looks(): string[] {
  const placing = /^(--.*|left|top|right|bottom|inset-.*|.*-origin|zoom)$/;
  return [card.content, ...card.content.querySelectorAll('*')].map((element) => {
    const computed = getComputedStyle(element);
    const rules = [...computed]
      .filter((name) => !placing.test(name))
      .map((name) => `${name}: ${computed.getPropertyValue(name)}`);
    return `${element.className || element.localName} { ${rules.join('; ')} }`;
  });
}

/** What has the focus in the card, '' where nothing has. */
export function focused(): string {
  const active = (card.content.getRootNode() as ShadowRoot).activeElement;
  return active ? (active.ariaLabel ?? active.className) || active.textContent : '';
}

function find(selector: string): Element {
  const found = card.content.querySelector(selector);
  if (!found) throw new Error(`no ${selector} in: ${card.content.textContent}`);
  return found;
}
