// The reader says in words what should become of the text. Enter sends, Shift+Enter breaks the line.
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';

interface Props {
  /** What was said last. */
  initial: string;
  /** `keep`: to be offered from now on. */
  onSend: (instruction: string, keep: boolean) => void;
}

const MAX_CHARACTERS = 2000;

export function RewriteInstruction({ initial, onSend }: Props) {
  const [text, setText] = useState(initial);
  const [keep, setKeep] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);

  const said = text.trim();
  const send = (event: Event) => {
    event.preventDefault();
    if (said !== '') onSend(said, keep);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
  };
  return (
    <form class="rewrite-instruction" onSubmit={send}>
      <label for={id}>{t('instructionLabel')}</label>
      <textarea
        ref={field}
        id={id}
        rows={2}
        dir="auto"
        maxLength={MAX_CHARACTERS}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <label class="check">
        <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
        {t('keepInstruction')}
      </label>
      <button type="submit" class="primary" disabled={said === ''}>
        {t('rewrite')}
      </button>
    </form>
  );
}
