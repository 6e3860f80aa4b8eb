// A language pack: offered, downloaded, cut, gone on with, refused, listed and deleted, by what the panel shows and what the server saw.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cutAfter, on, once, openBucket, silentAfter, type Fault } from '../fakes/bucket.ts';
import { useBrowser } from './harness.ts';
import { modelWithOneByteWrong, openMirror, type Mirror } from './pack-mirror.ts';
import {
  canTranslate,
  deletePack,
  listedPacks,
  openTranslation,
  setMirror,
  TO,
  untilFailed,
  untilTranslated,
} from './translation-panel.ts';

/** Half of a megabyte is the least that is rounded up: only when all of them are here does the panel say 5 MB. */
const HELD_BYTES = 4_500_000;
/** The night train. The pack that the mirror calls Spanish is Portuguese. */
const TRANSLATED = /trem noturno|comboio noturno/;
const INCLUDED = ['English to Portuguese · included', 'Portuguese to English · included'];

describe('a language pack', () => {
  const subject = useBrowser();
  let mirror: Mirror;
  beforeAll(async () => void (mirror = await openMirror()));
  afterAll(() => mirror.close());

  afterEach(async () => {
    mirror.fault = null;
    mirror.asked.length = 0;
    await deletePack(await subject.driver.panel());
  });

  test('paused and resumed comes without a byte twice, and then the page is translated', async () => {
    const { panel, page } = await openOffer();
    expect(await panel.text('.offer p')).toMatch(/from English into Spanish needs a model/);
    expect(await panel.text('.offer .primary')).toBe('Download 25 MB');
    expect(await canTranslate(panel)).toBe(false);
    mirror.fault = on(mirror.model, silentAfter(HELD_BYTES));
    await panel.click('.offer .primary');
    await panel.waitFor(() => document.querySelector('.offer .amount')?.textContent.startsWith('5 of '));
    await panel.click('.offer button');
    await panel.waitFor(() => document.querySelector('.offer p')?.textContent === 'Download paused');

    mirror.fault = null;
    await panel.click('.offer button');
    await untilTranslated(panel);
    expect(rangesOf(mirror.model)).toEqual([undefined, `bytes=${HELD_BYTES}-`]);
    expect(mirror.paths.slice(1).map(rangesOf)).toEqual([[undefined], [undefined]]);
    const text = () => page.evaluate(() => document.body.innerText);
    expect(await text()).toMatch(TRANSLATED);

    await panel.click('.main-action:last-child'); // Show the original
    await panel.waitFor(() => document.querySelector('.main-action.primary:not(:disabled)'));
    expect(await text()).not.toMatch(TRANSLATED);
    await panel.click('.main-action.primary');
    await untilTranslated(panel);
    expect(await text()).toMatch(TRANSLATED);
  });

  test('cut in the middle by a server that goes down is said to be, and goes on from there at a click', async () => {
    const { panel } = await openOffer();
    const halfBytes = mirror.files.get(mirror.model)!.compressed.length >> 1;
    const first = once(cutAfter(halfBytes));
    mirror.fault = on(mirror.model, (asked) => first(asked) || unavailable(asked));
    await panel.click('.offer .primary');
    expect(await untilFailed(panel)).toMatch(/^The model could not be downloaded\.\s+Check the connection/);
    expect(await canTranslate(panel)).toBe(false);
    const part = `English to Spanish · ${Math.round(halfBytes / 1e6)} of 25 MB`;
    await panel.waitFor((words) => document.querySelector('.packs')?.textContent.includes(words), {
      args: [part.split(' · ')[1]],
    });
    expect(await listedPacks(panel)).toContain(part);

    mirror.fault = null;
    mirror.asked.length = 0;
    await panel.click('.failure .primary');
    await untilTranslated(panel);
    expect(rangesOf(mirror.model)).toEqual([`bytes=${halfBytes}-`]);
  });

  test('that is not what it should be is not kept', async () => {
    const { panel } = await openOffer();
    mirror.fault = on(mirror.model, answer(modelWithOneByteWrong(), 'application/gzip'));
    await panel.click('.offer .primary');
    expect(await untilFailed(panel)).toMatch(/^The model’s file is damaged\./);
    // Twice, in case it was damaged on the way.
    expect(rangesOf(mirror.model)).toEqual([undefined, undefined]);
    await expectNothingKept();
  });

  test('is not a web page that stands in its place', async () => {
    const { panel } = await openOffer();
    mirror.fault = answer(
      Buffer.from('<!doctype html><title>Welcome to the hotel</title>'),
      'text/html; charset=utf-8',
    );
    await panel.click('.offer .primary');
    expect(await untilFailed(panel)).toMatch(/^The model could not be downloaded\..*a web page in place of the file/s);
    await expectNothingKept();
  });

  test('is listed with its size, and deleted with a click', async () => {
    const { panel } = await openOffer();
    await panel.click('.offer .primary');
    await untilTranslated(panel);
    expect(await listedPacks(panel)).toEqual(['English to Spanish · 22 MB', ...INCLUDED]);
    await deletePack(panel);
    await expectNothingKept();
  });

  test('that nobody has made is said to be missing at once', async () => {
    const { panel } = await openOffer();
    await panel.choose(TO, 'be');
    expect(await untilFailed(panel)).toMatch(/^No model translates from English into Belarusian\./);
    expect(mirror.asked).toEqual([]);
  });

  test('that cannot be reached is said to be so; what is here works on', async () => {
    const closed = await openBucket(new Map());
    await closed.close();
    const { panel, page } = await openOffer(closed.url);
    await panel.click('.offer .primary');
    expect(await untilFailed(panel)).toMatch(/^The models cannot be reached\./);
    await panel.choose(TO, 'pt');
    await panel.click('.main-action.primary:not(:disabled)');
    await untilTranslated(panel);
    expect(await page.evaluate(() => document.body.innerText)).toMatch(TRANSLATED);
  });

  test('is downloaded by the card, too, where a selection needs it', async () => {
    // A language of its own: translations into the other are remembered when its pack is gone.
    const { page } = await openPanel('ca');
    await page.evaluate(() => getSelection()!.selectAllChildren(document.querySelector('h1')!));
    await subject.driver.pressShortcut(page, 'translate');
    const card = await subject.driver.card(page);
    await card.click('.offer .primary');
    await card.waitFor(() => document.querySelector('.card-actions'));
    expect(await card.text('.card-text')).toMatch(TRANSLATED);
    expect(mirror.asked.map(({ path }) => path).slice(-3)).toEqual(mirror.paths);
    // So that the panel knows of it.
    await subject.driver.closePanel();
    await openPanel('ca');
  });

  /** A page in English, and the panel that offers to download what Spanish needs. */
  async function openOffer(from = mirror.url) {
    const { page, panel } = await openPanel('es', from);
    await panel.waitFor(() => document.querySelector('.offer .primary'));
    return { page, panel };
  }

  async function openPanel(to: string, from = mirror.url) {
    const page = await subject.open('note.html');
    const panel = await subject.driver.openPanel(page);
    await setMirror(panel, from);
    await openTranslation(panel, to);
    return { page, panel };
  }

  /** Asks anew: what is on the disk, not what the panel remembers. */
  async function expectNothingKept(): Promise<void> {
    await subject.driver.closePanel();
    const { panel } = await openOffer();
    expect(await panel.text('.offer .primary')).toBe('Download 25 MB');
    expect(await listedPacks(panel)).toEqual(INCLUDED);
  }

  /** Of every request for the file; undefined for the whole. */
  function rangesOf(path: string): (string | undefined)[] {
    return mirror.asked.filter((asked) => asked.path === path).map(({ range }) => range);
  }
});

const unavailable: Fault = ({ response }) => {
  response.removeHeader('content-length');
  response.writeHead(503).end();
  return true;
};

function answer(body: Buffer, type: string): Fault {
  return ({ response }) => {
    response.removeHeader('etag');
    response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body);
    return true;
  };
}
