// What the page that greets a new reader asks of the browser and of the engine.
import { browser } from 'wxt/browser';
import { fitsMemory } from '../engine/memory-budget.ts';
import { connect } from '../engine/port.ts';
import { CATALOG, DEFAULT_MODEL } from '../model/catalog.ts';
import { recommendModel, type Recommendation } from '../model/recommend.ts';
import type { SummarizeTask, TaskEvent } from '../protocol.ts';
import { openEnginePort } from './engine-port.ts';

export interface WelcomePlatform {
  /** What works at install. */
  model: string;
  /** Has the packaged model write a sentence, which tells what the machine can do. Nothing of it is shown but the figures. */
  tryMachine(signal: AbortSignal): AsyncIterable<TaskEvent>;
  /** The one better model that fits, null where none does. */
  recommend(tokensPerSecond: number, device: 'cpu' | 'gpu'): Recommendation | null;
  /** The key combinations that the reader has now, by command; without those that are unset. */
  shortcuts(): Promise<{ name: string; description: string; keys: string }[]>;
  openModels(): Promise<void>;
}

/** Public-domain facts in our own words: enough to read, and a sentence to write about it. */
const SAMPLE = [
  'The tide rises and falls because the Moon pulls at the sea. Where the Moon stands overhead the water is drawn towards it, and on the far side of the Earth a second bulge forms.',
  'As the Earth turns, most coasts pass through both bulges in a day, so they see two high tides and two low ones, about six hours apart.',
  'The Sun pulls as well, though less. When Sun and Moon stand in one line, at new and full moon, their pulls add up and the tide is highest.',
];

const TASK: SummarizeTask = {
  kind: 'summarize',
  article: {
    url: '',
    title: '',
    language: 'en',
    description: '',
    blocks: SAMPLE.map((text) => ({ kind: 'paragraph', text })),
    scope: 'pasted',
    hiddenCharacters: 0,
  },
  type: 'tldr',
  length: 'short',
  compose: 'requested',
};

/** The browser, as the welcome page sees it. */
export function welcomePlatform(): WelcomePlatform {
  const engine = connect(openEnginePort);
  return {
    model: DEFAULT_MODEL.name,
    tryMachine: (signal) => engine.run(TASK, signal),
    recommend: (tokensPerSecond, device) =>
      recommendModel(CATALOG, {
        tokensPerSecond,
        measuredOn: DEFAULT_MODEL,
        language: browser.i18n.getUILanguage(),
        fits: ({ weights }) => fitsMemory(weights.bytes, device, (navigator as { deviceMemory?: number }).deviceMemory),
      }),
    async shortcuts() {
      const commands = await browser.commands.getAll();
      return commands
        .map(({ name = '', description = '', shortcut = '' }) => ({ name, description, keys: shortcut }))
        .filter(({ keys }) => keys !== '');
    },
    openModels: () => browser.runtime.openOptionsPage(),
  };
}
