// Inkling's script that shows a card beside a selection, injected when the reader asks for one and not before. It only wires the card
// to the selection, the engine and the requests for it.
import { render } from 'preact';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { CARD_CSS } from '../components/card-style.ts';
import { SelectionTranslation } from '../components/SelectionTranslation.tsx';
import { AppError } from '../lib/errors.ts';
import { anchorInView, anchorOfSelection } from '../lib/page/card/anchor.ts';
import { openCard } from '../lib/page/card/card.ts';
import type { Card } from '../lib/page/card/card.ts';
import { fieldSelection, replaceInField } from '../lib/page/field-text.ts';
import { extractSelection, focusedField } from '../lib/page/selection.ts';
import { cardLanguage, cardPlatform } from '../lib/platform/card.ts';
import { handle } from '../lib/platform/messaging.ts';

declare global {
  /** Set in Inkling's isolated world of a frame where this script runs already. */
  var inklingCard: true | undefined;
}

export default defineUnlistedScript(() => {
  if (globalThis.inklingCard) return;
  globalThis.inklingCard = true;

  const platform = cardPlatform();
  let card: Card | undefined;

  handle('card', {
    translateSelection(fallback) {
      const selected = extractSelection(document);
      const texts = selected?.blocks.map(({ text }) => text) ?? [fallback].filter((text) => text.trim() !== '');
      if (texts.length === 0) throw new AppError('no-content', 'nothing is selected');
      const field = focusedField(document);
      const written = field && fieldSelection(field);
      const anchor = (selected && anchorOfSelection(document)) ?? anchorInView(document);
      card?.close();
      const opened = (card = openCard(document, anchor, {
        css: CARD_CSS,
        language: cardLanguage(),
        onClose: () => render(null, opened.content),
      }));
      const replace = (text: string) => {
        opened.close();
        if (written) replaceInField(written, text);
      };
      render(
        <SelectionTranslation
          platform={platform}
          texts={texts}
          onReplace={written ? replace : undefined}
          onClose={() => opened.close()}
        />,
        opened.content,
      );
    },
  });
});
