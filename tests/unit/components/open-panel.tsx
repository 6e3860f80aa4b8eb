// The panel in a document, beside a fake browser, with hands to press its buttons and eyes to read it.
// A file that uses it needs: // @vitest-environment jsdom, and vi.mock('wxt/browser', () => import('./catalogue.ts')).
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, vi } from 'vitest';
import { Panel } from '../../../components/Panel.tsx';
import { AppError, type ErrorCode } from '../../../lib/errors.ts';
import type { TaskEvent } from '../../../lib/protocol.ts';
import { FakeChat } from './fake-chat.ts';
import { FakePlatform } from './fake-platform.ts';
import { FakeTranslation } from './fake-translation.ts';

export let platform: FakePlatform;
export let translation: FakeTranslation;
export let chat: FakeChat;
export let root: HTMLElement;

beforeEach(() => {
  platform = new FakePlatform();
  translation = new FakeTranslation();
  chat = new FakeChat();
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {
        // jsdom lays nothing out, so nothing is ever resized
      }
      disconnect(): void {
        // likewise
      }
    },
  );
});

afterEach(async () => {
  await close();
  vi.unstubAllGlobals();
});

/** Lets promises and renders settle. */
export const settle = () => act(() => new Promise<void>((resolve) => setTimeout(resolve)));

export async function open(): Promise<void> {
  root = document.body.appendChild(document.createElement('div'));
  void act(() => render(<Panel platform={platform} translation={translation} chat={chat} />, root));
  await settle();
}

export async function close(): Promise<void> {
  void act(() => render(null, root));
  root.remove();
  await settle();
}

export async function press(name: string): Promise<void> {
  button(name).click();
  await settle();
}

/** The engine says this in the latest run. */
export async function say(...events: TaskEvent[]): Promise<void> {
  const run = platform.runs.at(-1)!;
  for (const event of events) run.events.push(event);
  if (events.some((event) => event.kind === 'done')) run.events.close();
  await settle();
}

/** The page cannot be read. */
export async function fail(code: ErrorCode): Promise<void> {
  platform.read = () => Promise.reject(new AppError(code));
  await press('Summarize');
}

export function button(name: string): HTMLButtonElement {
  const found = [...root.querySelectorAll('button')].find((each) => (each.ariaLabel ?? text(each)).startsWith(name));
  if (!found) throw new Error(`no button ${name} in: ${text(root)}`);
  return found;
}

export const has = (name: string) => [...root.querySelectorAll('button')].some((each) => text(each).startsWith(name));
export const text = (element: Element | null) => element?.textContent ?? '';
export const texts = (selector: string) => [...root.querySelectorAll(selector)].map(text);

export async function escape(target: Element | Document = document): Promise<void> {
  await act(() => void target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));
}

/** Chooses in a list, as the reader does. */
export async function choose(select: HTMLSelectElement | null, value: string): Promise<void> {
  select!.value = value;
  await act(() => void select!.dispatchEvent(new Event('change', { bubbles: true })));
  await settle();
}

export const selectNamed = (name: string) => root.querySelector<HTMLSelectElement>(`select[aria-label="${name}"]`);
