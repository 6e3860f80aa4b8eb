// How soon a question about a page is answered. Quoted: in the built extension in Chromium, from the press of the button to the sentence
// that answers, and to the first one shown, which it may still take the place of. Composed: in Node on one thread, to the first token of a first and of a second question about the same page, by the
// default model made to write (it is not trusted with that, but takes as long), with and without the page read ahead.
import { DEFAULT_MODEL } from '../../lib/model/catalog.ts';
import type { Article } from '../../lib/article.ts';
import type { ChatTurn, Metrics } from '../../lib/protocol.ts';
import { chat } from '../../lib/tasks/chat/chat.ts';
import { readAhead } from '../../lib/tasks/chat/read-ahead.ts';
import type { Models } from '../../lib/tasks/models.ts';
import { articleOfWords } from '../../tests/e2e/long-article.ts';
import type { Driver } from '../browser/driver.ts';
import { launch } from '../browser/launch.ts';
import type { Panel } from '../browser/panel.ts';
import { startSite } from '../browser/site.ts';
import { openModels } from '../evaluation/node-models.ts';
import { buildExtensions } from './build-extensions.ts';
import { median } from './median.ts';

const WORDS = 2000;
const QUOTED = ['When did Corrin Halt open?', 'How many levers does the signal box of Farrow Halt have?'];
/** The first question, written at five keys a second. */
const TYPING_MS = 200 * QUOTED[0].length;
/** Of the sample article; a model's answers. */
const COMPOSED = ['How wide is the river now?', 'When did the mill close?'];
/** What fits in the default model's window with a conversation beside it. */
const MOST_CHARACTERS = 4500;

export interface AnswersRow {
  what: 'nearest sentence' | 'quoted answer' | 'first token, composed';
  /**
   * cold: the browser has just started and the panel just opened. typed: the same, and the first question took as long to write as a
   * reader needs. ahead: the page was read ahead of the first question.
   */
  start: 'cold' | 'typed' | 'warm' | 'ahead';
  question: 'first' | 'second';
  medianMs: number;
  longestMs: number;
  /** Of the prompt, where there is one: tokens, and those of them that were in the cache. */
  promptTokens: number | null;
  cachedTokens: number | null;
}

/** Medians over `runs`. Builds the extension first. `paragraphs`: of the sample article. */
export async function answersRows(options: {
  root: string;
  runs: number;
  paragraphs: string[];
}): Promise<AnswersRow[]> {
  return [...(await quotedRows(options)), ...(await composedRows(options))];
}

async function quotedRows({ root, runs }: { root: string; runs: number }): Promise<AnswersRow[]> {
  buildExtensions(root, ['chromium']);
  const page = articleOfWords(WORDS);
  // With other sentences: those of the first are known when it is opened.
  const site = await startSite(undefined, { 'page.html': page, 'other.html': page.replaceAll('.', ', they say.') });
  const times: Record<'cold' | 'typed' | 'warm', Shown[][]> = { cold: [], typed: [], warm: [] };
  for (let run = 0; run < runs; run++) {
    const driver = await launch('chromium');
    times.cold.push(await askAbout(driver, `${site.url}page.html`, 0));
    times.warm.push(await askAbout(driver, `${site.url}other.html`, 0));
    await driver.close();
    const typing = await launch('chromium');
    times.typed.push(await askAbout(typing, `${site.url}page.html`, TYPING_MS));
    await typing.close();
  }
  site.close();
  return (['cold', 'typed', 'warm'] as const).flatMap((start) =>
    (['first', 'second'] as const).flatMap((question, i) =>
      (['nearest sentence', 'quoted answer'] as const).map((what) => ({
        what,
        start,
        question,
        ...figuresOf(times[start].map((each) => (what === 'quoted answer' ? each[i].answerMs : each[i].nearestMs))),
        promptTokens: null,
        cachedTokens: null,
      })),
    ),
  );
}

/** Times from the press of the button. */
interface Shown {
  /** To a sentence that is shown as the nearest so far, or as the answer. */
  nearestMs: number;
  answerMs: number;
}

/** Of both questions, in a new tab; the first is asked so long after the chat has opened. */
async function askAbout(driver: Driver, url: string, typingMs: number): Promise<Shown[]> {
  const page = await driver.openPage(url);
  const panel = await driver.openPanel(page);
  await panel.click('#tab-chat');
  await panel.waitFor(() => document.querySelector('.turn, main .empty'));
  await new Promise((over) => setTimeout(over, typingMs));
  const times: Shown[] = [];
  for (const question of QUOTED) {
    await panel.fill('.ask textarea', question);
    await panel.waitFor(() => document.querySelector('.ask .main-action:not(:disabled)'));
    times.push(await untilAnswered(panel));
  }
  await driver.closePanel();
  await page.close();
  return times;
}

/** Presses the button, and resolves when the answer's sentence stands. */
function untilAnswered(panel: Panel): Promise<Shown> {
  return panel.evaluate(() => {
    const before = document.querySelectorAll('.answer').length;
    const pressedMs = performance.now();
    let nearestMs = Infinity;
    // It stands there unseen for a moment first.
    document.addEventListener('animationstart', ({ target }) => {
      if ((target as Element).matches('.nearest')) nearestMs = Math.min(nearestMs, performance.now() - pressedMs);
    });
    document.querySelector<HTMLButtonElement>('.ask .main-action')!.click();
    return new Promise<Shown>((resolve, reject) => {
      const observer = new MutationObserver(() => {
        const answers = document.querySelectorAll('.answer');
        if (answers.length === before) return;
        observer.disconnect();
        const answerMs = performance.now() - pressedMs;
        if (answers[before].querySelector('blockquote'))
          resolve({ nearestMs: Math.min(nearestMs, answerMs), answerMs });
        else reject(new Error(`no sentence answers: ${answers[before].textContent}`));
      });
      observer.observe(document, { subtree: true, childList: true });
    });
  });
}

async function composedRows({ runs, paragraphs }: { runs: number; paragraphs: string[] }): Promise<AnswersRow[]> {
  const opened = await openModels();
  const entry = { ...DEFAULT_MODEL, methods: { ...DEFAULT_MODEL.methods, chat: 'composes' as const } };
  const models: Models = { ...opened, entry };
  const rows: AnswersRow[] = [];
  try {
    await Promise.all([models.model(), models.embedder()]);
    for (const start of ['warm', 'ahead'] as const) {
      const asked: Metrics[][] = [[], []];
      for (let run = 0; run < runs; run++) {
        // Another page each time, so that nothing of it has been read before.
        const article = articleOf([`Copy ${start} ${run}.`, ...paragraphs]);
        if (start === 'ahead')
          await over(readAhead({ kind: 'read-ahead', articles: [article], history: [] }, models, forever()));
        const history: ChatTurn[] = [];
        for (const [i, question] of COMPOSED.entries()) {
          const { metrics, answer } = await ask(question, article, history, models);
          asked[i].push(metrics);
          history.push({ question, answer });
        }
      }
      for (const [i, question] of (['first', 'second'] as const).entries()) {
        const { promptTokens, cachedTokens } = asked[i][0];
        const figures = figuresOf(asked[i].map(({ timeToFirstTokenMs }) => timeToFirstTokenMs));
        rows.push({ what: 'first token, composed', start, question, ...figures, promptTokens, cachedTokens });
      }
    }
    return rows;
  } finally {
    await opened.close();
  }
}

async function ask(
  question: string,
  article: Article,
  history: ChatTurn[],
  models: Models,
): Promise<{ metrics: Metrics; answer: string }> {
  const task = { kind: 'chat' as const, question, articles: [article], history: [...history] };
  const said: string[] = [];
  for await (const event of chat(task, models, forever())) {
    if (event.kind === 'statement') said.push(event.statement.text);
    if (event.kind === 'done' && event.metrics) return { metrics: event.metrics, answer: said.join(' ') };
  }
  throw new Error(`the model was not asked: ${question}`);
}

/** As much of the paragraphs as opens a conversation whole. */
function articleOf(paragraphs: string[]): Article {
  let characters = 0;
  const kept = paragraphs.filter((text) => (characters += text.length) <= MOST_CHARACTERS);
  return {
    url: 'https://example.org/',
    title: kept[0],
    language: 'en',
    description: '',
    blocks: kept.map((text) => ({ kind: 'paragraph', text })),
    scope: 'page',
    hiddenCharacters: 0,
  };
}

function figuresOf(times: number[]): Pick<AnswersRow, 'medianMs' | 'longestMs'> {
  return { medianMs: Math.round(median(times)), longestMs: Math.round(Math.max(...times)) };
}

async function over(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events);
}

function forever(): AbortSignal {
  return new AbortController().signal;
}
