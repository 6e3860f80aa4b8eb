// What the reader can ask of the panel, as tasks: the page, a selection, pasted text, again, written by the model.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { fromWire } from '../lib/errors.ts';
import type { PanelPlatform } from '../lib/platform/panel.ts';
import { DEFAULT_SETTINGS, type Settings } from '../lib/platform/settings.ts';
import type { Article } from '../lib/article.ts';
import type { ResultUse, SummarizeTask } from '../lib/protocol.ts';
import type { Intent } from '../lib/requests.ts';
import type { Choice } from './Controls.tsx';
import { useTask, type Tasks } from './use-task.ts';
import type { Run, Subject } from './view.ts';

export interface Summaries {
  tasks: Tasks;
  choice: Choice;
  setChoice: (choice: Choice) => void;
  /** Reads the subject afresh (where it lies in a page) and summarizes it by the current choice. */
  summarize: (tabId: number, subject: Subject, results?: ResultUse) => void;
  /** The same text once more, by the current choice, this time written by the model although it makes mistakes. */
  compose: (tabId: number, run: Run, results?: ResultUse) => void;
}

/**
 * Starts what menus and shortcuts ask for, too, and tells which part of the panel that is about. `tabId` is the tab in front, null
 * while unknown.
 */
export function useSummaries(
  platform: PanelPlatform,
  tabId: number | null,
  onIntent: (intent: Intent, tabId: number) => void,
): Summaries {
  const tasks = useTask(useCallback((tab: number) => platform.engine(tab), [platform]));
  const [choice, setChoice, latestChoice] = useChoice(platform);
  const { start, attach } = tasks;

  const summarize = useCallback(
    (tab: number, subject: Subject, results: ResultUse = 'reuse') => {
      const read = async (): Promise<SummarizeTask> => {
        const [article, latest] = await Promise.all([readArticle(platform, tab, subject), latestChoice()]);
        return { kind: 'summarize', article, ...latest, compose: 'automatic', results };
      };
      start(tab, subject, read);
    },
    [platform, start, latestChoice],
  );

  const compose = useCallback(
    (tab: number, run: Run, results: ResultUse = 'reuse') => {
      start(tab, run.subject, () => ({ ...run.task, ...choice, compose: 'requested', results }));
    },
    [start, choice],
  );

  const takeIntent = useCallback(
    async (tab: number) => {
      const intent = await platform.takeIntent(tab);
      if (!intent) {
        attach(tab);
        return;
      }
      onIntent(intent, tab);
      if (intent.kind === 'refusal') start(tab, { scope: 'page' }, () => Promise.reject(fromWire(intent.error)));
      if (intent.kind !== 'summarize') return;
      const { scope, frameId, selection } = intent;
      summarize(tab, scope === 'page' ? { scope } : { scope, frameId, captured: selection });
    },
    [platform, summarize, attach, onIntent],
  );

  useEffect(() => platform.onIntent((tab) => void takeIntent(tab)), [platform, takeIntent]);
  useEffect(() => {
    if (tabId !== null) void takeIntent(tabId);
  }, [tabId, takeIntent]);

  return { tasks, choice, setChoice, summarize, compose };
}

/** Type and length as the reader last chose them; asked for before that is known, they are waited for. */
function useChoice(platform: PanelPlatform): [Choice, (choice: Choice) => void, () => Promise<Choice>] {
  const [choice, setChoice] = useState<Choice>(choiceOf(DEFAULT_SETTINGS));
  const latest = useRef<Promise<Choice> | null>(null);

  const latestChoice = useCallback(() => (latest.current ??= platform.loadSettings().then(choiceOf)), [platform]);
  useEffect(() => void latestChoice().then(setChoice), [latestChoice]);

  const choose = useCallback(
    (chosen: Choice) => {
      latest.current = Promise.resolve(chosen);
      setChoice(chosen);
      void platform.saveSettings({ summaryType: chosen.type, summaryLength: chosen.length });
    },
    [platform],
  );
  return [choice, choose, latestChoice];
}

function choiceOf({ summaryType, summaryLength }: Settings): Choice {
  return { type: summaryType, length: summaryLength };
}

/** A selection that its frame can no longer tell is taken as it was captured at the gesture. */
export async function readArticle(platform: PanelPlatform, tabId: number, subject: Subject): Promise<Article> {
  if (subject.scope === 'pasted') return subject.article;
  if (subject.scope === 'page') return platform.getArticle(tabId, 'page');
  try {
    return await platform.getArticle(tabId, 'selection', subject.frameId);
  } catch (error) {
    if (subject.captured) return subject.captured;
    throw error;
  }
}
