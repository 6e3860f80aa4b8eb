// What is selected, as it stands in the page: fields, shadow roots, line breaks. In real Chromium.
import { describe, expect, it } from 'vitest';
import { useChromium } from './chromium.ts';

const chromium = useChromium();

function blocksIn(selected: { blocks: { text: string }[] } | null): string[] | null {
  return selected?.blocks.map((block) => block.text) ?? null;
}

describe('extractSelection', () => {
  it('keeps the blocks of the page and cuts at the ends', async () => {
    const page = await chromium.openFixture('news');
    const selected = await page.evaluate(() => {
      const [first, second] = document.querySelectorAll('article > p');
      getSelection()!.setBaseAndExtent(first.firstChild!, 6, second.firstChild!, 10);
      return inklingPage.extractSelection(document);
    });
    expect(selected).toMatchObject({
      scope: 'selection',
      title: 'Ferry service to the islands resumes',
      description: '',
    });
    const blocks = blocksIn(selected)!;
    expect(blocks).toHaveLength(2);
    expect(blocks[0]).toMatch(/^eleven weeks in dock .* since 1997\.$/);
    expect(blocks[1]).toBe('The repair');
    await page.close();
  });

  it('leaves out hidden text between the ends', async () => {
    const page = await chromium.openFixture('hidden-text');
    const selected = await page.evaluate(() => {
      getSelection()!.selectAllChildren(document.body);
      return inklingPage.extractSelection(document);
    });
    expect(JSON.stringify(selected)).not.toContain('SECRET');
    expect(selected!.hiddenCharacters).toBeGreaterThan(300);
    await page.close();
  });

  it('reads in closed shadow roots of custom elements, where someone finds them', async () => {
    const page = await chromium.openFixture('news');
    const read = await page.evaluate(() => {
      const host = document.body.appendChild(document.createElement('closed-story'));
      const tree = host.attachShadow({ mode: 'closed' });
      const story = tree.appendChild(document.createElement('p'));
      story.textContent = 'The clock in Varden has no minute hand.';
      const find = (element: HTMLElement) => (element === host ? tree : element.shadowRoot);
      getSelection()!.setBaseAndExtent(story.firstChild!, 4, story.firstChild!, 9);
      const selected = inklingPage.extractSelection(document, find);
      const quote = { exact: 'no minute hand', prefix: '', suffix: '' };
      return {
        selected: selected?.blocks,
        blind: inklingPage.extractSelection(document)?.blocks ?? [],
        found: String(inklingPage.findQuote(document, quote, find)),
      };
    });
    expect(read.selected).toEqual([{ kind: 'paragraph', text: 'clock' }]);
    expect(JSON.stringify(read.blind)).not.toContain('clock');
    expect(read.found).toBe('no minute hand');
    await page.close();
  });

  it('reads across open shadow roots', async () => {
    const page = await chromium.openFixture('shadow');
    const within = await page.evaluate(() => {
      const app = document.querySelector('orchard-app')!.shadowRoot!;
      const text = app.querySelector('#first')!.firstChild!;
      getSelection()!.setBaseAndExtent(text, 4, text, 15);
      return inklingPage.extractSelection(document);
    });
    expect(blocksIn(within)).toEqual(['oldest pear']);
    const across = await page.evaluate(() => {
      const app = document.querySelector('orchard-app')!.shadowRoot!;
      const first = app.querySelector('#first')!.firstChild as Text;
      const inner = app.querySelector('note-box')!.shadowRoot!.querySelector('#inner')!.firstChild!;
      getSelection()!.setBaseAndExtent(first, first.data.indexOf('since'), inner, 6);
      return inklingPage.extractSelection(document);
    });
    expect(blocksIn(across)).toEqual(['since it was measured.', 'Grafts']);
    await page.close();
  });

  it('reads fields, with their lines, and no secrets', async () => {
    const page = await chromium.openFixture('shadow');
    const read = (id: string, start: number, end: number) =>
      page.evaluate(
        (field, from, to) => {
          const element = document.getElementById(field) as HTMLInputElement;
          getSelection()!.removeAllRanges();
          element.focus();
          element.setSelectionRange(from, to);
          return inklingPage.extractSelection(document);
        },
        id,
        start,
        end,
      );
    expect(blocksIn(await read('field', 6, 36))).toEqual(['line of the field.', 'Second line']);
    expect(await read('password', 0, 10)).toBeNull();
    expect(await read('card', 0, 10)).toBeNull();
    await page.close();
  });

  it('reads editable elements, and nothing where nothing is selected', async () => {
    const page = await chromium.open(
      '<div id="e" contenteditable><div>One line</div><div>two<br><br>three</div></div>',
    );
    expect(await page.evaluate(() => inklingPage.extractSelection(document))).toBeNull();
    const selected = await page.evaluate(() => {
      getSelection()!.selectAllChildren(document.getElementById('e')!);
      return inklingPage.extractSelection(document);
    });
    expect(blocksIn(selected)).toEqual(['One line', 'two', 'three']);
    await page.close();
  });
});
