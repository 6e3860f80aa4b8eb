import { describe, expect, it } from 'vitest';
import type { Article, Block } from '../../../lib/article.ts';
import { quoteOf } from '../../../lib/tasks/quote.ts';
import { selectSentences } from '../../../lib/tasks/select.ts';

function article(paragraphs: (string | Block)[], rest: Partial<Article> = {}): Article {
  const blocks = paragraphs.map((text): Block => (typeof text === 'string' ? { kind: 'paragraph', text } : text));
  return {
    url: 'https://news.example/bridge',
    title: 'Council closes the old Elm Street bridge | Example News',
    language: 'en',
    description: '',
    scope: 'page',
    hiddenCharacters: 0,
    ...rest,
    blocks,
  };
}

const LEAD =
  'ELMTON, Ohio — The city council voted on Tuesday to close the Elm Street bridge after engineers found cracks in two of its steel beams.';
const TRAFFIC =
  'The bridge carries 9,000 cars a day, and the closure will send most of them over the Oak Street crossing until 2027.';
const MONEY = 'However, the state has promised to pay 4 million dollars towards a new bridge on Elm Street.[3]';
const STORY = [
  'By Jane Roe',
  LEAD,
  'It was the only sensible choice.',
  '“We had no choice,” said Mayor Ann Poe.',
  { kind: 'caption', text: 'The Elm Street bridge in 1931, when the council opened it. Photo: City Archive' } as const,
  TRAFFIC,
  MONEY,
  'What will happen to the shops on Elm Street?',
  'Subscribe to our newsletter for more stories about the Elm Street bridge.',
  'Engineers from the state university inspected the bridge in March and warned the council that the beams could fail in a flood.',
];

function texts(of: Article, type: 'tldr' | 'key-points' | 'headline', length: 'short' | 'medium' | 'long' = 'medium') {
  return selectSentences(of, { type, length }).quotes.map(({ text }) => text);
}

describe('selectSentences, tl;dr', () => {
  it('quotes the telling sentences in page order, trimmed by rule, and says where they stand', () => {
    const page = article(STORY);
    const { quotes, coverage } = selectSentences(page, { type: 'tldr', length: 'medium' });
    expect(quotes[0].text).toBe(LEAD.replace('ELMTON, Ohio — ', ''));
    expect(quotes.map(({ sources }) => sources[0].block)).toEqual(
      quotes.map(({ sources }) => sources[0].block).toSorted((a, b) => a - b),
    );
    for (const { sources, support, origin } of quotes) {
      expect([support, origin]).toEqual(['quoted', 'page']);
      const { exact } = quoteOf(page, sources[0]);
      expect(page.blocks[sources[0].block].text).toContain(exact);
    }
    expect(coverage.wordsRead).toBe(coverage.words);
    expect(coverage.words).toBeGreaterThan(100);
  });

  it('leaves out bylines, captions, questions, furniture and what leans on other sentences', () => {
    const shown = texts(article(STORY), 'tldr', 'long').join('\n');
    for (const part of ['Jane Roe', 'Photo', 'newsletter', 'What will happen', 'only sensible']) {
      expect(shown).not.toContain(part);
    }
  });

  it('grows with the length', () => {
    const words = (['short', 'medium', 'long'] as const).map(
      (length) => texts(article(STORY), 'tldr', length).join(' ').length,
    );
    expect(words[0]).toBeLessThan(words[1]);
    expect(words[1]).toBeLessThan(words[2]);
    expect(texts(article(STORY), 'tldr', 'short')).toHaveLength(1);
  });

  it('puts a real description of the page first, with the sentence that says the same as its source', () => {
    const description = 'Elmton closes its Elm Street bridge after engineers find cracks in two steel beams.';
    const page = article(STORY, { description });
    const [first, ...others] = selectSentences(page, { type: 'tldr', length: 'medium' }).quotes;
    expect(first).toMatchObject({ text: description, origin: 'description', support: 'quoted' });
    expect(quoteOf(page, first.sources[0]).exact).toBe(LEAD);
    expect(others.map(({ text }) => text)).not.toContain(LEAD.replace('ELMTON, Ohio — ', ''));
  });

  it.each([
    ['too short', 'The bridge is closed.'],
    [
      'cut',
      'The city council voted on Tuesday to close the Elm Street bridge after engineers found cracks in two of its steel beams, and now everybody has to...',
    ],
    ['cut without dots', 'The city council voted on Tuesday to close the Elm'],
    ['a slogan', 'Find out more about the bridge and the latest news from Elmton, its council and its streets.'],
    ['about the site', 'Local sports, weather, obituaries, classified ads, recipes, traffic and community listings.'],
    [
      'in another language',
      'Der Rat der Stadt hat die Elm Street bridge geschlossen, weil die Träger nicht mehr sicher sind.',
    ],
    ['the title again', 'Council closes the old Elm Street bridge | Example News'],
    ['a question', 'Why did the city council close the Elm Street bridge on Tuesday?'],
  ])('takes no description that is %s', (_, description) => {
    const { quotes } = selectSentences(article(STORY, { description }), { type: 'tldr', length: 'medium' });
    expect(quotes.map(({ origin }) => origin)).not.toContain('description');
    expect(quotes.length).toBeGreaterThan(0);
  });

  it('says nothing twice', () => {
    const page = article([LEAD, ...STORY.slice(2), LEAD]);
    const shown = texts(page, 'tldr', 'long');
    expect(new Set(shown).size).toBe(shown.length);
  });

  it.each([
    [
      'zh',
      [
        '深圳市政府周二宣布，因发现两根钢梁出现裂缝，将关闭使用了九十年的旧大桥。',
        '这座大桥每天有九千辆汽车通过，关闭后大部分车辆将改走东边的新桥。',
        '点击这里订阅我们的新闻。',
        '但是居民不满意。',
        '工程师三月份检查大桥时警告说，钢梁在洪水中可能断裂。',
      ],
    ],
    [
      'ar',
      [
        'قررت بلدية المدينة يوم الثلاثاء إغلاق الجسر القديم بعد أن وجد المهندسون شقوقا في اثنتين من عوارضه الفولاذية.',
        'يمر على الجسر تسعة آلاف سيارة كل يوم وسيتحول معظمها إلى الجسر الجديد في شرق المدينة.',
        'هل كان القرار صحيحا؟',
        'حذر المهندسون في شهر مارس من أن العوارض قد تنهار في الفيضان القادم.',
      ],
    ],
    [
      'th',
      [
        'เทศบาลเมืองประกาศปิดสะพานเก่าเมื่อวันอังคารหลังจากวิศวกรพบรอยร้าวในคานเหล็กสองท่อนของสะพาน รถยนต์เก้าพันคันใช้สะพานนี้ทุกวันและส่วนใหญ่จะต้องไปใช้สะพานใหม่ทางทิศตะวันออกแทน',
      ],
    ],
  ])('works in %s', (language, paragraphs) => {
    const page = article(paragraphs, { language, title: '' });
    const { quotes } = selectSentences(page, { type: 'tldr', length: 'medium' });
    expect(paragraphs.join(' ')).toContain(quotes[0].text);
    expect(quotes[0].sources[0].start).toBe(0);
    expect(quotes.map(({ text }) => text).join()).not.toMatch(/订阅|؟/);
  });

  it('has something to show for the poorest page, and nothing for an empty one', () => {
    expect(texts(article(['Menu', 'Home > News']), 'tldr')).toHaveLength(1);
    expect(
      texts(article(['It broke on Monday when they tried to open the old gate to the town.']), 'tldr'),
    ).toHaveLength(1);
    expect(texts(article([]), 'tldr')).toEqual([]);
  });

  it('reads preformatted text where the page has no other', () => {
    expect(texts(article([{ kind: 'code', text: [TRAFFIC, MONEY].join(' ') }]), 'tldr')[0]).toContain('9,000 cars');
  });
});

describe('selectSentences, key points', () => {
  it('takes points from all parts of the page', () => {
    const sections = ['alpha', 'beta', 'gamma', 'delta', 'omega'].flatMap((name) => [
      `The ${name} team measured the river in ${name} county and found more salt in its water than in any year before.`,
      `Salt in the water of ${name} county harms the farms that the ${name} team visited during the long summer.`,
      `A second ${name} study of the river will begin when the county has paid for the instruments of the team.`,
    ]);
    const page = article(sections, { title: 'Salt in the river' });
    const blocks = selectSentences(page, { type: 'key-points', length: 'medium' }).quotes.map(
      ({ sources }) => sources[0].block,
    );
    expect(new Set(blocks.map((block) => Math.floor(block / 3))).size).toBe(5);
    expect(texts(page, 'key-points', 'short')).toHaveLength(3);
    // Some of the fifteen say the same with other names: those are not points of their own.
    expect(texts(page, 'key-points', 'long').length).toBeGreaterThan(5);
  });
});

describe('selectSentences, headline', () => {
  it.each([
    ['Council closes the old Elm Street bridge | Example News', undefined, 'Council closes the old Elm Street bridge'],
    ['Example News - Council closes bridge', 'Example News', 'Council closes bridge'],
    ['Bridge - Wikipedia', undefined, 'Bridge'],
    ['Why bridges fail – and what to do about it', 'Other', 'Why bridges fail – and what to do about it'],
    ['大桥关闭 两根钢梁开裂_社会_腾讯网', undefined, '大桥关闭 两根钢梁开裂'],
  ])('is the title without the site: %s', (title, siteName, expected) => {
    expect(texts(article(STORY, { title, siteName }), 'headline')).toEqual([expected]);
  });

  it('is the heading over the text where there is one about the same, with its place', () => {
    const page = article([{ kind: 'heading', text: 'Elm Street bridge closed' }, ...STORY]);
    const [{ text, sources }] = selectSentences(page, { type: 'headline', length: 'short' }).quotes;
    expect(text).toBe('Elm Street bridge closed');
    expect(sources).toEqual([{ block: 0, start: 0, end: 24 }]);
  });

  it('is the best sentence where the page has no title', () => {
    expect(texts(article(STORY, { title: '', url: '' }), 'headline')[0]).toContain('city council voted');
  });
});

describe('speed', () => {
  it('selects from 50,000 words in well under a second', () => {
    const words =
      'river salt county farm team study water bridge council engineer summer flood price report school'.split(' ');
    const paragraphs = Array.from({ length: 600 }, (_, p) =>
      Array.from({ length: 4 }, (_, s) => {
        const body = Array.from(
          { length: 20 },
          (_, w) => words[(p * 7 + s * 3 + w * w) % words.length] + String((p * w) % 50),
        );
        return `The ${body.join(' ')}.`;
      }).join(' '),
    );
    const page = article(paragraphs);
    // Time on the processor, so that what else the machine does is not measured.
    const before = process.cpuUsage();
    const { coverage } = selectSentences(page, { type: 'tldr', length: 'medium' });
    expect(coverage.words).toBeGreaterThan(50_000);
    const { user, system } = process.cpuUsage(before);
    // Some 0.2 s alone; on a crowded machine each step takes longer, too.
    expect((user + system) / 1_000).toBeLessThan(1500);
  });
});
