// Tells a screen reader what has happened, sentence by sentence, without moving its cursor.
import { useEffect, useRef, useState } from 'preact/hooks';
import { announcement } from './announcement.ts';
import { runOf, type View } from './view.ts';

/** Give it one `key` per tab: switching tabs is no news. */
export function Announcer({ view, notice }: { view: View; notice: string }) {
  const before = useRef(view);
  const [said, setSaid] = useState('');

  useEffect(() => {
    const text = announcement(before.current, view);
    before.current = view;
    if (text) setSaid(text);
  }, [view]);

  return (
    <div class="visually-hidden">
      <p role="status" lang={runOf(view)?.task.article.language || undefined}>
        {said}
      </p>
      <p role="status">{notice}</p>
    </div>
  );
}
