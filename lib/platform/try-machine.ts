// Finds out what this machine can do, by having a model write a sentence.
import type { Backend } from '../engine/backend.ts';
import { connect } from '../engine/port.ts';
import { DEFAULT_MODEL } from '../model/catalog.ts';
import type { BackendEvent, MeasureTask, SummarizeTask, TaskEvent } from '../protocol.ts';
import { openEnginePort } from './engine-port.ts';
import { noteSpeed } from './speeds.ts';

/** Public-domain facts in our own words: enough to read, and a sentence to write about it. */
const SAMPLE = [
  'The tide rises and falls because the Moon pulls at the sea. Where the Moon stands overhead the water is drawn towards it, and on the far side of the Earth a second bulge forms.',
  'As the Earth turns, most coasts pass through both bulges in a day, so they see two high tides and two low ones, about six hours apart.',
  'The Sun pulls as well, though less. When Sun and Moon stand in one line, at new and full moon, their pulls add up and the tide is highest.',
];

const SAMPLE_TASK: SummarizeTask = {
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

const engine = connect(openEnginePort);

/**
 * By the model that is chosen for summaries. Nothing of what it writes is for showing: `backend`, `progress`, and `done` with its
 * figures are. How fast it wrote is kept.
 */
export function tryMachine(signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
  return tried(SAMPLE_TASK, signal);
}

/**
 * About the same figures of the packaged model, sooner: it need not be converted for them. Not kept. `backend`, and `done` with them.
 */
export function estimateMachine(signal: AbortSignal): AsyncIterable<TaskEvent> {
  return engine.run({ kind: 'measure', model: DEFAULT_MODEL.id, device: 'automatic', sample: null }, signal);
}

/** What `tryMachine` does, by the model of that id, on that device or not at all. */
export function measureModel(
  model: string,
  device: Backend['device'],
  signal: AbortSignal,
): AsyncGenerator<TaskEvent, void, void> {
  return tried({ kind: 'measure', model, device, sample: SAMPLE_TASK }, signal);
}

async function* tried(task: SummarizeTask | MeasureTask, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
  let backend: BackendEvent | undefined;
  for await (const event of engine.run(task, signal)) {
    if (event.kind === 'backend') backend = event;
    if (event.kind === 'done' && event.metrics && backend) await noteSpeed(backend, event.metrics);
    yield event;
  }
}
