// Inkling's script that shows a card beside a text, injected when the reader asks for one and not before. It only wires the cards to
// the text in the page, the engine and the requests for them.
import type { ComponentChild } from 'preact';
import { render } from 'preact';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { CARD_CSS } from '../components/card-style.ts';
import { RewriteInPage } from '../components/RewriteInPage.tsx';
import { SelectionTranslation } from '../components/SelectionTranslation.tsx';
import { AppError } from '../lib/errors.ts';
import { anchorInView, anchorOfSelection, type Anchor } from '../lib/page/card/anchor.ts';
import { aroundFrames } from '../lib/page/card/around-frames.ts';
import { openCard, type Card } from '../lib/page/card/card.ts';
import { isCard } from '../lib/page/card/frame.ts';
import { copyText } from '../lib/page/copy-text.ts';
import { captureEditable } from '../lib/page/editable/capture.ts';
import { foreignFrameInFocus } from '../lib/page/editable/foreign-frame.ts';
import { extractSelection } from '../lib/page/selection.ts';
import { cardLanguage, cardPlatform } from '../lib/platform/card.ts';
import { handle } from '../lib/platform/messaging.ts';
import { rewritePlatform } from '../lib/platform/rewrite.ts';
import { shadowTreeOf } from '../lib/platform/shadow-tree.ts';

declare global {
  /** Set in Inkling's isolated world of a frame where this script runs already. */
  var inklingCard: true | undefined;
}

export default defineUnlistedScript(() => {
  if (globalThis.inklingCard) return;
  globalThis.inklingCard = true;

  const translation = cardPlatform();
  const rewriting = rewritePlatform();
  const browser = import.meta.env.FIREFOX ? 'firefox' : 'chromium';
  const onCopy = (text: string) => copyText(document, text);
  let shown: Card | undefined;

  const show = (inFrame: Anchor, content: (card: Card) => ComponentChild): void => {
    const around = aroundFrames(document, inFrame);
    const card = (shown = openCard(around.document, around.anchor, {
      css: CARD_CSS,
      language: cardLanguage(),
      onClose: () => render(null, card.content),
    }));
    render(content(card), card.content);
  };

  // A frame that is left takes its script with it, not the page around it.
  addEventListener('pagehide', () => shown?.leave());

  handle('card', {
    translateSelection(fallback) {
      shown?.close();
      const selected = extractSelection(document, shadowTreeOf);
      const texts = selected?.blocks.map(({ text }) => text) ?? paragraphs(fallback);
      if (texts.length === 0) throw new AppError('no-content', 'nothing is selected');
      const captured = captureEditable(document, browser, treeOfPage);
      const target = captured?.scope === 'selection' ? captured : null;
      const anchor = target?.anchor ?? (selected && anchorOfSelection(document)) ?? anchorInView(document);
      show(anchor, (card) => (
        <SelectionTranslation
          platform={translation}
          texts={texts}
          onReplace={
            target
              ? (text) => card.stayDuring(target.apply([{ start: 0, end: target.text.length, replacement: text }]))
              : undefined
          }
          onReplaced={() => card.leave()}
          onCopy={onCopy}
          onClose={() => card.close()}
        />
      ));
    },
    rewriteText(fallback, instruction) {
      // Asked for once more, or by keys that were held too long: the text has the focus again.
      shown?.close();
      const target = captureEditable(document, browser, treeOfPage);
      const selected = target ? null : extractSelection(document, shadowTreeOf);
      const text = target?.text ?? (selected?.blocks.map((block) => block.text) ?? paragraphs(fallback)).join('\n');
      const anchor = target?.anchor ?? (selected && anchorOfSelection(document)) ?? anchorInView(document);
      show(anchor, (card) => (
        <RewriteInPage
          platform={rewriting}
          text={text}
          instruction={instruction}
          foreignFrame={target || selected ? null : foreignFrameInFocus(document)}
          target={target && { ...target, apply: (edits) => card.stayDuring(target.apply(edits)) }}
          onCopy={onCopy}
          onApplied={() => card.leave()}
          onClose={() => card.close()}
        />
      ));
    },
  });
});

/** A card's own fields are none of the page's. */
function treeOfPage(element: HTMLElement): ShadowRoot | null {
  return isCard(element) ? null : shadowTreeOf(element);
}

/** What the browser's menu says of a selection, where the page cannot be asked. */
function paragraphs(text: string): string[] {
  return text.trim() === '' ? [] : [text];
}
