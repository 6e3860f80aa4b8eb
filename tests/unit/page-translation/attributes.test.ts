// What a page says without showing it as text, while it is translated and after.
import { expect, it } from 'vitest';
import { useChromium } from './chromium.ts';

const chromium = useChromium();

const BODY = `<p title="a tip">One line</p><img alt="a picture" src="data:,"><input placeholder="your name" value="mine">
<button aria-label="close it">x</button><a href="/" title="https://example.org/">12</a><i title=" a tip "></i>
<p translate="no" title="left alone">No</p><div translate="no"><b title="left too">No</b></div><code title="code tip">code</code>
<div contenteditable><b title="mine">own</b></div><span lang="pt" title="já está">já</span>`;

it('is translated after the text, each text once, and is left alone where the text would be; nothing is left behind', async () => {
  const page = await chromium.open(BODY);
  const before = await page.evaluate(() => document.documentElement.outerHTML);
  const asked = await page.evaluate(async () => {
    document.title = 'the page';
    globalThis.subject = pageTranslation.begin({ attributes: true });
    await subject.watching();
    return subject.requests.length;
  });
  await page.waitForFunction(() => document.title === 'xthe xpage', { polling: 'mutation' });
  const { first, last, said } = await page.evaluate((texts) => {
    const all = (name: string) => [...document.querySelectorAll(`[${name}]`)].map((each) => each.getAttribute(name));
    const names = ['title', 'alt', 'placeholder', 'aria-label'];
    const said = Object.fromEntries(names.map((name) => [name, all(name)]));
    return { first: subject.requests.slice(0, texts).flat(), last: subject.requests.slice(texts), said };
  }, asked);
  expect(first).toContain('One line');
  expect(last).toEqual([['a tip', 'a picture', 'your name', 'close it', 'code tip', 'the page']]);
  expect(said).toEqual({
    title: ['xa xtip', 'https://example.org/', 'xa xtip', 'left alone', 'left too', 'xcode xtip', 'mine', 'já está'],
    alt: ['xa xpicture'],
    placeholder: ['xyour xname'],
    'aria-label': ['xclose xit'],
  });
  await page.evaluate(() => subject.translation.restore());
  await page.evaluate(() => (document.title = 't'));
  expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
  await page.close();
});

it('follows what the page says later, and keeps it when all is taken back', async () => {
  const page = await chromium.open('<p title="a tip">One</p><img alt="old" src="data:,">');
  await page.evaluate(async () => {
    document.title = 'first';
    globalThis.subject = pageTranslation.begin({ attributes: true });
    await subject.watching();
  });
  await page.waitForFunction(() => document.title === 'xfirst', { polling: 'mutation' });
  await page.evaluate(() => {
    document.title = 'second';
    document.querySelector('img')!.alt = 'new';
  });
  await page.waitForFunction(() => document.title === 'xsecond' && document.querySelector('img')!.alt === 'xnew', {
    polling: 'mutation',
  });
  const left = await page.evaluate(async () => {
    document.querySelector('p')!.title = 'of the page';
    await subject.translation.restore();
    return [document.title, document.querySelector('img')!.alt, document.querySelector('p')!.title];
  });
  expect(left).toEqual(['second', 'new', 'of the page']);
  await page.close();
});

it('leaves a title to a page that sets it again and again', async () => {
  const page = await chromium.open('<p>One</p>');
  await page.evaluate(async () => {
    document.title = 'mine';
    const title = document.querySelector('title')!;
    let times = 0;
    new MutationObserver(() => {
      if (document.title !== 'mine') document.title = 'mine';
      Object.assign(window, { times: ++times });
    }).observe(title, { childList: true, characterData: true, subtree: true });
    globalThis.subject = pageTranslation.begin({ attributes: true });
    await subject.watching();
  });
  await page.waitForFunction(() => (window as unknown as { times?: number }).times === 20, { polling: 'mutation' });
  const { requests, title } = await page.evaluate(async () => {
    document.querySelector('p')!.append(' more');
    await subject.watching();
    return { requests: subject.requests.flat(), title: document.title };
  });
  expect(requests.filter((text) => text === 'mine')).toHaveLength(1);
  expect(title).toBe('mine');
  await page.close();
});
