// A disk that is really full, in either browser: a download says what it needs, keeps what has come, and goes on once there is room.
// Firefox is told how much it may keep; Chromium gives such a limit only to an extension without unlimited storage, so that permission
// is taken out of a copy. There it tells pages of more room than there is: what it refuses, it refuses as it is written.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChromiumDriver } from '../../scripts/browser/chromium.ts';
import type { Driver } from '../../scripts/browser/driver.ts';
import { FirefoxDriver } from '../../scripts/browser/firefox.ts';
import { BUILT } from '../../scripts/browser/launch.ts';
import { startSite, type Site } from '../../scripts/browser/site.ts';
import * as bucket from '../fakes/bucket.ts';
import { openHub, silentAfter, type Hub } from '../fakes/hub.ts';
import { tinyGguf } from '../reference/tiny-gguf.ts';
import { isChromium } from './harness.ts';
import { listFiles, openModels, ownModels, pressFile, pressIn, untilFailed, untilState } from './models-page.ts';
import { openMirror, type Mirror } from './pack-mirror.ts';
import {
  listedPacks,
  openTranslation,
  setMirror,
  untilFailed as untilPackFailed,
  untilTranslated,
} from './translation-panel.ts';

/** The pack needs 68 of it: its files are there twice for a moment. */
const ROOM_BYTES = 80e6;
/** What comes of each download before the disk is full, and what is left then. */
const HALF_BYTES = 6e6;
const LEFT_BYTES = 3e6;
const REPOSITORY = 'someone/tiny-GGUF';
const FILE = 'tiny-Q4_1.gguf';
const ID = `${REPOSITORY}/${FILE}`;
const WEIGHTS = padded(2 * HALF_BYTES, 1);
const FILLER = padded(ROOM_BYTES - HALF_BYTES - LEFT_BYTES, 2);
const FILLER_ID = `own-${createHash('sha256').update(FILLER).digest('hex').slice(0, 16)}`;
const FULL = isChromium
  ? /^There is no room left for the model\.\s+It needs \d+ MB\. Delete a model, or free some space\./
  : /^There is no room left for the model\.\s+It needs \d+ MB, and [23] MB are free\. Delete a model, or free some space\./;

const folder = mkdtempSync(join(tmpdir(), 'full-'));
const filler = join(folder, 'filler.gguf');
let driver: Driver;
let hub: Hub;
let mirror: Mirror;
let site: Site;
let options: Page;

beforeAll(async () => {
  writeFileSync(filler, FILLER);
  [hub, mirror, site] = await Promise.all([
    openHub({ repository: REPOSITORY, files: new Map([[FILE, WEIGHTS]]) }),
    openMirror(),
    startSite(),
  ]);
  driver = await (isChromium ? chromiumWithLittleRoom() : firefoxWithLittleRoom());
  // Seen, it would try the machine.
  await (await driver.ownPage('welcome.html')).close();
  options = await openModels(driver, hub.url);
  if (isChromium) {
    const session = await options.createCDPSession();
    const origin = await options.evaluate(() => location.origin);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: ROOM_BYTES });
  }
});
afterAll(async () => {
  await driver.close();
  site.close();
  await Promise.all([hub.close(), mirror.close()]);
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

test('a model keeps what has come of it, and comes whole once there is room', async () => {
  hub.fault = silentAfter(HALF_BYTES);
  await listFiles(options, REPOSITORY);
  await pressFile(options, FILE);
  await options.waitForFunction(() => Number(document.querySelector('progress')?.value) >= 0.49);
  await pressFile(options, FILE);
  await untilState(options, ID, 'partial');
  hub.fault = null;
  await fill();
  await pressFile(options, FILE);
  expect(await untilFailed(options, '.repository-files')).toMatch(FULL);
  // Another from disk finds no room either, and leaves nothing.
  await (await options.$('input[type=file]'))!.uploadFile(filler);
  expect(await untilFailed(options, '.from-disk')).toMatch(FULL);
  expect((await ownModels(options)).sort()).toEqual([`${FILLER_ID} installed`, `${ID} partial`].sort());

  await makeRoom();
  await pressFile(options, FILE);
  await untilState(options, ID, 'installed');
  expectNothingTwice(hub.fetched, WEIGHTS.length);
  await pressIn(await untilState(options, ID, 'installed'), 'Delete');
  await untilRemoved(ID);
});

test('a language pack does the same', async () => {
  const panel = await driver.openPanel(await driver.openPage(`${site.url}note.html`));
  await setMirror(panel, mirror.url);
  await openTranslation(panel, 'es');
  mirror.fault = bucket.on(mirror.model, bucket.silentAfter(HALF_BYTES));
  await panel.click('.offer .primary');
  await panel.waitFor(() => document.querySelector('.offer .amount')?.textContent.startsWith('6 of '));
  await panel.click('.offer button');
  await panel.waitFor(() => document.querySelector('.offer p')?.textContent === 'Download paused');
  mirror.fault = null;
  await fill();
  await panel.click('.offer button');
  expect(await untilPackFailed(panel)).toMatch(FULL);
  expect((await listedPacks(panel))[0]).toMatch(/^English to Spanish · [6789] of \d+ MB$/);

  await makeRoom();
  await panel.click('.failure .primary');
  await untilTranslated(panel);
  expectNothingTwice(
    mirror.asked.filter(({ path }) => path === mirror.model),
    mirror.files.get(mirror.model)!.compressed.length,
  );
  expect(driver.foreignRequests).toEqual([]);
});

/** A model from disk that leaves next to nothing. */
async function fill(): Promise<void> {
  await (await options.$('input[type=file]'))!.uploadFile(filler);
  await options.waitForSelector(`.model-card[data-model="${FILLER_ID}"][data-state=installed]`, { timeout: 60_000 });
}

async function makeRoom(): Promise<void> {
  const button = await options.$(`.model-card[data-model="${FILLER_ID}"] .model-actions button`);
  // The page may be behind another.
  await button!.evaluate((element) => element.click());
  await untilRemoved(FILLER_ID);
}

async function untilRemoved(id: string): Promise<void> {
  const isGone = (model: string) => !document.querySelector(`.model-card[data-model="${model}"]`);
  await options.waitForFunction(isGone, { polling: 'mutation' }, id);
}

/** Each request goes on where the one before had to end: where that was, the ranges say. */
function expectNothingTwice(asked: readonly { range?: string }[], bytes: number): void {
  const starts = asked.map(({ range }) => Number(/^bytes=(\d+)-$/.exec(range ?? 'bytes=0-')?.[1]));
  expect(starts[0]).toBe(0);
  expect(starts[1]).toBe(HALF_BYTES);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  // What was on its way when the disk was full is lost.
  expect(starts.at(-1)).toBeLessThanOrEqual(HALF_BYTES + LEFT_BYTES);
  expect(starts.at(-1)).toBeLessThan(bytes);
}

function firefoxWithLittleRoom(): Promise<Driver> {
  // In kB. One site may have a fifth of it, unless what it keeps is not to be deleted.
  const prefs = { 'dom.quotaManager.temporaryStorage.fixedLimit': Math.round(ROOM_BYTES / 1024) };
  return FirefoxDriver.launch({ extension: BUILT.firefox, prefs });
}

function chromiumWithLittleRoom(): Promise<Driver> {
  const extension = join(folder, 'extension');
  cpSync(BUILT.chromium, extension, { recursive: true });
  const path = join(extension, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { permissions: string[] };
  const permissions = manifest.permissions.filter((each) => each !== 'unlimitedStorage');
  writeFileSync(path, JSON.stringify({ ...manifest, permissions }));
  return ChromiumDriver.launch({ extension });
}

/** A tiny model with nothing behind its weights, as long as said. */
function padded(bytes: number, seed: number): Buffer {
  const weights = tinyGguf({ seed });
  return Buffer.concat([weights, Buffer.alloc(bytes - weights.length)]);
}
