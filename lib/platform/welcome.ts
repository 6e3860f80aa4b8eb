// What the page that greets a new reader asks of the browser and of the engine.
import { browser } from 'wxt/browser';
import { DEFAULT_MODEL } from '../model/catalog.ts';
import type { Recommendation } from '../model/recommend.ts';
import type { TaskEvent } from '../protocol.ts';
import { deviceMemoryGb } from './device-memory.ts';
import { recommendHere } from './machine.ts';
import { readShortcuts, type Shortcut } from './shortcuts.ts';
import { estimateMachine, tryMachine } from './try-machine.ts';

export interface WelcomePlatform {
  /** What works at install. */
  model: string;
  /** Of the machine, at least; absent where the browser does not tell. */
  memoryGb?: number;
  /** Has the packaged model write a sentence, which tells what the machine can do. Nothing of it is shown but the figures. */
  tryMachine(signal: AbortSignal): AsyncIterable<TaskEvent>;
  /** About what that will find, within seconds: trying it for the first time takes longer. */
  estimateMachine(signal: AbortSignal): AsyncIterable<TaskEvent>;
  /** The one better model that fits, null where none does. */
  recommend(tokensPerSecond: number): Recommendation | null;
  /** The key combinations that the reader has now, by command; without those that are unset. */
  shortcuts(): Promise<Shortcut[]>;
  openModels(): Promise<void>;
}

/** The browser, as the welcome page sees it. */
export function welcomePlatform(): WelcomePlatform {
  return {
    model: DEFAULT_MODEL.name,
    memoryGb: deviceMemoryGb(),
    tryMachine,
    estimateMachine,
    recommend: recommendHere,
    shortcuts: async () => (await readShortcuts()).filter(({ keys }) => keys !== ''),
    openModels: () => browser.runtime.openOptionsPage(),
  };
}
