// Translating texts from a content script: by the engine's host, over a port of the task's own.
import { browser } from 'wxt/browser';
import { connect } from '../engine/port.ts';
import type { LanguagePair, MarkedText, TaskEvent, Translation } from '../protocol.ts';
import { openEnginePort } from './engine-port.ts';
import { loadSettings } from './settings.ts';
import { translateTask } from './translate-task.ts';

const engine = connect(openEnginePort);

/** Calls back once per text, in any order. Throws what a translate task throws. */
export async function translateTexts(
  pair: LanguagePair,
  texts: MarkedText[],
  signal: AbortSignal,
  onTranslation: (index: number, translation: Translation) => void,
): Promise<void> {
  for await (const event of runTranslation(pair, texts, signal)) {
    if (event.kind === 'translation') onTranslation(event.index, event.translation);
  }
}

/** The same as events, with how the model's load goes. Nothing of a private window is kept. */
export async function* runTranslation(
  pair: LanguagePair,
  texts: MarkedText[],
  signal: AbortSignal,
): AsyncIterable<TaskEvent> {
  const remember = !browser.extension.inIncognitoContext;
  yield* engine.run(translateTask(pair, texts, remember, await loadSettings()), signal);
}

/** Downloads what the pair needs; a cut download goes on. */
export function runDownload(pair: LanguagePair, signal: AbortSignal): AsyncIterable<TaskEvent> {
  return engine.run({ kind: 'download', pair, mirror: '' }, signal);
}
