// What a reader and the page's own scripts find in a translated page: listeners, fields, order of requests, pause, failure.
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import type { TestOptions } from './page-script.ts';
import { useChromium } from './chromium.ts';

const chromium = useChromium();

async function translated(body: string, options: TestOptions = {}): Promise<Page> {
  const page = await chromium.open(body);
  await page.evaluate(async (given) => {
    globalThis.subject = pageTranslation.begin(given);
    if (!given.held) await subject.watching();
  }, options);
  return page;
}

const textOf = (page: Page, selector: string) => page.$eval(selector, (element) => element.textContent);

describe('in the place of the text', () => {
  it('elements move with what they stand on, as the same nodes', async () => {
    const page = await chromium.open('<p id="p">Read <a href="/a">this page</a> and <b>that</b> one</p>');
    const same = await page.evaluate(async () => {
      const [link, bold] = [document.querySelector('a')!, document.querySelector('b')!];
      let clicks = 0;
      link.addEventListener('click', (event) => {
        event.preventDefault();
        clicks += 1;
      });
      globalThis.subject = pageTranslation.begin({ order: 'opposite' });
      await subject.watching();
      document.querySelector('a')!.click();
      return { clicks, isSame: document.querySelector('a') === link && document.querySelector('b') === bold };
    });
    expect(same).toEqual({ clicks: 1, isSame: true });
    expect(await page.$eval('#p', (p) => p.innerHTML)).toBe(
      'xone <b>xthat</b> xand <a href="/a">xpage xthis</a> xRead',
    );
    await page.close();
  });

  it('code, images and line breaks keep their place in the sentence and the space around them', async () => {
    const page = await translated(
      '<p>Use <code>open()</code> here (<code>x</code>).<br>Then <img alt="i" src="i.png"> comes.</p>',
    );
    expect(await page.evaluate(() => subject.requests.flat())).toEqual(['Use here ().\nThen comes.']);
    expect(await page.$eval('p', (p) => p.innerHTML)).toBe(
      'xUse <code>open()</code> xhere (<code>x</code>).<br>xThen <img alt="i" src="i.png"> xcomes.',
    );
    await page.close();
  });

  it('fields keep what was typed, and focus and selection stay', async () => {
    const page = await translated(
      '<form><label>Your name <input id="n"></label><label><input type="checkbox" id="c"> Agree</label><textarea>mine</textarea><select><option value="a">One<option value="b">Two<option>Red</select></form>',
      { held: true },
    );
    await page.type('#n', 'Ann');
    await page.click('#c');
    await page.select('select', 'b');
    await page.focus('#n');
    await page.evaluate(async () => {
      subject.answerAll();
      await subject.watching();
    });
    const state = await page.evaluate(() => ({
      name: document.querySelector<HTMLInputElement>('#n')!.value,
      isChecked: document.querySelector<HTMLInputElement>('#c')!.checked,
      area: document.querySelector('textarea')!.value,
      options: [...document.querySelectorAll('option')].map(({ text, value }) => [text, value]),
      chosen: document.querySelector('select')!.value,
      focused: document.activeElement?.id,
      label: document.querySelector('label')!.textContent,
    }));
    expect(state).toEqual({
      name: 'Ann',
      isChecked: true,
      area: 'mine',
      // What an option without a value of its own says is what the form sends.
      options: [['xOne', 'a'], ['xTwo', 'b'], ['Red', 'Red']], // prettier-ignore
      chosen: 'b',
      focused: 'n',
      label: 'xYour xname ',
    });
    await page.close();
  });

  it('what is not to be translated is not even asked about', async () => {
    const page =
      await translated(`<p>Plain text</p><pre>pre text</pre><code>code text</code><p translate="no">no text</p>
      <p class="x notranslate">class text</p><div contenteditable="true">edited text</div><div role="textbox">box text</div>
      <textarea>area text</textarea><p lang="pt-BR">texto feito</p><math><mtext>math text</mtext></math><svg><text>svg text</text></svg>
      <style>style text</style><noscript>noscript text</noscript><template>template text</template><p>https://example.org/x</p><p>12 + 3</p>`);
    expect(await page.evaluate(() => subject.requests.flat())).toEqual(['Plain text']);
    await page.close();
  });

  it('where the page says which language a part is in, a third one is left alone', async () => {
    const page = await translated('<p lang="en-GB">One</p><p lang="fr">Deux</p><p>Three</p>', { sourceLanguage: 'en' });
    expect(await page.evaluate(() => subject.requests.flat())).toEqual(['One', 'Three']);
    await page.close();
  });

  it('a text that runs the other way is said to, and no longer afterwards', async () => {
    const page = await translated('<p>Hello</p><p dir="auto">There</p>', { targetLanguage: 'ar' });
    expect(await page.$$eval('p', (all) => all.map(({ dir }) => dir))).toEqual(['rtl', 'rtl']);
    expect(await page.$eval('html', ({ lang }) => lang)).toBe('ar');
    await page.evaluate(() => subject.translation.restore());
    expect(await page.$$eval('p', (all) => all.map((p) => p.outerHTML))).toEqual([
      '<p>Hello</p>',
      '<p dir="auto">There</p>',
    ]);
    expect(await page.$eval('html', ({ lang }) => lang)).toBe('en');
    await page.close();
  });

  it('the page keeps what it changed itself when the rest is put back', async () => {
    const page = await translated('<p id="a">First <b>bold</b> text</p><p id="b">Second text</p><p id="c">Third</p>', {
      order: 'opposite',
    });
    const html = await page.evaluate(async () => {
      document.querySelector('#b')!.firstChild!.nodeValue = 'New second';
      document.querySelector('#a')!.append(' and more');
      document.querySelector('#c')!.remove();
      await subject.translation.restore();
      return document.body.innerHTML;
    });
    expect(html).toBe('<p id="a">First <b>bold</b> text and more</p><p id="b">New second</p>');
    await page.close();
  });
});

describe('beside the text', () => {
  it('each paragraph is followed by its translation, in the same box; controls are not doubled', async () => {
    const page = await translated(
      `<h2 id="h">A <i id="i">title</i></h2><p>With a <a href="/a" onclick="x()" id="l">link</a> and <img src="i.png" alt="a"></p><form>Name <input></form>
      <table><tr><td>Cell</td></tr></table><button>Press</button><ul><li>Item<ul><li>Inner</li></ul></li></ul><nav><a href="/">Home</a></nav>`,
      { mode: 'bilingual' },
    );
    const own = (inner: string) =>
      `<inkling-translation lang="pt" dir="ltr" translate="no">${inner}</inkling-translation>`;
    expect(await page.$eval('h2', (h) => h.innerHTML)).toBe(`A <i id="i">title</i>${own('xA <i>xtitle</i>')}`);
    expect(await page.$eval('p inkling-translation', (p) => p.innerHTML)).toBe('xWith xa <a href="/a">xlink</a> xand');
    expect(await page.$eval('td', (td) => td.innerHTML)).toBe(`Cell${own('xCell')}`);
    expect(await page.$eval('li', (li) => li.innerHTML)).toBe(
      `Item${own('xItem')}<ul><li>Inner${own('xInner')}</li></ul>`,
    );
    expect(await textOf(page, 'button')).toBe('xPress');
    expect(await textOf(page, 'nav')).toBe('xHome');
    expect(await page.$eval('form', (form) => form.innerHTML)).toBe('xName <input>');
    expect(await page.$$eval('input, #i, #l', (all) => all.length)).toBe(3);
    await page.close();
  });

  it('comes after the images and footnotes that end its line, and does not repeat them', async () => {
    const page = await translated(
      '<p>All is said.<sup id="r"><a href="#n">[1]</a></sup> <img src="i.png"></p><h2><a href="/t">Title</a> <svg></svg></h2>',
      { mode: 'bilingual' },
    );
    const own = (inner: string) =>
      `<inkling-translation lang="pt" dir="ltr" translate="no">${inner}</inkling-translation>`;
    expect(await page.$eval('p', (p) => p.innerHTML)).toBe(
      `All is said.<sup id="r"><a href="#n">[1]</a></sup> <img src="i.png">${own('xAll xis xsaid.')}`,
    );
    expect(await page.$eval('h2', (h) => h.innerHTML)).toBe(`<a href="/t">Title</a> <svg></svg>${own('xTitle')}`);
    await page.close();
  });

  it('text on a background of its own stands on it again', async () => {
    const page = await translated(
      '<style>.f { background: #333; color: white }</style><h2><a class="f" href="/a"><b>A title</b></a> <img src="i.png"></h2><p><a href="/a"><b>A link</b></a></p>',
      { mode: 'bilingual' },
    );
    expect(await page.$$eval('inkling-translation', (all) => all.map(({ innerHTML }) => innerHTML))).toEqual([
      '<a class="f" href="/a"><b>xA xtitle</b></a>',
      'xA xlink',
    ]);
    expect(await page.$eval('h2', ({ lastElementChild }) => lastElementChild?.localName)).toBe('inkling-translation');
    await page.close();
  });

  it('it stands on a line of its own, also under a strict policy and whatever the page makes of its elements', async () => {
    const page = await chromium.openDocument(
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'">
      <body><p>One line</p>`,
    );
    const lines = await page.evaluate(async () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('p > * { display: none; float: left; font-size: 3px }');
      document.adoptedStyleSheets = [sheet];
      globalThis.subject = pageTranslation.begin({ mode: 'bilingual' });
      await subject.watching();
      const own = document.querySelector('inkling-translation')!;
      const { display, borderInlineStartWidth, fontSize, cssFloat } = getComputedStyle(own);
      return { display, borderInlineStartWidth, fontSize, cssFloat, lines: document.querySelector('p')!.innerText };
    });
    expect(lines).toEqual({
      display: 'block',
      borderInlineStartWidth: '1px',
      fontSize: '16px',
      cssFloat: 'none',
      lines: 'One line\nxOne xline',
    });
    await page.close();
  });

  it.each([
    ['a flex row', '<div id="x" style="display:flex">Some longer text here<span>Side</span></div>'],
    ['a grid', '<div id="x" style="display:grid">Some longer text here</div>'],
    [
      'a line that is cut off',
      '<p id="x" style="white-space:nowrap;overflow:hidden;text-overflow:ellipsis">Some longer text here</p>',
    ],
    [
      'a clamped text',
      '<p id="x" style="display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden">Some longer text here</p>',
    ],
  ])('in %s, where a second line would break the layout, it stands in its place', async (_, body) => {
    const page = await translated(body, { mode: 'bilingual' });
    expect(await textOf(page, '#x')).toMatch(/^xSome xlonger xtext xhere/);
    expect(await page.$$eval('#x > inkling-translation', (all) => all.length)).toBe(0);
    await page.close();
  });

  it('what is being read stays where it is on the screen', async () => {
    const body = Array.from(
      { length: 200 },
      (_, at) => `<p id="p${at}">Paragraph ${at} of a long page with some text</p>`,
    );
    const page = await chromium.open(body.join(''));
    const moved = await page.evaluate(async () => {
      scrollTo(0, document.querySelector('#p100')!.getBoundingClientRect().top + 4);
      await new Promise(requestAnimationFrame);
      const top = () => document.querySelector('#p100')!.getBoundingClientRect().top;
      const before = top();
      globalThis.subject = pageTranslation.begin({ mode: 'bilingual' });
      await subject.watching();
      await new Promise(requestAnimationFrame);
      const above = document.querySelectorAll('#p20 inkling-translation, #p99 inkling-translation').length;
      return { above, by: Math.abs(top() - before) };
    });
    expect(moved.above).toBe(2);
    expect(moved.by).toBeLessThan(3);
    await page.close();
  });
});

describe('both ways', () => {
  it('the mode changes at will, and nothing is translated again', async () => {
    const page = await translated('<p>One <b>two</b></p><button>Three</button>', { mode: 'bilingual' });
    const shown = await page.evaluate(async () => {
      const seen = [document.querySelector('p')!.innerHTML];
      for (const mode of ['replace', 'bilingual'] as const) {
        subject.translation.setMode(mode);
        await subject.watching();
        seen.push(document.querySelector('p')!.innerHTML);
      }
      return { seen, texts: subject.requests.flat().length };
    });
    expect(shown.texts).toBe(2);
    expect(shown.seen[1]).toBe('xOne <b>xtwo</b>');
    expect(shown.seen[2]).toBe(shown.seen[0]);
    await page.close();
  });

  it('a sentence that was left in the original is underlined, and the markup does not say so', async () => {
    const page = await translated('<p>Fine text</p><p>Odd text here</p>', { kept: ['Odd'], mode: 'bilingual' });
    const kept = await page.evaluate(() => ({
      html: document.querySelectorAll('p')[1].outerHTML,
      count: subject.states.at(-1)!.kept,
      ranges: [...CSS.highlights.get('inkling-kept')!].length,
    }));
    expect(kept).toEqual({ html: '<p>Odd text here</p>', count: 1, ranges: 1 });
    const after = await page.evaluate(async () => {
      await subject.translation.restore();
      return [CSS.highlights.size, document.adoptedStyleSheets.length];
    });
    expect(after).toEqual([0, 0]);
    await page.close();
  });
});
