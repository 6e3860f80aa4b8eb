// The open panel (Chrome's side panel, Firefox's sidebar), or the card in a page, as tests and scripts see it in either browser.
import type { Page } from 'puppeteer-core';

export interface PanelAccess {
  /** Value (plain JSON) of an expression in the panel's document; a promise is awaited. */
  evaluate(expression: string): Promise<unknown>;
  /** A real mouse click at the point of the panel (CSS pixels) that an expression for a promise of `{ x, y }` gives. */
  click(point: string): Promise<void>;
  /** A PNG of the panel, or of the window around it. */
  screenshot(path: `${string}.png`): Promise<void>;
}

type Argument = string | number | boolean | null;

/** What a panel that has just opened still adds, and moves the rest by, comes within this. */
const STILL_FRAMES = 8;

export class Panel {
  constructor(private readonly access: PanelAccess) {}

  /** Runs a function, which must not use anything around it, in the panel. */
  async evaluate<A extends Argument[], T>(fn: (...args: A) => T, ...args: A): Promise<Awaited<T>> {
    return (await this.access.evaluate(call(fn, args))) as Awaited<T>;
  }

  /** Resolves with the function's first truthy value, asked for again after each change of the panel. Rejects with what it throws, and after the deadline. */
  async waitFor<A extends Argument[], T>(
    fn: (...args: A) => T,
    { timeoutMs = 60_000, args = [] as unknown as A }: { timeoutMs?: number; args?: A } = {},
  ): Promise<NonNullable<T>> {
    const expression = `new Promise((resolve, reject) => {
      const end = (settle, outcome) => {
        clearTimeout(timer);
        observer.disconnect();
        settle(outcome);
      };
      const look = () => {
        try {
          const found = ${call(fn, args)};
          if (found) end(resolve, found);
        } catch (error) {
          end(reject, error);
        }
      };
      const says = () => (document.body ?? document.firstElementChild)?.innerText.replace(/\\s*\\n\\s*/g, ' | ');
      const timer = setTimeout(() => end(reject, new Error('waited ${timeoutMs} ms; it says: ' + says())), ${timeoutMs});
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      look();
    })`;
    return (await this.access.evaluate(expression)) as NonNullable<T>;
  }

  /** The visible text of the first element that matches, '' where there is none. */
  text(selector = 'body'): Promise<string> {
    return this.evaluate((s) => document.querySelector<HTMLElement>(s)?.innerText ?? '', selector);
  }

  /** Clicks in the middle of the first element that matches, once it is there and stands still. */
  async click(selector: string): Promise<void> {
    await this.waitFor((s) => document.querySelector(s), { args: [selector], timeoutMs: 10_000 });
    const point = call(
      async (s: string, frames: number) => {
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        for (let before = '', still = 0; ; await frame()) {
          const element = document.querySelector(s);
          element?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
          const box = element?.getBoundingClientRect() ?? new DOMRect();
          const now = JSON.stringify(box);
          still = now === before ? still + 1 : 0;
          if (box.width > 0 && still === frames) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
          before = now;
        }
      },
      [selector, STILL_FRAMES],
    );
    await this.access.click(point);
  }

  /** Puts text into the first field that matches, as pasting it would. */
  async fill(selector: string, text: string): Promise<void> {
    await this.click(selector);
    await this.evaluate(
      (s, t) => {
        // Not what has the focus: the panel may have grown under the click.
        const field = document.querySelector<HTMLTextAreaElement>(s)!;
        field.value = t;
        field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
      },
      selector,
      text,
    );
  }

  /** Chooses an option of the first select that matches. */
  async choose(selector: string, value: string): Promise<void> {
    await this.evaluate(
      (s, v) => {
        const select = document.querySelector<HTMLSelectElement>(s)!;
        select.value = v;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      },
      selector,
      value,
    );
  }

  screenshot(path: `${string}.png`): Promise<void> {
    return this.access.screenshot(path);
  }
}

/** A click of the puppeteer page's mouse, which the panel is in or is. */
export async function clickByMouse(page: Page, evaluate: PanelAccess['evaluate'], point: string): Promise<void> {
  const inPage = `(${point}).then(({ x, y }) => {
    const frame = document.defaultView?.frameElement?.getBoundingClientRect();
    return { x: x + (frame?.x ?? 0), y: y + (frame?.y ?? 0) };
  })`;
  const { x, y } = (await evaluate(inPage)) as { x: number; y: number };
  await page.mouse.click(x, y);
}

/** The expression, for which `document` is `root`: the card's own document, or the shadow tree that it is in. */
export function inTree(expression: string): string {
  return `((document) => ${expression})(root)`;
}

/** A call of the function as an expression. esbuild, when it runs TypeScript directly (tsx), wraps inner functions in its own __name: there that names nothing. */
export function call(fn: (...args: never[]) => unknown, args: readonly Argument[]): string {
  return `((__name) => (${fn.toString()})(...${JSON.stringify(args)}))((fn) => fn)`;
}
