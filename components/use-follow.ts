// Keeps the end of a growing text in view once the reader has gone there, and tells when new text waits below.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Within this distance of the end the reader counts as being there. */
const SLACK_PX = 24;

export interface Follow {
  /** Goes on the element that scrolls. */
  scroller: { current: HTMLElement | null };
  /** New text has come in below what is in view. */
  behind: boolean;
  toEnd: () => void;
}

/** `growth` changes whenever text is added at the end. */
export function useFollow(growth: number): Follow {
  const scroller = useRef<HTMLElement | null>(null);
  const atEnd = useRef(true);
  const grownTo = useRef(growth);
  const [behind, setBehind] = useState(false);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      atEnd.current = isAtEnd(element);
      if (atEnd.current) setBehind(false);
    };
    element.addEventListener('scroll', look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    const grew = growth > grownTo.current;
    grownTo.current = growth;
    if (!element) return;
    if (!grew) {
      atEnd.current = isAtEnd(element);
      if (atEnd.current) setBehind(false);
    } else if (atEnd.current) element.scrollTop = element.scrollHeight;
    else setBehind(!isWhole(element));
  }, [growth]);

  // What comes may be shorter than what it takes the place of.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (behind && element && (isAtEnd(element) || isWhole(element))) setBehind(false);
  });

  const toEnd = () => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
  };
  return { scroller, behind, toEnd };
}

/** A text that fits has no end to go to: a reader at its top stays there when it grows. */
function isAtEnd(element: HTMLElement): boolean {
  return element.scrollTop > 0 && element.scrollHeight - element.scrollTop - element.clientHeight <= SLACK_PX;
}

function isWhole(element: HTMLElement): boolean {
  return element.scrollHeight - element.clientHeight <= SLACK_PX;
}
