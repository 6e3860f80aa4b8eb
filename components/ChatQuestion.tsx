// The field for a question: it grows to five lines; Enter asks, Shift+Enter breaks the line, Esc stops or leaves an edit.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';

interface Props {
  text: string;
  /** Of the turn that the question will replace; '' where it is a new one. */
  editing: string;
  busy: boolean;
  /** No page to ask about. */
  disabled: boolean;
  onText: (text: string) => void;
  onAsk: () => void;
  onStop: () => void;
  onLeaveEdit: () => void;
}

export function ChatQuestion({ text, editing, busy, disabled, onText, onAsk, onStop, onLeaveEdit }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const empty = text.trim() === '';

  // As high as its text: style sheet rules set the least and the most. (`field-sizing` is not in Firefox.)
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${element.scrollHeight + element.offsetHeight - element.clientHeight}px`;
  }, [text]);
  useEffect(() => {
    if (editing) field.current?.focus();
  }, [editing]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && editing && !busy) onLeaveEdit();
    // While an input method composes, Enter takes its suggestion.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!empty && !disabled) onAsk();
  };

  return (
    <form
      class="ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty) onAsk();
      }}
    >
      {editing && (
        <p class="editing">
          <span>{t('insteadOfQuestion', editing)}</span>
          <button type="button" class="link" onClick={onLeaveEdit}>
            {t('cancel')}
          </button>
        </p>
      )}
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        aria-label={t('yourQuestion')}
        placeholder={t('yourQuestion')}
        value={text}
        disabled={disabled}
        onInput={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {busy ? (
        <button type="button" class="main-action" onClick={onStop} aria-keyshortcuts="Escape">
          {t('stop')} <kbd>Esc</kbd>
        </button>
      ) : (
        <button type="submit" class="main-action primary" disabled={disabled || empty}>
          {t('ask')}
        </button>
      )}
    </form>
  );
}
