// What the reader can ask of the panel, as tasks: the page, a selection, pasted text, again, written by the model.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import type { Article, SummarizeTask } from '../lib/protocol.ts';
import type { Choice } from './Controls.tsx';
import { useTask, type Tasks } from './use-task.ts';
import type { Run, Subject } from './view.ts';

export interface Summaries {
  tasks: Tasks;
  choice: Choice;
  setChoice(choice: Choice): void;
  /** Reads the subject afresh (where it lies in a page) and summarizes it by the current choice. */
  summarize(tabId: number, subject: Subject): void;
  /** The same text and choice once more, this time written by the model although it makes mistakes. */
  compose(tabId: number, run: Run): void;
}

/** Starts what menus and shortcuts ask for, too. `tabId` is the tab in front, null while unknown. */
export function useSummaries(platform: PanelPlatform, tabId: number | null): Summaries {
  const tasks = useTask(platform.engine);
  const [choice, setChoice] = useState<Choice>({ type: 'key-points', length: 'medium' });
  const latestChoice = useRef(choice);
  latestChoice.current = choice;
  const { start, attach } = tasks;

  const summarize = useCallback(
    (tab: number, subject: Subject) => {
      const taskOf = (article: Article): SummarizeTask => ({
        kind: 'summarize',
        article,
        ...latestChoice.current,
        compose: 'automatic',
      });
      start(tab, subject, () =>
        subject.scope === 'pasted' ? taskOf(subject.article) : readArticle(platform, tab, subject).then(taskOf),
      );
    },
    [platform, start],
  );

  const compose = useCallback(
    (tab: number, run: Run) => start(tab, run.subject, () => ({ ...run.task, compose: 'requested' })),
    [start],
  );

  const takeIntent = useCallback(
    async (tab: number) => {
      const intent = await platform.takeIntent(tab);
      if (!intent) return attach(tab);
      const { scope, frameId, selection } = intent;
      summarize(tab, scope === 'page' ? { scope } : { scope, frameId, captured: selection });
    },
    [platform, summarize, attach],
  );

  useEffect(() => platform.onIntent((tab) => void takeIntent(tab)), [platform, takeIntent]);
  useEffect(() => {
    if (tabId !== null) void takeIntent(tabId);
  }, [tabId, takeIntent]);

  return { tasks, choice, setChoice, summarize, compose };
}

/** A selection that its frame can no longer tell is taken as it was captured at the gesture. */
async function readArticle(
  platform: PanelPlatform,
  tabId: number,
  subject: Exclude<Subject, { scope: 'pasted' }>,
): Promise<Article> {
  if (subject.scope === 'page') return platform.getArticle(tabId, 'page');
  try {
    return await platform.getArticle(tabId, 'selection', subject.frameId);
  } catch (error) {
    if (subject.captured) return subject.captured;
    throw error;
  }
}
