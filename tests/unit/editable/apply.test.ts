// Replacing in what is only editable: whatever the markup, the text is the new one or everything is as it was, and undo leads back.
import { describe, expect, it } from 'vitest';
import { methodFor } from '../../../lib/page/editable/ways.ts';
import { applyEdits, type TextEdit } from '../../../lib/page/editable/target.ts';
import { useChromium } from './chromium.ts';
import { randomMarkup, seeded, type Random } from './random-markup.ts';

const open = useChromium();
const PAGES = 40;
const NEW_WORDS = ['sea', '海', 'بحر', '🌊', ''];

describe('replacing', () => {
  it(`gives the new text or leaves the old one, on ${PAGES} random pages`, { timeout: 120_000 }, async () => {
    const page = await open('');
    await page.bringToFront();
    let applied = 0;
    for (let seed = 1; seed <= PAGES; seed++) {
      const html = randomMarkup(seeded(seed));
      const captured = await page.evaluate((markup) => {
        const root = document.querySelector<HTMLElement>('#root')!;
        root.innerHTML = markup;
        root.focus();
        getSelection()!.selectAllChildren(root);
        return editable.capture();
      }, html);
      if (!captured) continue;
      const edits = randomEdits(captured.text, seeded(-seed));
      const before = await page.evaluate(() => [editable.text(), document.querySelector('#root')!.innerHTML]);
      const [result, text, after] = await page.evaluate(async (asked) => {
        const given = await editable.apply(asked);
        return [given, editable.text(), document.querySelector('#root')!.innerHTML];
      }, edits);
      const why = `${html}\n${JSON.stringify(edits)}`;
      if (result === 'refused') expect([text, after], why).toEqual(before);
      else {
        applied += 1;
        expect(result, why).toBe('applied');
        expect(plain(text), why).toBe(plain(applyEdits(captured.text, edits)));
      }
    }
    // Markup like this is far from what people write: much of it is refused, and then nothing has changed.
    expect(applied).toBeGreaterThan(PAGES / 4);
    await page.close();
  });

  it.each([
    '<p>Ask <a href="#">teh second</a> one abuot it.</p>',
    '<p><a href="#">teh second</a> one abuot it.</p>',
    '<p>Now abuot <a href="#">teh second</a></p>',
    '<p><b>teh second</b> one <i>abuot it</i></p>',
    '<p>First <b>teh</b> abuot<br>second teh <i>abuot</i> it</p>',
    '<h2>Teh teh <i>first</i></h2><p>abuot it</p><ul><li>and</li></ul><p>in <b>teh end</b> once more</p>',
    'Bare teh <b>first</b><div>abuot it</div><div><br></div><div>in <b>teh</b> end</div>',
    '<ul><li>none</li><li>teh <a href="#">teh first</a></li><li>abuot <i>it</i></li></ul><p>and</p>',
    '<p>none</p><p><b>teh first</b></p><p style="color: red" class="x">it is abuot</p><p>none</p>',
    'First <b>teh</b> line<br><br>and abuot it',
    '<ul><li>teh first</li><li>second</li></ul><p>it is <i>abuot</i> that</p>',
    '<p>none</p><ul>\n<li>teh <b>first</b></li>\n<li>second</li>\n</ul>\n<p>it is abuot that</p><ul><li>none</li></ul>',
    '<p class="x">teh first<br>line</p><blockquote><p>none</p><p>it is <i>abuot</i> that</p></blockquote><p>none</p>',
    '<blockquote>teh first</blockquote><h2>it is <i>abuot</i></h2><pre>that</pre>',
    '<h2>teh first</h2><ul><li>second</li><li>it is <i>abuot</i> that</li></ul>',
    '<ul><li>first</li><li>teh second<ul><li>it is abuot that</li></ul></li></ul><div>none</div>',
    '<p>none</p><table><tbody><tr><td>teh <b>first</b></td><td>abuot it</td></tr></tbody></table><p>none</p>',
    '<table><tbody><tr><td>teh <b>first</b></td><td>none</td></tr></tbody></table><p>it is abuot that<br></p>',
    '<section><h2>teh first</h2><ul><li>it is abuot that</li></ul></section><section><p>none</p></section>',
    '<p><img alt=""> teh first</p><ul><li>none</li></ul><p>it is abuot <span contenteditable="false">@Ana</span></p><p>none</p>',
    '<dl><dt>teh first</dt><dd>none</dd></dl><p>it is abuot that</p>',
  ])('changes words only, no element, and is undone at once: %s', async (html) => {
    const page = await open(html);
    await page.bringToFront();
    const after = await page.evaluate(async () => {
      const root = document.querySelector<HTMLElement>('#root')!;
      root.focus();
      getSelection()!.selectAllChildren(root);
      const { text } = editable.capture()!;
      const edits = [...text.matchAll(/teh|abuot/g)].map(({ 0: word, index: start }) => ({
        start,
        end: start + word.length,
        replacement: word === 'teh' ? 'the' : 'about',
      }));
      const steps = editable.stepsOf(edits);
      const result = await editable.apply(edits);
      const applied = root.innerHTML;
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      document.execCommand('undo');
      return [steps, result, applied, root.innerHTML];
    });
    expect(after).toEqual([1, 'applied', html.replaceAll('teh', 'the').replaceAll('abuot', 'about'), html]);
    await page.close();
  });

  it('says where formatting would be lost', async () => {
    const page = await open(
      '<p>The <b>brown</b> fox and <span contenteditable="false">@Ana</span> run<img alt=""> far.</p>',
    );
    const losing = await page.evaluate(() => {
      document.querySelector<HTMLElement>('#root')!.focus();
      getSelection()!.selectAllChildren(document.querySelector('#root')!);
      const { text } = editable.capture()!;
      const losesIn = (part: string) => {
        const start = text.indexOf(part);
        return editable.losesFormatting([{ start, end: start + part.length, replacement: 'x' }]);
      };
      return ['brown', 'fox and', 'brown fox', 'Ana', 'run far', ' far'].map(losesIn);
    });
    expect(losing).toEqual([false, false, true, true, true, false]);
    await page.close();
  });
});

describe('capturing', () => {
  it.each([
    ['<input id="field" value="a text" type="password">', null],
    ['<input id="field" value="4111" autocomplete="cc-number">', null],
    ['<input id="field" value="123456" autocomplete="one-time-code">', null],
    ['<input id="field" value="a text" readonly>', null],
    ['<input id="field" value="3" type="number">', null],
    ['<textarea id="field">  </textarea>', null],
    ['<input id="field" value="a text">', { text: 'a text', scope: 'field' }],
    ['<textarea id="field">one\ntwo\n\nthree</textarea>', { text: 'one\ntwo', scope: 'paragraph' }],
    ['<div class="CodeMirror"><textarea id="field">code</textarea></div>', null],
    ['<button id="field">press</button>', null],
  ])('%s', async (html, captured) => {
    const page = await open('');
    const found = await page.evaluate((markup) => {
      document.body.insertAdjacentHTML('beforeend', markup);
      const field = document.querySelector<HTMLInputElement>('#field')!;
      field.focus();
      if (field.localName === 'textarea') field.setSelectionRange(1, 1);
      return editable.capture();
    }, html);
    expect(found).toEqual(captured);
    await page.close();
  });

  it('takes what is selected, without the white space at its ends', async () => {
    const page = await open('<p>one two three</p>');
    const found = await page.evaluate(() => {
      document.querySelector<HTMLElement>('#root')!.focus();
      const text = document.querySelector('p')!.firstChild!;
      getSelection()!.setBaseAndExtent(text, 3, text, 8);
      return editable.capture();
    });
    expect(found).toEqual({ text: 'two', scope: 'selection' });
    await page.close();
  });
});

it('makes up a paste in Firefox for no editor but those that were seen to read it', () => {
  const shape = { several: false, inLine: true, hasBreaks: true, emptiesNode: false, besideBreak: false };
  const kinds = ['plain', 'prosemirror', 'lexical', 'slate', 'quill', 'draft', 'ckeditor', 'codemirror'] as const;
  expect(kinds.filter((kind) => methodFor(kind, 'firefox', shape).way === 'paste')).toEqual(['ckeditor']);
});

/** One to three words, each by another or by nothing. */
function randomEdits(text: string, random: Random): TextEdit[] {
  const words = [...text.matchAll(/[^\s\u00a0]+/g)];
  const some = words.filter(() => random(words.length) < 3).slice(0, 3);
  return (some.length > 0 ? some : words.slice(0, 1)).map(({ 0: word, index: start }) => ({
    start,
    end: start + word.length,
    replacement: NEW_WORDS[random(NEW_WORDS.length)],
  }));
}

function plain(text: string): string {
  return text
    .replace(/[ \u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}
