// What the rewrite card asks of the browser and of the engine. Every rejection is an AppError.
import { browser } from 'wxt/browser';
import { connect } from '../engine/port.ts';
import { CATALOG } from '../model/catalog.ts';
import type { ResultUse, RewriteOrder, TaskEvent } from '../protocol.ts';
import { detectLanguage } from './detect-language.ts';
import { openEnginePort, startHostWhereNeeded } from './engine-port.ts';
import { send } from './messaging.ts';
import { resultUse } from './result-use.ts';
import { loadSettings, saveSettings } from './settings.ts';

/** What the reader has chosen before. */
export interface RewriteChoices {
  last: RewriteOrder;
  /** Instructions that the reader has kept, the newest first. */
  instructions: readonly string[];
}

export interface RewritePlatform {
  loadChoices(): Promise<RewriteChoices>;
  saveLast(order: RewriteOrder): Promise<void>;
  saveInstructions(instructions: readonly string[]): Promise<void>;
  /** False where free rewriting needs another model first. For what is shown only: the engine itself refuses what it cannot do. */
  composes(): Promise<boolean>;
  /** To download, for the smallest model that rewrites freely. */
  smallestComposingBytes: number;
  /** `hunks` and `delta`s, then `done`. Throws `needs-model`, and what models throw. */
  rewrite(text: string, order: RewriteOrder, use: ResultUse, signal: AbortSignal): AsyncIterable<TaskEvent>;
  /** Where models are chosen. */
  openOptions(): Promise<void>;
  /** Opens the panel, and shows there what has become of a text. Call it in the click, before any await. */
  openInPanel(title: string, original: string, text: string): Promise<void>;
}

const engine = connect(openEnginePort);

/** The browser, as the rewrite card sees it. */
export function rewritePlatform(): RewritePlatform {
  return {
    async loadChoices() {
      const { rewriteAction: action, rewriteInstruction: instruction, savedInstructions } = await loadSettings();
      return { last: { action, instruction }, instructions: savedInstructions };
    },
    saveLast: ({ action, instruction }) =>
      saveSettings({
        rewriteAction: action,
        // Nothing of a private window is kept.
        rewriteInstruction: browser.extension.inIncognitoContext ? '' : instruction,
      }),
    saveInstructions: (instructions) => saveSettings({ savedInstructions: [...instructions] }),
    async composes() {
      await startHostWhereNeeded();
      return await send('rewritesFreely');
    },
    smallestComposingBytes: Math.min(
      ...CATALOG.filter(({ methods }) => methods.rewrite === 'composes').map(({ weights }) => weights.bytes),
    ),
    async *rewrite(text, order, use, signal) {
      const [language, results] = await Promise.all([
        detectLanguage(text),
        resultUse(use, browser.extension.inIncognitoContext),
      ]);
      yield* engine.run({ kind: 'rewrite', text, language, ...order, ...results }, signal);
    },
    openOptions: () => send('openOptions'),
    openInPanel: (title, original, text) => send('showInPanel', { kind: 'rewriting', title, original, text }),
  };
}
