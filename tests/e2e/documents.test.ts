// What is read besides web pages: the PDF in a tab, a PDF file of the reader's, a video's transcript; and why one is not.
import { describe, expect, test } from 'vitest';
import type { Page } from 'puppeteer-core';
import type { Driver } from '../../scripts/browser/driver.ts';
import type { Panel } from '../../scripts/browser/panel.ts';
import { setLines, writePdf } from '../reference/pdf-writer.ts';
import { watchPage, type Cue } from '../reference/youtube-page.ts';
import { ask, openChat, startOver, untilTold } from './chat-panel.ts';
import { useBrowser } from './harness.ts';
import { isTakenFrom, pressMainButton, quotes, untilDone } from './summary-panel.ts';

const PAGES = [
  [
    'The lighthouse of Skarholm was built in 1874, after two ships had been lost on the',
    'rocks below it in one winter. Its first keeper, Anders Holm, wrote down the weather',
    'every evening for thirty-one years, and missed only four evenings of them.',
  ],
  [
    'His notebooks fill four shelves in the harbour museum. For a long time nobody knew',
    'that they were there: a teacher found them in 1998, behind a wall of the boat-',
    'house, when it was rebuilt after a fire.',
  ],
  [
    'Meteorologists have used the notebooks to show that storms in the sound come eleven',
    'days earlier than they did a century ago. The repair of the lamp cost 48,000 crowns,',
    'which the fishermen of the sound paid.',
  ],
];
const REPORT = writePdf(
  PAGES.map((lines, index) => [
    { text: 'Yearbook of the harbour museum', x: 72, y: 810, size: 9 },
    ...setLines(lines),
    { text: String(index + 1), x: 295, y: 30, size: 9 },
  ]),
  { title: 'The weather of Skarholm' },
);
const TEXT = PAGES.flat().join(' ').replace('boat- house', 'boathouse');

const CUES: Cue[] = [
  { time: '0:00', text: 'Welcome back. Today we restore a clock that stood still for ninety years.' },
  { time: '0:41', text: 'The spring of the clock was made in Geneva in 1903, and it is still in one piece.' },
  { time: '2:15', text: 'To clean the wheels we use nothing but warm water and a soft brush made of hair.' },
  { time: '5:30', text: 'The new hands cost eighty francs, which was the only money that we spent on it.' },
];
const WATCH = { title: 'A clock that stood still', cues: CUES, layout: 'elements' as const };

const heading = (panel: Panel) =>
  panel.waitFor(() => document.querySelector<HTMLElement>('.failure h2')?.innerText, { timeoutMs: 30_000 });

async function openSummary(driver: Driver, page: Page): Promise<Panel> {
  const panel = await driver.openPanel(page);
  await panel.click('#tab-summary');
  return panel;
}

/** Drops a file on the panel, as the browser would hand it over. */
async function drop(panel: Panel, name: string, file: Buffer): Promise<void> {
  await panel.waitFor(() => document.querySelector('.main-action:not(:disabled)'));
  await panel.evaluate(
    (called, base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], called, { type: 'application/pdf' }));
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    },
    name,
    file.toString('base64'),
  );
}

/** The address of the tab in front, as the browser tells it to the panel. */
function untilTabAt(panel: Panel, end: string): Promise<boolean> {
  return panel.evaluate(async (wanted) => {
    const apis = globalThis as unknown as { browser?: typeof chrome; chrome: typeof chrome };
    const { tabs } = apis.browser ?? apis.chrome;
    for (;;) {
      const [tab] = await tabs.query({ active: true, currentWindow: true });
      if (tab.url?.endsWith(wanted)) return true;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, end);
}

describe('a PDF in the tab', () => {
  const subject = useBrowser({ pages: { 'report.pdf': REPORT, 'scanned.pdf': writePdf([[], []]) } });

  test('is read once the site is allowed, summarized, and its sources open their page', async () => {
    const page = await subject.open('report.pdf');
    const panel = await openSummary(subject.driver, page);
    await pressMainButton(panel);
    expect(await heading(panel)).toMatch(/may not read this site yet/);
    expect(await panel.text('.failure button.primary')).toMatch(/allow/i);
    await subject.driver.allowSite(subject.site.url);
    await page.bringToFront();
    await panel.click('.failure button.primary');
    await panel.waitFor(() => !document.querySelector('.failure'));
    await untilDone(panel);
    const shown = await quotes(panel);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((quote) => !isTakenFrom(TEXT, quote))).toEqual([]);

    const label = await panel.evaluate(() =>
      [...document.querySelectorAll('.part-quotes .source-mark')].at(-1)!.getAttribute('aria-label')!,
    );
    const number = /page (\d)$/.exec(label)![1];
    const lines = PAGES[Number(number) - 1].join(' ');
    expect(lines).toContain(shown.at(-1)!.split(' ').slice(0, 3).join(' '));
    await panel.click('.part-quotes li:last-child .source-mark');
    expect(await untilTabAt(panel, `report.pdf#page=${number}`)).toBe(true);
  });

  test('answers questions with the page that says so', async () => {
    const page = await subject.open('report.pdf');
    const panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await startOver(panel);
    await ask(panel, 'What did the repair of the lamp cost?');
    const told = await untilTold(panel);
    expect(told.quotes.join(' ')).toMatch(/48,000 crowns/);
    expect(
      await panel.evaluate(() => document.querySelector('.answer .source-mark')!.getAttribute('aria-label')),
    ).toMatch(/page 3$/);
    await panel.click('.answer .source-mark');
    expect(await untilTabAt(panel, 'report.pdf#page=3')).toBe(true);
  });

  test('that holds images only says so', async () => {
    const page = await subject.open('scanned.pdf');
    const panel = await openSummary(subject.driver, page);
    await pressMainButton(panel);
    expect(await heading(panel)).toMatch(/no text, only images/);
  });
});

describe('a PDF file of the reader’s', () => {
  const subject = useBrowser();

  test('is read in place of the page, until the reader closes it', async () => {
    const page = await subject.open('article.html');
    const panel = await openSummary(subject.driver, page);
    await drop(panel, 'skarholm.pdf', REPORT);
    await untilDone(panel);
    expect(await panel.text('.document-line')).toMatch(/skarholm\.pdf · 3 pages/);
    expect((await quotes(panel)).filter((quote) => !isTakenFrom(TEXT, quote))).toEqual([]);

    await openChat(panel);
    await startOver(panel);
    await ask(panel, 'Behind which wall were the notebooks found by a teacher?');
    const told = await untilTold(panel);
    expect([...told.quotes, ...told.best].filter((sentence) => !isTakenFrom(TEXT, sentence))).toEqual([]);
    expect(await panel.text('.passages')).toMatch(/page 2/);

    await panel.click('#tab-summary');
    await panel.click('.document-line button');
    await pressMainButton(panel);
    await untilDone(panel);
    expect((await quotes(panel)).filter((quote) => isTakenFrom(TEXT, quote))).toEqual([]);
  });

  test('may be chosen beside the question, too', async () => {
    const panel = await subject.driver.openPanel(await subject.open('note.html'));
    await openChat(panel);
    await panel.waitFor(() => document.querySelector('.attachment-row input[type=file]'));
    // The browser's own window for choosing is one that no test reaches.
    await panel.evaluate((base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], 'skarholm.pdf', { type: 'application/pdf' }));
      const chooser = document.querySelector<HTMLInputElement>('.attachment-row input[type=file]')!;
      chooser.files = data.files;
      chooser.dispatchEvent(new Event('change', { bubbles: true }));
    }, REPORT.toString('base64'));
    await panel.waitFor(() => document.querySelector('.document-line')?.textContent.includes('3 pages'));
    await startOver(panel);
    await ask(panel, 'What did the repair of the lamp cost?');
    expect((await untilTold(panel)).quotes.join(' ')).toMatch(/48,000 crowns/);
  });

  test.each([
    ['locked.pdf', writePdf([setLines(PAGES[0])], { locked: true }), /password/],
    ['broken.pdf', Buffer.from('%PDF-1.7\nnothing of it'), /damaged/],
    ['page.pdf', Buffer.from('<!doctype html><p>Please log in'), /damaged, or no PDF/],
  ])('%s says why it is not read, and takes another', async (name, file, reason) => {
    const page = await subject.open('article.html');
    const panel = await openSummary(subject.driver, page);
    await drop(panel, name, file);
    expect(await heading(panel)).toMatch(reason);
    expect(await panel.evaluate(() => document.querySelector('.failure input[type=file]') !== null)).toBe(true);
  });
});

describe('a video', () => {
  const subject = useBrowser({
    pages: {
      'watch.html': watchPage({ ...WATCH, open: true }),
      'closed.html': watchPage({ ...WATCH, open: false }),
    },
  });

  test('is asked about by its transcript, and a source goes to the moment', async () => {
    const page = await subject.open('watch.html');
    const panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await ask(panel, 'What did the new hands cost?');
    expect((await untilTold(panel)).quotes.join(' ')).toMatch(/eighty francs/);
    await panel.click('.answer .source-mark');
    await page.waitForFunction(() => document.querySelector('video')!.currentTime === 330);
  });

  test('whose transcript is closed says what to open', async () => {
    const page = await subject.open('closed.html');
    const panel = await openSummary(subject.driver, page);
    await pressMainButton(panel);
    expect(await heading(panel)).toMatch(/transcript of this video is not open/);
  });
});
