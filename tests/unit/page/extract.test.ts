// What must and what must not be in the text, per kind of page, in real Chromium.
import { describe, expect, it } from 'vitest';
import { textOf, useChromium } from './chromium.ts';

const chromium = useChromium();

const PAGES: Record<string, { has: string[]; lacks: string[] }> = {
  news: {
    has: ['After eleven weeks in dock', 'A lifeline has to be there', 'leaves the harbour on Tuesday', 'in the autumn'],
    lacks: [
      'Share on Facebook',
      'newsletter',
      'Harbour dues',
      'Advertisement',
      'Winter timetable',
      'About time too',
      'All rights reserved',
      'Weather',
    ],
  },
  forum: {
    has: ['My loaves spread', 'poke test', 'eleven percent protein', 'The dent stays', 'Cold dough'],
    lacks: ['Register', 'Members', 'Privacy policy'],
  },
  docs: {
    has: ['Opens a connection and returns', 'RefusedError', 'Syntax', 'A server may take seconds', 'retries: 3'],
    lacks: ['Getting started', 'On this page', 'Edit this page', 'Was this page helpful'],
  },
  'search-results': {
    has: ['Cone chart for beginners', 'Cone 6 stoneware', 'slow bisque climbs', 'Type K drifts'],
    lacks: ['Images', 'Privacy'],
  },
  app: {
    has: ['Berth 14 is free from Monday', 'mostly wet', 'both telltales'],
    lacks: ['Drafts', 'Trash', 'Message archived'],
  },
  questions: {
    has: ['My bread knife has become dull', 'tapered ceramic rod', 'fine stone', 'profile wheel'],
    lacks: ['Can I freeze eggs', 'Tags'],
  },
  product: {
    has: ['carries two days of food', '£119.00', 'Weight | 890 grams', 'Three winters in Torridon'],
    lacks: ['Bothy lamp', 'You may also like', 'newsletter', 'Add to basket', 'We use cookies', 'Tents'],
  },
  repository: {
    has: ['A compact file format for the logs', 'npm install lakefile', 'At most 64 channels'],
    lacks: ['Pull requests', 'Pricing', 'Contact'],
  },
  chinese: { has: ['青溪河水质由劣五类提升至三类', '新建管网五十七公里', '夏季藻华'], lacks: ['财经', '版权所有'] },
  japanese: { has: ['昭和四年に建てられた', '長椅子', '佐伯さんは話す'], lacks: ['人気記事', '橋の工事'] },
  arabic: { has: ['عاد ثلاثة من صانعي القوارب', 'أسهل إصلاحا'], lacks: ['اقتصاد', 'جميع الحقوق'] },
  broken: {
    has: [
      'Water from the leat',
      'eight turns a minute',
      'burn the mill down. Every miller',
      'French burr',
      'nobody knows',
    ],
    lacks: ['<', 'undefined'],
  },
  shadow: {
    has: ['four hundred kilograms', 'nine villages', 'The tenth village', 'letter from the pomologist'],
    lacks: ['Trees', 'hunter2', '4111', 'of the field'],
  },
};

describe('extractArticle', () => {
  it.each(Object.entries(PAGES))('gives the main text of the %s page and nothing around it', async (name, page) => {
    const text = textOf(await chromium.extract(name));
    for (const part of page.has) expect(text).toContain(part);
    for (const part of page.lacks) expect(text).not.toContain(part);
  });

  it('leaves out text hidden in 23 ways, keeps text that only looks like it, and counts what was left out', async () => {
    const article = await chromium.extract('hidden-text');
    const text = textOf(article);
    expect(text).not.toMatch(/SECRET/);
    expect(text).toContain('Light words on a dark picture');
    expect(text).toContain('Painted heading');
    expect(text).toContain('never missed a storm');
    expect(text).toContain('He used to sign with his initials only.');
    expect(article.hiddenCharacters).toBeGreaterThan(300);
    expect(article.hiddenCharacters).toBeLessThan(500);
  });

  it('says what kind each block is, in reading order', async () => {
    const { blocks } = await chromium.extract('docs');
    expect(blocks.map((block) => block.kind)).toEqual([
      'paragraph', 'heading', 'code', 'heading', 'table', 'table', 'table', 'heading', 'list-item', 'list-item', 'paragraph', 'paragraph',
    ]); // prettier-ignore
    expect(blocks[2].text).toBe('const pool = await tidepool.connect(url, {\n  retries: 3,\n  timeoutMs: 5000,\n});');
    expect(blocks[5].text).toBe('retries | number | 3 | How often a failed attempt is repeated.');
  });

  it('reads what the page says about itself', async () => {
    expect(await chromium.extract('news')).toMatchObject({
      title: 'Ferry service to the islands resumes',
      siteName: 'The Sound Post',
      language: 'en',
      description: 'After eleven weeks in dock the ferry sails again, with new engines and an old captain.',
      scope: 'page',
      url: 'https://page.test/article',
    });
    expect(await chromium.extract('product')).toMatchObject({ title: 'Fell 35 rucksack', language: 'en-GB' });
    expect(await chromium.extract('forum')).toMatchObject({ title: 'Sourdough turns out flat', description: '' });
  });

  it('throws no-content on a page without text', async () => {
    await expect(chromium.extract('empty')).rejects.toThrow('no-content');
  });

  it('does not change the page', async () => {
    for (const name of ['news', 'shadow', 'hidden-text']) {
      const page = await chromium.openFixture(name);
      const [before, after] = await page.evaluate(() => {
        const html = (): string => document.documentElement.getHTML({ serializableShadowRoots: true });
        const start = html();
        inklingPage.extractArticle(document);
        return [start, html()];
      });
      expect(after).toBe(before);
      await page.close();
    }
  });

  it('shows a page that hides itself until its scripts have run', async () => {
    const words = 'The tide table for the estuary is printed every winter and sold out by March. '.repeat(5);
    const page = await chromium.open(
      `<style>body { visibility: hidden !important }</style><p>${words}</p><p style="display:none">SECRET</p>`,
    );
    const text = textOf(await page.evaluate(() => inklingPage.extractArticle(document)));
    expect(text).toContain('tide table');
    expect(text).not.toContain('SECRET');
    await page.close();
  });

  it('stays bounded on 100,000 nodes, 3 million characters and 1,500 levels', async () => {
    const page = await chromium.open('<main></main>');
    const measured = await page.evaluate(() => {
      const main = document.querySelector('main')!;
      const sentence = 'The river rose a hand higher every hour that night. ';
      for (let index = 0; index < 33_000; index++) {
        const paragraph = document.createElement('p');
        paragraph.append(sentence.repeat(2), document.createElement('b'));
        paragraph.lastElementChild!.append('Rain.');
        main.append(paragraph);
      }
      let deep: Element = main;
      for (let level = 0; level < 1_500; level++) deep = deep.appendChild(document.createElement('div'));
      deep.append('the bottom');
      main.getBoundingClientRect(); // The page's own layout is not ours to count.
      const start = performance.now();
      const article = inklingPage.extractArticle(document);
      const characters = article.blocks.reduce((sum, block) => sum + block.text.length, 0);
      return { ms: performance.now() - start, characters, blocks: article.blocks.length, truncated: article.truncated };
    });
    expect(measured.blocks).toBeGreaterThan(15_000);
    expect(measured.characters).toBeLessThanOrEqual(2_000_000);
    expect(measured.truncated).toBe(true);
    expect(measured.ms).toBeLessThan(15_000);
    await page.close();
  }, 60_000);
});
