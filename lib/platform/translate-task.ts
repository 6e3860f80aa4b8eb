// A translate task by the reader's settings.
import type { LanguagePair, MarkedText, TranslateTask } from '../protocol.ts';
import type { Settings } from './settings.ts';

export function translateTask(
  pair: LanguagePair,
  texts: MarkedText[],
  remember: boolean,
  { translateBy }: Settings,
): TranslateTask {
  const task: TranslateTask = { kind: 'translate', pair, texts, remember };
  return translateBy === 'browser' ? { ...task, by: 'browser' } : task;
}
