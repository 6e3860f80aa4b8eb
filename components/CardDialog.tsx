// What every card in a page has: its title, a way out, its keys at the foot. lib/page/card is the frame around it.
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';

interface Props {
  /** The action: "Translation". */
  title: string;
  /** What the Enter key does where no control has the focus; absent while there is nothing to do. */
  enter?: { label: string; act: () => void };
  onClose: () => void;
  children: ComponentChildren;
}

/** Takes the focus when it appears. Esc is the frame's. */
export function CardDialog({ title, enter, onClose, children }: Props) {
  const dialog = useRef<HTMLElement>(null);
  const titleId = useId();
  useLayoutEffect(() => dialog.current?.focus({ preventScroll: true }), []);

  const onKeyDown = (event: KeyboardEvent) => {
    const control = (event.target as Element).closest('button, select, summary');
    if (event.key !== 'Enter' || event.isComposing || event.repeat || control || !enter) return;
    event.preventDefault();
    enter.act();
  };
  return (
    <section ref={dialog} class="card" role="dialog" aria-labelledby={titleId} tabIndex={-1} onKeyDown={onKeyDown}>
      <header class="card-head">
        <h2 id={titleId}>{title}</h2>
        <button type="button" class="card-close" aria-label={t('close')} onClick={onClose}>
          ×
        </button>
      </header>
      {children}
      <p class="card-keys">
        {enter && (
          <>
            <kbd>Enter</kbd> {enter.label} ·{' '}
          </>
        )}
        <kbd>Esc</kbd> {t('keyLeave')}
      </p>
    </section>
  );
}
