// Asking about the page: passages at once, the page's own sentence as the answer, and a way to its place.
import { describe, expect, test } from 'vitest';
import {
  ask,
  openChat,
  questions,
  savedBy,
  startOver,
  storedConversations,
  toggleHistory,
  untilPassages,
  untilTaken,
  untilTold,
} from './chat-panel.ts';
import { useBrowser } from './harness.ts';
import { articleOfWords } from './long-article.ts';
import { isTakenFrom } from './summary-panel.ts';

const COST = 'What did the final bill come to?';
const LAMPLIGHTER = 'The last lamplighter of the line, Odile Brandt, retired in 1957 and gave her ladder to a museum.';
const withLamplighter = (page: string) =>
  page.replace('</article>', `<h2>Afterword</h2><p>${LAMPLIGHTER}</p></article>`);
const HUGE_PAGE = withLamplighter(articleOfWords(50_000));
const LAMPS_PAGE = withLamplighter(articleOfWords(600)).replaceAll('The stations of', 'Lamps of');

describe('a question about the page', () => {
  const subject = useBrowser({ pages: { 'huge.html': HUGE_PAGE, 'lamps.html': LAMPS_PAGE } });

  test('is answered with a sentence of the page', async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await ask(panel, COST);
    const told = await untilTold(panel);
    const text = await page.$eval('article', (article) => article.textContent.replace(/\s+/g, ' '));
    expect(told.outcome).toBe('answered');
    expect(told.quotes.join(' ')).toMatch(/1\.1 million/);
    expect([...told.quotes, ...told.best].filter((sentence) => !isTakenFrom(text, sentence))).toEqual([]);
  });

  test('leads to its place by the mark of its answer', async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await startOver(panel);
    await ask(panel, 'When will three more weirs be removed?');
    expect((await untilTold(panel)).quotes.join(' ')).toMatch(/by 2027/);
    await panel.click('.answer .source-mark');
    await page.waitForFunction(() => {
      const paragraph = [...document.querySelectorAll('article p')].find((p) => p.textContent.includes('2027'));
      const { top, bottom } = paragraph!.getBoundingClientRect();
      return scrollY > 0 && bottom > 0 && top < innerHeight;
    });
    expect(await page.evaluate(() => [...CSS.highlights.values()].reduce((sum, { size }) => sum + size, 0))).toBe(1);
  });

  test('is read in another language, by the packs of the package', async () => {
    const panel = await subject.driver.openPanel(await subject.open('article.html'));
    await openChat(panel);
    await startOver(panel);
    await ask(panel, COST);
    const { quotes } = await untilTold(panel);
    await panel.choose('.turn .read-in select', 'pt');
    const translation = await panel.waitFor(
      () => document.querySelector<HTMLElement>('.answer blockquote[lang=pt]')?.innerText,
    );
    expect(translation).toMatch(/1,1 milh(ão|ões)/);
    expect(translation).not.toContain(quotes[0]);
    expect(await panel.evaluate(() => document.querySelector('.answer .source-mark') !== null)).toBe(true);
  });

  // How soon is for the benchmark to say: a busy machine would make a test of milliseconds fail for no fault of ours.
  test('shows passages before any model has been taken', async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await panel.evaluate(() => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector('.log > :last-child .passages li')) return;
        Object.assign(window, { statusAtPassages: document.querySelector('.status')?.textContent });
        observer.disconnect();
      });
      observer.observe(document, { subtree: true, childList: true });
    });
    await startOver(panel);
    await ask(panel, COST);
    await untilTold(panel);
    expect(await panel.evaluate(() => (window as unknown as { statusAtPassages: string }).statusAtPassages)).toBe(
      'on this device',
    );
  });

  test('that the page does not answer is said not to be answered', async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await ask(panel, 'Which football team won the world cup in 1998?');
    const told = await untilTold(panel);
    expect(told).toMatchObject({ outcome: 'unanswered', quotes: [] });
    expect(await panel.text('.log > :last-child .unanswered')).toBe('The page does not say.');
  });

  test('may follow another', async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await startOver(panel);
    await ask(panel, 'How did the council vote?');
    expect((await untilTold(panel)).quotes.join(' ')).toMatch(/council voted/);
    await ask(panel, 'When was that?');
    expect((await untilTold(panel)).quotes.join(' ')).toMatch(/March 2021/);
    expect(await questions(panel)).toHaveLength(2);
  });

  test('finds its answer near the end of a page of 50,000 words', async () => {
    const page = await subject.open('huge.html');
    const panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await ask(panel, 'When did the last lamplighter retire?');
    expect(await untilPassages(panel)).toBe(LAMPLIGHTER);
    const told = await untilTold(panel);
    expect(told.quotes).toEqual([LAMPLIGHTER]);
    await panel.click('.answer .source-mark');
    await page.waitForFunction(() => {
      const { top } = [...document.querySelectorAll('p')].at(-1)!.getBoundingClientRect();
      return scrollY > 0 && top < innerHeight;
    });
  });

  test('is stopped, and what there is stays', async () => {
    const page = await subject.open('huge.html');
    const panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await ask(panel, 'Which stations had a fire, and in which years were their goods sheds destroyed?');
    await untilPassages(panel);
    await panel.click('.ask .main-action:not(.primary)');
    await panel.waitFor(() => [...document.querySelectorAll('.turn')].at(-1)?.querySelector('.turn-actions'));
    expect(await panel.text('.log > :last-child .turn > .quiet')).toBe('Stopped');
    expect(await panel.text('.log > :last-child .passages')).not.toBe('');
  });

  test('is answered although the panel is closed meanwhile', async () => {
    const page = await subject.open('huge.html');
    let panel = await subject.driver.openPanel(page);
    await openChat(panel);
    const question = 'How many levers has the signal box of Keld Moor?';
    await ask(panel, question);
    await untilTaken(panel);
    await subject.driver.closePanel();

    panel = await subject.driver.openPanel(page);
    const told = await untilTold(panel);
    expect(told.question).toBe(question);
    expect(told.outcome).not.toBe('stopped');

    // And once more when it is done: it is kept.
    await subject.driver.closePanel();
    panel = await subject.driver.openPanel(page);
    expect(await untilTold(panel)).toEqual(told);
  });

  test('is of its tab: another has its own conversation, and each goes on', async () => {
    const first = await subject.open('huge.html');
    const panel = await subject.driver.openPanel(first);
    await openChat(panel);
    await startOver(panel);
    await ask(panel, 'When did the last lamplighter retire?');
    const second = await subject.open('note.html');
    await panel.waitFor(() => document.querySelectorAll('.turn').length === 0);
    expect(await questions(panel)).toEqual([]);
    await second.close();
    await first.bringToFront();
    await panel.waitFor(() => document.querySelector('.turn'));
    expect((await untilTold(panel)).quotes).toEqual([LAMPLIGHTER]);
  });

  test('and its answer are kept, searched, saved as files, and deleted', async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await ask(panel, COST);
    const { quotes } = await untilTold(panel);
    await toggleHistory(panel);
    await panel.fill('.conversations input[type=search]', 'final bill');
    await panel.click('.conversation summary');

    const markdown = await savedBy(panel, '.conversation > .turn-actions button:nth-child(1)');
    expect(markdown.name).toMatch(/\.md$/);
    expect(markdown.text).toContain(`## ${COST}`);
    expect(markdown.text).toContain(`> ${quotes[0]}`);
    const json = await savedBy(panel, '.conversation > .turn-actions button:nth-child(2)');
    expect(JSON.parse(json.text)).toMatchObject({ conversations: [{ url: subject.site.url + 'article.html' }] });

    const before = await storedConversations(panel);
    await panel.click('.conversation > .turn-actions button:nth-child(3)');
    await panel.waitFor(() => !document.querySelector('.conversation[open]'));
    expect(await storedConversations(panel)).toBe(before - 1);
    await panel.click('.conversations > .turn-actions button:nth-child(2)');
    await panel.click('.conversations > .turn-actions .bad');
    await panel.waitFor(() => document.querySelector('.conversations') && !document.querySelector('.conversation'));
    expect(await storedConversations(panel)).toBe(0);
    await toggleHistory(panel);
    expect(await questions(panel)).toEqual([]);
  });

  test('may be about what is selected', async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await page.evaluate(() => getSelection()!.selectAllChildren(document.querySelector('article p:nth-of-type(3)')!));
    await panel.click('.attachment-row button:first-child');
    expect(await panel.waitFor(() => document.querySelector<HTMLElement>('.chip')?.innerText)).toMatch(/^Selection/);
    await ask(panel, 'When did the mill close?');
    const told = await untilTold(panel);
    expect(told.quotes.join(' ')).toMatch(/closed in 1988/);
    expect(await panel.text('.log > :last-child .turn > .tag')).toBe('About: the selection');
  });

  test('may be about what is selected in a closed shadow root', async () => {
    const page = await subject.open('selections.html');
    const panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await page.evaluate(() => document.querySelector('closed-story')!.dispatchEvent(new Event('select-story')));
    await panel.click('.attachment-row button:first-child');
    expect(await panel.waitFor(() => document.querySelector<HTMLElement>('.chip')?.innerText)).toMatch(/^Selection/);
    await ask(panel, 'How much time does the clock lose?');
    expect((await untilTold(panel)).best[0]).toBe('It loses four seconds a week.');
    await panel.click('.log > :last-child .passages .source-mark');
    await page.waitForFunction(() => [...CSS.highlights.values()].some(({ size }) => size > 0), { polling: 100 });
  });

  test('has its answer rated, which is kept and saved with it', async () => {
    const page = await subject.open('article.html');
    let panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await startOver(panel);
    await ask(panel, COST);
    await untilTold(panel);
    await panel.click('.log > :last-child .thumb:has(.down)');
    await panel.waitFor(() => document.querySelector('.thumb[aria-pressed=true] .down'));
    await subject.driver.closePanel();
    panel = await subject.driver.openPanel(page);
    await openChat(panel);
    await panel.waitFor(() => document.querySelector('.thumb[aria-pressed=true] .down'));
    await toggleHistory(panel);
    await panel.click('.conversation summary');
    const json = await savedBy(panel, '.conversation > .turn-actions button:nth-child(2)');
    const { conversations } = JSON.parse(json.text) as { conversations: { turns: { rating: string }[] }[] };
    expect(conversations[0].turns.at(-1)?.rating).toBe('down');
  });

  test('may be about another tab, too, and its source goes there', async () => {
    await subject.driver.allowSite(subject.site.url);
    const other = await subject.open('lamps.html');
    const panel = await subject.driver.openPanel(await subject.open('note.html'));
    await openChat(panel);
    await panel.click('.attachment-row button[aria-expanded]');
    const nth = await panel.waitFor(() => {
      const tabs = [...document.querySelectorAll('.other-tabs li')];
      return tabs.findIndex((tab) => tab.textContent.includes('Lamps of')) + 1;
    });
    await panel.click(`.other-tabs li:nth-child(${nth}) input`);
    expect(await panel.waitFor(() => document.querySelector('.chip')?.textContent)).toContain('Lamps of');
    await ask(panel, 'When did the last lamplighter retire?');
    expect((await untilTold(panel)).quotes).toEqual([LAMPLIGHTER]);
    await panel.click('.log > :last-child .answer .source-mark');
    await other.waitForFunction(
      () => document.visibilityState === 'visible' && [...CSS.highlights.values()].some(({ size }) => size > 0),
      { polling: 100 },
    );
  });
});
