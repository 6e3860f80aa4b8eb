// What the rewrite card knows and does: the reader's earlier choices, the work on the text, and how the changes get back to the page.
import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { isAbort, toWire } from '../lib/errors.ts';
import type { RewriteChoices, RewritePlatform } from '../lib/platform/rewrite.ts';
import type { ResultUse, RewriteOrder } from '../lib/protocol.ts';
import { nextRewrite, type RewriteView } from './rewrite-view.ts';

export interface Rewriting {
  view: RewriteView;
  /** Null until they are read. */
  choices: RewriteChoices | null;
  /** False where, or while it is not known whether, free rewriting needs another model first. */
  composes: boolean;
  /** Back to the list of actions; ends what runs. */
  chooseAnew: () => void;
  instruct: () => void;
  /** `keep`: the instruction is to be offered from now on. */
  begin: (order: RewriteOrder, keep?: boolean) => void;
  /** The same once more, made anew. */
  beginAgain: (order: RewriteOrder) => void;
  forget: (instruction: string) => void;
  take: (index: number, taken: boolean) => void;
}

const START: RewriteView = { kind: 'choosing' };
/** More would not be looked through. */
const MOST_INSTRUCTIONS = 12;

export function useRewrite(platform: RewritePlatform, text: string): Rewriting {
  const [view, dispatch] = useReducer(nextRewrite, START);
  const [choices, setChoices] = useState<RewriteChoices | null>(null);
  const [composes, setComposes] = useState(false);
  const running = useRef<AbortController | null>(null);

  useEffect(() => {
    void platform.loadChoices().then(setChoices);
    // Where the engine does not answer, the order that needs it says why.
    void platform.composes().then(setComposes, () => undefined);
    return () => running.current?.abort();
  }, [platform]);

  const run = useCallback(
    async (order: RewriteOrder, use: ResultUse) => {
      running.current?.abort();
      const { signal } = (running.current = new AbortController());
      dispatch({ kind: 'begin', order });
      try {
        for await (const event of platform.rewrite(text, order, use, signal)) {
          if (signal.aborted) return;
          dispatch({ kind: 'event', event });
        }
      } catch (error) {
        // Whoever has aborted it has said what is shown instead.
        if (!signal.aborted && !isAbort(error)) dispatch({ kind: 'end', error: toWire(error) });
      }
    },
    [platform, text],
  );

  const keepInstructions = useCallback(
    (instructions: readonly string[]) => {
      setChoices((before) => before && { ...before, instructions });
      void platform.saveInstructions(instructions);
    },
    [platform],
  );

  const kept = choices?.instructions ?? [];
  return {
    view,
    choices,
    composes,
    chooseAnew: () => {
      running.current?.abort();
      dispatch({ kind: 'choose' });
    },
    instruct: () => dispatch({ kind: 'instruct' }),
    begin: (order, keep = false) => {
      setChoices((before) => before && { ...before, last: order });
      void platform.saveLast(order);
      const { instruction } = order;
      if (keep) {
        keepInstructions([instruction, ...kept.filter((each) => each !== instruction)].slice(0, MOST_INSTRUCTIONS));
      }
      void run(order, 'reuse');
    },
    beginAgain: (order) => void run(order, 'renew'),
    forget: (instruction) => keepInstructions(kept.filter((each) => each !== instruction)),
    take: (index, taken) => dispatch({ kind: 'take', index, taken }),
  };
}
