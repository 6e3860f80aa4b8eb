// The one hook that runs tasks: each tab has its own view, which lives as long as the panel does; the host keeps the job longer.
import { useCallback, useReducer, useRef } from 'preact/hooks';
import type { JobEngine } from '../lib/engine/engine.ts';
import { toWire } from '../lib/errors.ts';
import type { SummarizeTask, TaskEvent } from '../lib/protocol.ts';
import { EMPTY, next, subjectOf, type Action, type Subject, type View } from './view.ts';

export interface Tasks {
  viewOf: (tabId: number) => View;
  /** Ends what runs in that tab and starts anew. `load` gives the task, at once or after reading the page; what it throws is shown. */
  start: (tabId: number, subject: Subject, load: () => SummarizeTask | Promise<SummarizeTask>) => void;
  /** Shows the tab's running or recent job, where the panel shows nothing of that tab yet. */
  attach: (tabId: number) => void;
  /** What there is stays. */
  stop: (tabId: number) => void;
  /** Back to nothing. */
  clear: (tabId: number) => void;
}

type Views = ReadonlyMap<number, View>;
type Say = (action: Action) => void;

export function useTask(engineOf: (tabId: number) => JobEngine): Tasks {
  const [views, dispatch] = useReducer(nextViews, new Map());
  const running = useRef(new Map<number, AbortController>());
  const seen = useRef(new Set<number>());

  /** Makes `work` the only thing that speaks for the tab; what it throws becomes the view. */
  const occupy = useCallback(async (tabId: number, work: (say: Say, signal: AbortSignal) => Promise<void>) => {
    running.current.get(tabId)?.abort();
    seen.current.add(tabId);
    const controller = new AbortController();
    running.current.set(tabId, controller);
    const say: Say = (action) => {
      if (running.current.get(tabId) === controller) dispatch({ tabId, action });
    };
    try {
      await work(say, controller.signal);
    } catch (error) {
      say({ kind: 'end', error: toWire(error) });
    } finally {
      if (running.current.get(tabId) === controller) running.current.delete(tabId);
    }
  }, []);

  const start = useCallback(
    (tabId: number, subject: Subject, load: () => SummarizeTask | Promise<SummarizeTask>) =>
      void occupy(tabId, async (say, signal) => {
        const loading = load();
        if (loading instanceof Promise) say({ kind: 'read', subject });
        const task = await loading;
        if (signal.aborted) return;
        say({ kind: 'begin', subject, task });
        await follow(engineOf(tabId).run(task, signal), say);
      }),
    [engineOf, occupy],
  );

  const attach = useCallback(
    (tabId: number) => {
      if (seen.current.has(tabId)) return;
      void occupy(tabId, async (say, signal) => {
        const job = await engineOf(tabId).attach('summarize', signal);
        if (!job) return;
        say({ kind: 'begin', subject: subjectOf(job.task.article), task: job.task });
        await follow(job.events, say);
      });
    },
    [engineOf, occupy],
  );

  // Said at once, not when the engine has wound down: what the reader stops has stopped.
  const leave = useCallback((tabId: number, action: Action) => {
    running.current.get(tabId)?.abort();
    running.current.delete(tabId);
    dispatch({ tabId, action });
  }, []);
  const stop = useCallback(
    (tabId: number) => leave(tabId, { kind: 'end', error: { code: 'aborted', detail: '' } }),
    [leave],
  );
  const clear = useCallback((tabId: number) => leave(tabId, { kind: 'clear' }), [leave]);

  const viewOf = useCallback((tabId: number) => views.get(tabId) ?? EMPTY, [views]);
  return { viewOf, start, attach, stop, clear };
}

async function follow(events: AsyncIterable<TaskEvent>, say: Say): Promise<void> {
  for await (const event of events) say({ kind: 'event', event });
}

function nextViews(views: Views, { tabId, action }: { tabId: number; action: Action }): Views {
  const before = views.get(tabId) ?? EMPTY;
  const after = next(before, action);
  return after === before ? views : new Map(views).set(tabId, after);
}
