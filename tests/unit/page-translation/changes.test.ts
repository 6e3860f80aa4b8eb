// Pages that go on changing, and pages that fight back.
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { useChromium } from './chromium.ts';
import type { TestOptions } from './page-script.ts';

const chromium = useChromium();

async function translated(body: string, options: TestOptions = {}): Promise<Page> {
  const page = await chromium.open(body);
  await page.evaluate(async (given) => {
    globalThis.subject = pageTranslation.begin(given);
    await subject.watching();
  }, options);
  return page;
}

/** Until the page says it. */
const says = (page: Page, text: string, timeout = 5_000) =>
  page.waitForFunction((wanted) => document.body.innerText.includes(wanted), { timeout }, text);

describe('what comes later', () => {
  it('is translated: appended blocks, appended text, text that changes', async () => {
    const page = await translated('<div id="feed"><p>First post</p></div><p id="t">A text <b>here</b></p>');
    await page.evaluate(() => {
      document.querySelector('#feed')!.insertAdjacentHTML('beforeend', '<article><h2>Second post</h2>loose</article>');
      document.querySelector('#t')!.append(' goes on');
      document.querySelector('#feed p')!.firstChild!.nodeValue = 'Edited post';
    });
    await says(page, 'xSecond xpost');
    await says(page, 'xA xtext xhere xgoes xon');
    await says(page, 'xEdited xpost');
    const html = await page.evaluate(async () => {
      await subject.translation.restore();
      return document.body.innerHTML;
    });
    expect(html).toBe(
      '<div id="feed"><p>Edited post</p><article><h2>Second post</h2>loose</article></div><p id="t">A text <b>here</b> goes on</p>',
    );
    await page.close();
  });

  it('is translated when it is shown: hidden blocks, closed menus, folded text', async () => {
    const page = await translated(
      '<p>Shown</p><div id="h" style="display:none">Hidden <b>block</b></div><p>In <span id="s" hidden>the middle</span> here</p>',
    );
    expect((await page.evaluate(() => subject.requests)).flat()).toEqual(['Shown', 'In here']);
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('#h')!.style.display = 'block';
      document.querySelector<HTMLElement>('#s')!.hidden = false;
    });
    await says(page, 'xHidden xblock');
    await says(page, 'xIn xthe xmiddle xhere');
    await page.close();
  });

  it('is translated in open shadow trees, also in those that are made later, and put back there', async () => {
    const page = await translated('<x-late><p>Slotted</p></x-late><div id="d"></div>');
    await page.evaluate(() => {
      customElements.define(
        'x-late',
        class extends HTMLElement {
          constructor() {
            super();
            this.attachShadow({ mode: 'open' }).innerHTML = '<p>In the shadow</p><slot></slot>';
          }
        },
      );
      document.querySelector('#d')!.innerHTML = '<p>Something new</p>';
    });
    const shadow = () => document.querySelector('x-late')!.shadowRoot!;
    await page.waitForFunction(() => document.querySelector('x-late')!.shadowRoot?.textContent.includes('xIn xthe'));
    await page.evaluate(() => document.querySelector('x-late')!.shadowRoot!.querySelector('p')!.append(' at last'));
    await page.waitForFunction(() => document.querySelector('x-late')!.shadowRoot!.textContent.includes('xat xlast'));
    await page.evaluate(() => subject.translation.restore());
    expect(await page.evaluate(`(${shadow.toString()})().innerHTML`)).toBe('<p>In the shadow at last</p><slot></slot>');
    await page.close();
  });

  it('is translated after the page has gone to another address by itself, body and all', async () => {
    const page = await translated('<main><p>Page one</p></main>', { mode: 'bilingual' });
    await page.evaluate(() => {
      history.pushState({}, '', '/two');
      const body = document.createElement('body');
      body.innerHTML = '<main><p>Page two</p></main>';
      document.body.replaceWith(body);
    });
    await says(page, 'xPage xtwo');
    expect(await page.evaluate(() => subject.states.at(-1)!.totalCharacters)).toBe('Page two'.length);
    await page.close();
  });

  it('text that becomes editable is as the page wrote it, before the page can save it', async () => {
    const page = await translated('<div id="e">Click to edit</div>');
    const text = await page.evaluate(async () => {
      document.querySelector('#e')!.setAttribute('contenteditable', 'true');
      await Promise.resolve();
      return document.querySelector('#e')!.textContent;
    });
    expect(text).toBe('Click to edit');
    await page.evaluate(() => document.querySelector('#e')!.removeAttribute('contenteditable'));
    await says(page, 'xClick xto xedit');
    await page.close();
  });

  it('what the page takes out leaves as it came, and is translated when it comes back', async () => {
    const page = await translated('<div id="d"><p>Cached <b>view</b></p></div>', { order: 'opposite' });
    const html = await page.evaluate(async () => {
      const view = document.querySelector('#d p')!;
      Object.assign(window, { view });
      view.remove();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return view.outerHTML;
    });
    expect(html).toBe('<p>Cached <b>view</b></p>');
    await page.evaluate(() => document.querySelector('#d')!.append((window as unknown as { view: Element }).view));
    await says(page, 'xview xCached');
    expect((await page.evaluate(() => subject.requests)).flat()).toHaveLength(1);
    await page.close();
  });
});

describe('pages that fight back', () => {
  it('a framework may remove and replace its nodes without finding any of them gone', async () => {
    const page = await translated('<ul id="l"></ul>');
    const result = await page.evaluate(async () => {
      // As React does: by references to its own nodes, which must still be children of the same parents.
      const list = document.querySelector('#l')!;
      const make = (text: string) => {
        const item = document.createElement('li');
        const bold = document.createElement('b');
        bold.append(text);
        const nodes = [document.createTextNode('Item '), bold, document.createTextNode(' of the list')];
        item.append(...nodes);
        list.append(item);
        return { item, bold, nodes };
      };
      const items = [make('one'), make('two'), make('three')];
      await new Promise((resolve) => setTimeout(resolve, 400));
      const shown = list.textContent;
      items[0].item.removeChild(items[0].bold);
      items[1].item.insertBefore(document.createElement('hr'), items[1].nodes[2]);
      items[1].nodes[0].nodeValue = 'Entry ';
      list.removeChild(items[2].item);
      await new Promise((resolve) => setTimeout(resolve, 600));
      return { shown, now: list.textContent };
    });
    expect(result.shown).toBe('xItem xone xof xthe xlistxItem xtwo xof xthe xlistxItem xthree xof xthe xlist');
    expect(result.now).toBe('xItem  xof xthe xlistxEntry xtwo xof xthe xlist'.replace('xItem  xof', 'xItem xof'));
    await page.close();
  });

  it('a page that sets its paragraphs again loses no translation', async () => {
    const page = await translated('<p id="p">Seconds: 0</p>', { mode: 'bilingual' });
    for (const seconds of [1, 2, 3]) {
      await page.evaluate((now) => void (document.querySelector('#p')!.innerHTML = `Seconds: ${now}`), seconds);
      await says(page, `xSeconds: ${seconds}`);
    }
    expect(await page.$$eval('inkling-translation', (all) => all.length)).toBe(1);
    await page.close();
  });

  it('a page that takes every translation out at once wins in the end', async () => {
    const page = await chromium.open('<p id="p">Mine alone</p>');
    const writes = await page.evaluate(async () => {
      const paragraph = document.querySelector('#p')!;
      let undone = 0;
      new MutationObserver(() => {
        if (paragraph.textContent === 'Mine alone') return;
        undone += 1;
        paragraph.textContent = 'Mine alone';
      }).observe(paragraph, { childList: true, characterData: true, subtree: true });
      // Time passes faster for this page: what waits for seconds need not be waited for here.
      const real = window.setTimeout.bind(window);
      window.setTimeout = ((run: () => void, ms = 0) => real(run, ms / 200)) as typeof window.setTimeout;
      const now = performance.now.bind(performance);
      const start = now();
      performance.now = () => start + (now() - start) * 200;
      globalThis.subject = pageTranslation.begin({ mode: 'replace' });
      let before = -1;
      while (undone !== before || undone === 0) {
        before = undone;
        await new Promise((resolve) => real(resolve, 400));
      }
      return undone;
    });
    expect(writes).toBeGreaterThan(1);
    expect(writes).toBeLessThan(100);
    await page.close();
  });

  it('custom elements that make their content anew whenever they are moved or changed', async () => {
    const page = await chromium.open('<p>Some <x-anew>thing</x-anew> and <x-anew>other</x-anew> text</p>');
    const outcome = await page.evaluate(async () => {
      customElements.define(
        'x-anew',
        class extends HTMLElement {
          connectedCallback() {
            this.innerHTML = `<b>${this.textContent.replace(/x/g, '')}</b>`;
          }
        },
      );
      const before = document.body.innerHTML;
      globalThis.subject = pageTranslation.begin({ order: 'opposite' });
      await subject.watching();
      await subject.translation.restore();
      return { before: before.replace(/<\/?b>/g, ''), after: document.body.innerHTML.replace(/<\/?b>/g, '') };
    });
    expect(outcome.after.replace(/\s+/g, ' ').split(' ').sort()).toEqual(outcome.before.split(' ').sort());
    await page.close();
  });

  it('elements nested a thousand deep', async () => {
    const page = await chromium.open('<p id="p">Start </p>');
    const outcome = await page.evaluate(async () => {
      let at: Element = document.querySelector('#p')!;
      for (let depth = 0; depth < 1_000; depth++) {
        const inner = document.createElement('span');
        at.append(inner, ` t${depth}`);
        inner.append(`w${depth} `);
        at = inner;
      }
      const before = document.body.innerHTML;
      const same: boolean[] = [];
      for (const mode of ['replace', 'bilingual'] as const) {
        globalThis.subject = pageTranslation.begin({ mode });
        await subject.watching();
        same.push(document.body.textContent.includes('xw999'));
        await subject.translation.restore();
        same.push(document.body.innerHTML === before);
      }
      return same;
    });
    expect(outcome).toEqual([true, true, true, true]);
    await page.close();
  });

  it('ten thousand paragraphs', { timeout: 60_000 }, async () => {
    const page = await chromium.open(
      Array.from({ length: 10_000 }, (_, at) => `<p>Paragraph ${at} <b>of</b> many</p>`).join(''),
    );
    const outcome = await page.evaluate(async () => {
      const before = document.documentElement.outerHTML;
      globalThis.subject = pageTranslation.begin({ mode: 'replace' });
      await subject.watching();
      const done = document.querySelectorAll('p')[9_999].textContent;
      await subject.translation.restore();
      return { done, isSame: document.documentElement.outerHTML === before };
    });
    expect(outcome).toEqual({ done: 'xParagraph 9999 xof xmany', isSame: true });
    await page.close();
  });

  it('a frame that is taken out while it is translated', async () => {
    const page = await chromium.open('<iframe srcdoc="<p>In the frame</p>"></iframe>');
    const error = await page.evaluate(async () => {
      const frame = document.querySelector('iframe')!;
      await new Promise((resolve) => setTimeout(resolve, 200));
      const errors: string[] = [];
      addEventListener('error', ({ message }) => errors.push(message));
      addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
      globalThis.subject = pageTranslation.begin({ in: frame.contentDocument!, held: true });
      await new Promise((resolve) => setTimeout(resolve, 300));
      frame.remove();
      subject.answer();
      await new Promise((resolve) => setTimeout(resolve, 100));
      await subject.translation.restore();
      return errors;
    });
    expect(error).toEqual([]);
    await page.close();
  });
});
