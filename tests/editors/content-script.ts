// lib/page/editable in a content script of its own, where it runs in the product, too: the page's scripts are elsewhere, and the card has
// the focus meanwhile. Tests ask it by events of the document, texts only.
import { aroundFrames } from '../../lib/page/card/around-frames.ts';
import { openCard, type Card } from '../../lib/page/card/card.ts';
import { captureEditable } from '../../lib/page/editable/capture.ts';
import { shadowTreeOf } from '../../lib/platform/shadow-tree.ts';
import type { EditTarget, TextEdit } from '../../lib/page/editable/target.ts';

export interface Asked {
  capture: () => { text: string; scope: string } | null;
  losesFormatting: (edits: TextEdit[]) => boolean;
  stepsOf: (edits: TextEdit[]) => number;
  apply: (edits: TextEdit[]) => Promise<string>;
}

const browser = import.meta.env.FIREFOX ? 'firefox' : 'chromium';
let target: EditTarget | null = null;
let card: Card;

const answers: Asked = {
  capture() {
    target = captureEditable(document, browser, shadowTreeOf);
    if (!target) return null;
    openCardBeside(target);
    return { text: target.text, scope: target.scope };
  },
  losesFormatting: (edits) => target!.losesFormatting(edits),
  stepsOf: (edits) => target!.stepsOf(edits),
  async apply(edits) {
    const result = await card.stayDuring(target!.apply(edits));
    card.leave();
    return result;
  },
};

function openCardBeside({ anchor }: EditTarget): void {
  const around = aroundFrames(document, anchor);
  card = openCard(around.document, around.anchor, { css: '', language: 'en', onClose: () => undefined });
  const button = document.createElement('button');
  card.content.append(button);
  button.focus();
}

document.addEventListener('editable-ask', (event) => {
  const { name, args } = JSON.parse((event as CustomEvent<string>).detail) as { name: keyof Asked; args: [never] };
  void Promise.resolve()
    .then((): unknown => answers[name](...args))
    .then(
      (value) => ({ value }),
      (error: unknown) => ({ error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) }),
    )
    .then((answer) => document.dispatchEvent(new CustomEvent('editable-answer', { detail: JSON.stringify(answer) })));
});
