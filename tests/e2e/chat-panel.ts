// The panel's chat as a reader meets it: a field to ask in, passages at once, an answer, conversations that are kept.
import type { Panel } from '../../scripts/browser/panel.ts';

const ANSWER_WITHIN_MS = 90_000;
const PASSAGES_WITHIN_MS = 20_000;

/** What the latest turn says of itself when it is over. */
export interface Told {
  question: string;
  outcome: 'answered' | 'unanswered' | 'stopped';
  /** The page's own sentences that answer, without their marks. */
  quotes: string[];
  /** The best sentence of each passage, best first. */
  best: string[];
}

export async function openChat(panel: Panel): Promise<void> {
  await panel.click('#tab-chat');
  await panel.waitFor(() => document.querySelector('.ask textarea:not(:disabled)'));
  // The panel knows which page it stands beside, and what was asked about that before.
  await panel.waitFor(() => document.querySelector('.turn, main .empty'));
}

/** Leaves the conversation that the page has, if it has one. */
export async function startOver(panel: Panel): Promise<void> {
  await panel.waitFor(() => document.querySelector('.turn, main .empty'));
  if (!(await panel.evaluate(() => document.querySelector('.new-conversation') !== null))) return;
  await panel.click('.new-conversation');
  await panel.waitFor(() => !document.querySelector('.turn'));
}

/** Types the question and sends it by its button. */
export async function ask(panel: Panel, question: string): Promise<void> {
  await panel.fill('.ask textarea', question);
  await panel.click('.ask .main-action:not(:disabled)');
  await panel.waitFor((q) => [...document.querySelectorAll('.turn')].at(-1)?.getAttribute('aria-label') === q, {
    args: [question],
  });
}

/** Resolves when the latest turn shows passages: the best sentence of the first. */
export function untilPassages(panel: Panel): Promise<string> {
  return panel.waitFor(() => [...document.querySelectorAll('.turn')].at(-1)?.querySelector('.best')?.textContent, {
    timeoutMs: PASSAGES_WITHIN_MS,
  });
}

/** Resolves when the host has the latest question: it has said what answers. */
export async function untilTaken(panel: Panel): Promise<void> {
  await panel.waitFor(() => document.querySelector('.status')?.textContent.includes('SmolLM2'));
}

/** Resolves when the latest turn is over. */
export async function untilTold(panel: Panel): Promise<Told> {
  await panel.waitFor(
    () => {
      const failure = document.querySelector<HTMLElement>('.failure');
      if (failure) throw new Error(`failed: ${failure.innerText}`);
      return [...document.querySelectorAll('.turn')].at(-1)?.querySelector('.turn-actions');
    },
    { timeoutMs: ANSWER_WITHIN_MS },
  );
  return panel.evaluate(() => {
    const turn = [...document.querySelectorAll('.turn')].at(-1)!;
    const withoutMarks = (element: Element) =>
      [...element.childNodes]
        .filter((node) => !(node instanceof Element && node.matches('.source, .tag')))
        .map((node) => node.textContent ?? '')
        .join('')
        .trim();
    const quotes = [...turn.querySelectorAll('.answer blockquote')].map(withoutMarks);
    const unanswered = turn.querySelector('.unanswered') !== null;
    return {
      question: turn.getAttribute('aria-label') ?? '',
      outcome: unanswered ? ('unanswered' as const) : quotes.length > 0 ? ('answered' as const) : ('stopped' as const),
      quotes,
      best: [...turn.querySelectorAll('.best')].map((mark) => mark.textContent),
    };
  });
}

/** The questions of the conversation that the panel shows. */
export function questions(panel: Panel): Promise<string[]> {
  return panel.evaluate(() => [...document.querySelectorAll('.log .question')].map((each) => each.textContent));
}

/** Shows the conversations that are kept, or goes back from them. */
export async function toggleHistory(panel: Panel): Promise<void> {
  await panel.click('.chat-head button:first-child');
}

/** How many conversations the panel's database holds. */
export function storedConversations(panel: Panel): Promise<number> {
  return panel.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('conversations');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const database = opening.result;
          const counting = database.transaction('conversations').objectStore('conversations').count();
          counting.onsuccess = () => {
            database.close();
            resolve(counting.result);
          };
        };
      }),
  );
}

/** Presses a button that saves a file: what would stand in it. */
export async function savedBy(panel: Panel, selector: string): Promise<{ name: string; text: string }> {
  await panel.evaluate(() => {
    // The last step, which hands the file to the browser, is the browser's own.
    let text: Promise<string>;
    URL.createObjectURL = (file: Blob) => {
      text = file.text();
      return 'blob:saved';
    };
    HTMLAnchorElement.prototype.click = function click(this: HTMLAnchorElement) {
      const name = this.download;
      void text.then((saved) => (document.body.dataset.saved = JSON.stringify({ name, text: saved })));
    };
  });
  await panel.click(selector);
  const saved = await panel.waitFor(() => document.body.dataset.saved);
  await panel.evaluate(() => {
    delete document.body.dataset.saved;
  });
  return JSON.parse(saved) as { name: string; text: string };
}
