// A part of the options page in a document, with hands to press its buttons and eyes to read it.
// A file that uses it needs: // @vitest-environment jsdom, and vi.mock('wxt/browser', ...).
import { render, type ComponentChild } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach } from 'vitest';

let root: HTMLElement | undefined;
afterEach(() => {
  if (root) render(null, root);
  root?.remove();
});

const settle = () => act(() => new Promise<void>((resolve) => setTimeout(resolve)));

export async function show(child: ComponentChild): Promise<HTMLElement> {
  root ??= document.createElement('div');
  document.body.append(root);
  void act(() => render(child, root!));
  await settle();
  return root;
}

/** The first element that matches; it is there and what the caller takes it for. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as `querySelector` itself
export const find = <E extends HTMLElement>(selector: string): E => root!.querySelector<E>(selector)!;
export const textsOf = (selector: string) =>
  [...root!.querySelectorAll<HTMLElement>(selector)].map((each) => each.textContent);

export async function press(name: string): Promise<void> {
  const buttons = [...root!.querySelectorAll('button')];
  buttons.find(({ textContent, disabled }) => textContent === name && !disabled)!.click();
  await settle();
}

export async function fill(selector: string, value: string): Promise<void> {
  const field = find<HTMLInputElement>(selector);
  field.value = value;
  field.dispatchEvent(new Event(field.tagName === 'SELECT' || field.type === 'number' ? 'change' : 'input'));
  await settle();
}

/** As a reader who is done with a field. */
export async function leave(selector: string): Promise<void> {
  find(selector).dispatchEvent(new Event('change'));
  await settle();
}
