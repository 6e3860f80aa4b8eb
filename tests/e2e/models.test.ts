// Models: listed by a repository's name, downloaded, cut, gone on with, refused, brought from disk, deleted; by what the page shows and
// what the servers saw.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { launch } from '../../scripts/browser/launch.ts';
import { answerWith, once, openHub, silentAfter, type Hub } from '../fakes/hub.ts';
import { tinyGguf } from '../reference/tiny-gguf.ts';
import { useBrowser } from './harness.ts';
import {
  listFiles,
  openModels,
  ownModels,
  pressFile,
  pressIn,
  untilFailed,
  untilGone,
  untilState,
} from './models-page.ts';

const REPOSITORY = 'someone/tiny-GGUF';
const FILE = 'tiny-Q4_1.gguf';
const ID = `${REPOSITORY}/${FILE}`;
const WEIGHTS = Buffer.from(tinyGguf({ layers: 24 }));
const HALF = WEIGHTS.length >> 1;
/** The best by its name, with weights behind its head. */
const FOREIGN = 'tiny-Q4_K_M.gguf';
const FOREIGN_BYTES = 3e6;
const OWN = Buffer.from(tinyGguf({ seed: 2 }));
const OWN_ID = `own-${createHash('sha256').update(OWN).digest('hex').slice(0, 16)}`;

let hub: Hub;
const folder = mkdtempSync(join(tmpdir(), 'models-'));
beforeAll(async () => {
  const files = new Map([
    [FILE, WEIGHTS],
    [FOREIGN, foreign()],
    ['tiny-IQ4_XS.gguf', Buffer.from('GGUF')],
    ['tiny-Q8_0.gguf', Buffer.from('GGUF, but no more than that')],
  ]);
  hub = await openHub({ repository: REPOSITORY, files, card: { license: 'mit' } });
});
afterAll(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

const ranges = () => hub.fetched.map(({ range }) => range);

describe('a model of a repository', () => {
  const subject = useBrowser();
  let page: Page;
  afterEach(async () => {
    hub.fault = null;
    hub.replaced.clear();
    for (const entry of await ownModels(page)) {
      const [id, state] = entry.split(' ');
      await pressIn(await untilState(page, id, state), 'Delete');
      await untilGone(page, id);
    }
    await page.close();
    hub.fetched.length = 0;
    hub.heads.length = 0;
  });

  const open = async () => (page = await openModels(subject.driver, hub.url));
  /** The fault is the download's: what the files are is read before. */
  const begin = async () => {
    const { fault } = hub;
    hub.fault = null;
    await open();
    await listFiles(page, REPOSITORY);
    hub.fault = fault;
    await pressFile(page, FILE);
  };

  test('is proposed among its files, and what cannot run says why before any of its weights has come', async () => {
    await open();
    expect(await listFiles(page, `https://huggingface.co/${REPOSITORY}`)).toEqual([
      'tiny-IQ4_XS.gguf · 1 MB · stored in a way that Inkling does not read',
      'tiny-Q8_0.gguf · 1 MB',
      `${FILE} · ${Math.max(1, Math.round(WEIGHTS.length / 1e6))} MB · fits best`,
      `${FOREIGN} · 3 MB · of a kind that Inkling does not run · architecture phi3`,
    ]);
    const firstMegabyte = `bytes=0-${(1 << 20) - 1}`;
    expect(hub.heads).toEqual([
      { file: FOREIGN, range: firstMegabyte },
      { file: FILE, range: expect.stringMatching(/^bytes=0-/) as string },
    ]);
    await pressFile(page, 'tiny-Q8_0.gguf');
    expect(await untilFailed(page, '.repository-files')).toMatch(/^This is not the model’s file/);
    expect(await ownModels(page)).toEqual([]);
    await listFiles(page, 'no/such');
    expect(await untilFailed(page, '.from-hub')).toMatch(/could not be downloaded/);
    expect(hub.fetched).toEqual([]);
  });

  test('paused and resumed comes without a byte twice, and can be deleted', async () => {
    hub.fault = silentAfter(HALF);
    await begin();
    await untilHalf(page);
    await pressFile(page, FILE);
    const card = await untilState(page, ID, 'partial');
    hub.fault = null;
    hub.expire();
    await pressIn(card, 'Resume');
    const ready = await untilState(page, ID, 'installed');
    expect(ranges()).toEqual([undefined, `bytes=${HALF}-`]);
    expect(await textOf(ready)).toMatch(/^tiny Q4_1\s+ready\s+\d+ MB · mit · about \d+ MB of memory · English/);
    expect(await textOf(ready)).toMatch(/Not yet measured by Inkling/);
    await pressIn(ready, 'Delete');
    await untilGone(page, ID);
  });

  test('cut by a server that goes down is said to be, and goes on from there', async () => {
    let cut = () => undefined as unknown;
    hub.fault = (asked) => {
      cut = () => asked.response.destroy();
      return (asked.request.headers.range ? answerWith(503, {}) : silentAfter(HALF))(asked);
    };
    await begin();
    // What a connection has not delivered when it is reset is lost.
    await untilHalf(page);
    cut();
    expect(await untilFailed(page, '.repository-files')).toMatch(/^The model could not be downloaded\./);
    hub.fault = null;
    hub.fetched.length = 0;
    await pressFile(page, FILE);
    await untilState(page, ID, 'installed');
    expect(ranges()).toEqual([`bytes=${HALF}-`]);
  });

  test('on a machine that sleeps meanwhile goes on by itself when it wakes', async () => {
    let die = () => undefined as unknown;
    hub.fault = once((asked) => {
      die = () => asked.response.destroy();
      return silentAfter(HALF)(asked);
    });
    await begin();
    await untilHalf(page);
    const asleep = -subject.driver.browser.process()!.pid!;
    process.kill(asleep, 'SIGSTOP');
    hub.expire();
    die();
    process.kill(asleep, 'SIGCONT');
    await untilState(page, ID, 'installed');
    expect(ranges()).toEqual([undefined, `bytes=${HALF}-`]);
  });

  test('that is not what the hub says it is, or is a web page, is not kept', async () => {
    const damaged = Buffer.from(WEIGHTS);
    damaged[HALF] ^= 1;
    hub.replaced.set(FILE, damaged);
    await begin();
    expect(await untilFailed(page, '.repository-files')).toMatch(/^This is not the model’s file/);
    expect(hub.fetched).toHaveLength(2);
    expect(await ownModels(page)).toEqual([]);

    hub.fault = answerWith(200, { 'content-type': 'text/html' }, '<title>Welcome to the hotel</title>');
    await pressFile(page, FILE);
    await page.waitForFunction(() =>
      document.querySelector('.repository-files .failure')?.textContent.includes('web page'),
    );
    expect(await ownModels(page)).toEqual([]);
  });

  /** The hub sends half of the file, and the rest when told to. */
  function holdAtHalf(): () => void {
    let release = (): unknown => undefined;
    hub.fault = ({ response, body }) => {
      response.write(body.subarray(0, HALF));
      release = () => response.end(body.subarray(HALF));
      return true;
    };
    return () => void release();
  }

  test('asked for on one page is seen to come on two, and fetched once', async () => {
    const release = holdAtHalf();
    await begin();
    await untilHalf(page);
    const other = await openModels(subject.driver, hub.url);
    await untilState(other, ID, 'loading');
    await untilHalf(other);
    release();
    await untilState(other, ID, 'installed');
    await page.bringToFront();
    await untilState(page, ID, 'installed');
    expect(hub.fetched).toHaveLength(1);
    await other.close();
  });

  test('goes on when the page is closed, and the next page shows it coming', async () => {
    const release = holdAtHalf();
    await begin();
    await untilHalf(page);
    await page.close();
    await open();
    await untilState(page, ID, 'loading');
    await untilHalf(page);
    release();
    await untilState(page, ID, 'installed');
    expect(ranges()).toEqual([undefined]);
  });

  test('of the reader’s own is copied from disk, listed, and deleted', async () => {
    await open();
    const path = join(folder, 'My-Own-Q4_1.gguf');
    writeFileSync(path, OWN);
    const input = (await page.$('input[type=file]'))!;
    await input.uploadFile(path);
    const card = await untilState(page, OWN_ID, 'installed');
    expect(await textOf(card)).toMatch(/^My Own Q4_1\s+ready/);
    await page.close();
    await open();
    await pressIn(await untilState(page, OWN_ID, 'installed'), 'Delete');
    await untilGone(page, OWN_ID);
    expect(hub.fetched).toEqual([]);
  });

  test('that is no model is refused before it is copied', async () => {
    await open();
    const path = join(folder, 'letter.gguf');
    writeFileSync(path, 'Dear reader');
    const input = (await page.$('input[type=file]'))!;
    await input.uploadFile(path);
    expect(await untilFailed(page, '.from-disk')).toMatch(/^This is not the model’s file/);
    expect(await ownModels(page)).toEqual([]);
  });
});

test('when the browser is killed in the middle, the next one goes on', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'profile-'));
  const options = { withMenus: false, profile };
  const first = await launch(inject('browser'), options);
  hub.fault = silentAfter(HALF);
  const page = await openModels(first, hub.url);
  await listFiles(page, REPOSITORY);
  await pressFile(page, FILE);
  await untilHalf(page);
  const process = first.browser.process()!;
  const dead = new Promise((resolve) => process.once('exit', resolve));
  process.kill('SIGKILL');
  await dead;

  hub.fault = null;
  hub.fetched.length = 0;
  const second = await launch(inject('browser'), options);
  try {
    const again = await openModels(second, hub.url);
    await pressIn(await untilState(again, ID, 'partial'), 'Resume');
    await untilState(again, ID, 'installed');
    expect(ranges()).toEqual([`bytes=${HALF}-`]);
    expect([...first.foreignRequests, ...second.foreignRequests]).toEqual([]);
  } finally {
    await second.close();
    await first.close().catch(() => undefined);
    rmSync(profile, { recursive: true, force: true });
  }
});

/** Of an architecture that is not built here; its head is some kilobytes long. */
function foreign(): Buffer {
  const head = tinyGguf({ metadata: { 'general.architecture': 'phi3' } });
  return Buffer.concat([head, Buffer.alloc(FOREIGN_BYTES - head.length)]);
}

/** Until the half has come. */
async function untilHalf(page: Page): Promise<void> {
  await page.waitForFunction(() => Number(document.querySelector('progress')?.value) >= 0.49);
}

function textOf(element: ElementHandle): Promise<string> {
  return element.evaluate((card) => (card as HTMLElement).innerText);
}
