// Hands to ask in the panel's chat, and an engine that answers as the test says.
import { act } from 'preact/test-utils';
import { Channel } from '../../../lib/engine/channel.ts';
import type { ChatTask, Passage, TaskEvent } from '../../../lib/protocol.ts';
import { open as openPanel, platform, root, settle, text, translation } from '../components/open-panel.tsx';
import { DONE, quote } from '../components/samples.ts';

export const PASSAGES: TaskEvent = { kind: 'passages', passages: [passage(1), passage(3)] };
export const UNANSWERED: TaskEvent = { kind: 'unanswered' };

/** Before each test: the chat is the part in front. */
export function showChat(): void {
  translation.choice = { ...translation.choice, part: 'chat' };
  // jsdom lays nothing out, and draws nothing.
  Element.prototype.scrollIntoView = () => undefined;
  Object.defineProperty(document, 'hidden', { value: true, configurable: true });
}

/** What was kept is read in a turn of its own. */
export async function open(): Promise<void> {
  await openPanel();
  await settle();
}

/** Types a question into the field and sends it. */
export async function ask(question: string): Promise<void> {
  await type(question);
  await key({ key: 'Enter' });
}

export async function type(typed: string): Promise<void> {
  field().value = typed;
  await act(() => void field().dispatchEvent(new InputEvent('input', { bubbles: true })));
}

export async function key(init: KeyboardEventInit): Promise<void> {
  await act(() => void field().dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init })));
  await settle();
}

/** The engine says this of the latest question. */
export async function reply(...events: TaskEvent[]): Promise<void> {
  const run = platform.questions.at(-1)!;
  for (const event of events) run.events.push(event);
  if (events.includes(DONE)) run.events.close();
  await settle();
}

/** The host has a job for the tab. */
export function offer(task: ChatTask): Channel<TaskEvent> {
  const events = new Channel<TaskEvent>();
  platform.chatJobs.set(1, { task, events });
  return events;
}

export function passage(index: number): Passage {
  return { article: 0, firstBlock: index, lastBlock: index, best: quote(index).sources[0] };
}

export const field = () => root.querySelector<HTMLTextAreaElement>('.ask textarea')!;
export const status = () => text(root.querySelector('.visually-hidden [role=status]'));
