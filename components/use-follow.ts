// Keeps the end of a growing text in view while the reader is at the end, and tells when new text waits below.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Within this distance of the end the reader counts as being there. */
const SLACK_PX = 24;

export interface Follow {
  /** Goes on the element that scrolls. */
  scroller: { current: HTMLElement | null };
  /** New text has come in below what is in view. */
  behind: boolean;
  toEnd(): void;
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
      atEnd.current = distanceToEnd(element) <= SLACK_PX;
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
      atEnd.current = distanceToEnd(element) <= SLACK_PX;
      if (atEnd.current) setBehind(false);
    } else if (atEnd.current) element.scrollTop = element.scrollHeight;
    else setBehind(true);
  }, [growth]);

  const toEnd = () => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
  };
  return { scroller, behind, toEnd };
}

function distanceToEnd(element: HTMLElement): number {
  return element.scrollHeight - element.scrollTop - element.clientHeight;
}
