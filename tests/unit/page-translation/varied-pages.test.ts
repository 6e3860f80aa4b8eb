// Pages of many kinds are translated both ways and put back: not a node, attribute or character may be lost.
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { useChromium } from './chromium.ts';
import { VARIED_PAGES } from './varied-pages.ts';

const chromium = useChromium();
const FIXTURES = fileURLToPath(new URL('../../fixtures/pages/', import.meta.url));
/** Saved pages of the web (as for `npm run evaluate`), where there are some beside the repository. */
const SAVED = fileURLToPath(new URL('../../../../shared/pages/', import.meta.url));

interface Outcome {
  phase: string;
  texts: number;
  /** Elements whose tag or attributes are not what they were, while the page was translated in place. */
  changedElements: string[];
  /** Links whose words are not those that they had, each translated. */
  changedLinks: string[];
  /** Nodes of the page that were taken out or have another parent. */
  movedNodes: number;
  hasChanged: { replace: boolean; bilingual: boolean };
  isRestored: { replace: boolean; bilingual: boolean; both: boolean };
}

function translateBothWays(page: Page): Promise<Outcome> {
  return page.evaluate(async () => {
    const html = () => {
      const roots = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
      return (
        (document.documentElement.cloneNode() as Element).outerHTML +
        document.documentElement.getHTML({ shadowRoots: roots })
      );
    };
    // The direction of a text is its translation's.
    const elements = () =>
      [...document.body.querySelectorAll('*')].map((each) => {
        const copy = each.cloneNode() as Element;
        copy.removeAttribute('dir');
        return copy.outerHTML;
      });
    const words = (element: Element) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      while (walker.nextNode()) {
        for (const [word] of (walker.currentNode as Text).data.matchAll(/[\p{L}\p{N}]+/gu)) found.push(word);
      }
      return found;
    };
    const links = [...document.querySelectorAll('a')].map((link) => ({ link, words: words(link) }));
    const nodes: [Node, Node | null][] = [];
    const walker = document.createTreeWalker(document.body);
    while (walker.nextNode()) nodes.push([walker.currentNode, walker.currentNode.parentNode]);

    const before = html();
    const begin = async (mode: 'replace' | 'bilingual', order: 'same' | 'opposite') => {
      globalThis.subject = pageTranslation.begin({ mode, order, targetLanguage: 'xx' });
      await subject.watching();
    };
    const elementsBefore = elements().sort();
    await begin('replace', 'opposite');
    const [inPlace, elementsNow] = [html(), elements().sort()];
    const texts = subject.requests.flat();
    const phase = subject.states.at(-1)!.phase;
    const movedNodes = nodes.filter(([node, parent]) => node.parentNode !== parent).length;
    const changedLinks = links
      .filter(({ link, words: had }) => {
        const isSame = (now: string[]) => now.toSorted().join(' ') === had.toSorted().join(' ');
        return !isSame(words(link)) && !isSame(words(link).map((word) => word.replace(/^x/, '')));
      })
      .map(({ link, words: had }) => `${had.join(' ')}: ${link.textContent}`);
    await subject.translation.restore();
    const afterReplace = html() === before;

    await begin('bilingual', 'same');
    const beside = html();
    await subject.translation.restore();
    const afterBilingual = html() === before;

    await begin('bilingual', 'opposite');
    subject.translation.setMode('replace');
    await subject.watching();
    subject.translation.setMode('bilingual');
    await subject.watching();
    await subject.translation.restore();
    return {
      phase,
      texts: texts.length,
      changedElements: elementsNow.filter((each, at) => each !== elementsBefore[at]).slice(0, 3),
      changedLinks,
      movedNodes,
      hasChanged: { replace: inPlace !== before, bilingual: beside !== before },
      isRestored: { replace: afterReplace, bilingual: afterBilingual, both: html() === before },
    };
  });
}

const GOOD = {
  phase: 'watching',
  changedElements: [],
  movedNodes: 0,
  hasChanged: { replace: true, bilingual: true },
  isRestored: { replace: true, bilingual: true, both: true },
};

describe('markup survives, and the page is put back exactly', () => {
  it.each(Object.entries(VARIED_PAGES))('%s', async (_, body) => {
    const page = await chromium.open(body);
    const outcome = await translateBothWays(page);
    expect(outcome).toMatchObject({ ...GOOD, changedLinks: [] });
    expect(outcome.texts).toBeGreaterThan(0);
    await page.close();
  });

  const fixtures = readdirSync(FIXTURES).filter((name) => name !== 'empty.html');
  it.each(fixtures)('%s', async (name) => {
    const page = await chromium.openDocument(await readFile(FIXTURES + name, 'utf8'));
    expect(await translateBothWays(page)).toMatchObject({ ...GOOD, changedLinks: [] });
    await page.close();
  });

  it('on a page without text nothing happens', async () => {
    const page = await chromium.open('<img src="a.png"><p>12.5 %</p><p>https://example.org/a</p>');
    expect(await translateBothWays(page)).toMatchObject({ ...GOOD, hasChanged: { replace: false, bilingual: false } });
    await page.close();
  });

  const saved = existsSync(SAVED) ? readdirSync(SAVED).filter((name) => existsSync(`${SAVED}${name}/source.html`)) : [];
  it.each(saved)('the saved page %s', { timeout: 60_000 }, async (name) => {
    const page = await chromium.openDocument(await readFile(`${SAVED}${name}/source.html`, 'utf8'));
    expect(await translateBothWays(page)).toMatchObject(GOOD);
    await page.close();
  });
});
