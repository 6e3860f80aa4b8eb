// What every card in a page has: its title, a way out, its keys at the foot. lib/page/card is the frame around it.
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';

interface Props {
  /** The action: "Translation". */
  title: string;
  /** What the Enter key does where no control has the focus; absent while there is nothing to do. */
  enter?: CardKey;
  /** More keys, by `KeyboardEvent.key` in lower case. A control that has the focus keeps all but the letters. */
  keys?: Record<string, CardKey>;
  /** Changes where what has the focus may have gone: the card takes it again. */
  step?: string;
  /** Back to what the card showed before. */
  onBack?: () => void;
  onClose: () => void;
  children: ComponentChildren;
}

export interface CardKey {
  /** As at the foot of the card: "applies". '' for a key that is not named there. */
  label: string;
  act: () => void;
}

const BUTTONS = 'button, select, summary';

/** Takes the focus when it appears. Esc is the frame's. */
export function CardDialog({ title, enter, keys = {}, step = '', onBack, onClose, children }: Props) {
  const dialog = useRef<HTMLElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const { activeElement } = dialog.current!.getRootNode() as Document | ShadowRoot;
    if (!dialog.current!.contains(activeElement)) dialog.current!.focus({ preventScroll: true });
  }, [step]);

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as Element;
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    if (event.ctrlKey || event.altKey || event.metaKey || target.matches('textarea')) return;
    const key = event.key.toLowerCase();
    const pressed = key === 'enter' ? enter : keys[key];
    // A field to tick has no use for Enter; letters are nobody's.
    const kept = key === 'enter' ? BUTTONS : /^\p{L}$/u.test(key) ? 'select' : `${BUTTONS}, input`;
    if (!pressed || target.closest(kept)) return;
    event.preventDefault();
    pressed.act();
  };
  return (
    <section ref={dialog} class="card" role="dialog" aria-labelledby={titleId} tabIndex={-1} onKeyDown={onKeyDown}>
      <header class="card-head">
        {onBack && (
          <button type="button" class="card-back" aria-label={t('back')} onClick={onBack}>
            ‹
          </button>
        )}
        <h2 id={titleId} dir="auto">
          {title}
        </h2>
        <button type="button" class="card-close" aria-label={t('close')} onClick={onClose}>
          ×
        </button>
      </header>
      {children}
      <p class="card-keys">
        {enter && <Key name="Enter" label={enter.label} />}
        {Object.entries(keys).map(
          ([key, { label }]) => label && <Key key={key} name={NAMES[key] ?? key.toUpperCase()} label={label} />,
        )}
        <span>
          <kbd>Esc</kbd> {t('keyLeave')}
        </span>
      </p>
    </section>
  );
}

/** As keyboards show them; letters stand for themselves. */
const NAMES: Record<string, string | undefined> = { ' ': 'Space', arrowright: '← →' };

function Key({ name, label }: { name: string; label: string }) {
  return (
    <span>
      <kbd>{name}</kbd> {label} ·{' '}
    </span>
  );
}
