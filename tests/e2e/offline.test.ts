// A model that was downloaded once is used without a network: the browser is closed, the hub goes down, the browser starts again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { launch } from '../../scripts/browser/launch.ts';
import { startSite } from '../../scripts/browser/site.ts';
import { openHub } from '../fakes/hub.ts';
import { tinyGguf } from '../reference/tiny-gguf.ts';
import { listFiles, openModels, pressFile, untilState } from './models-page.ts';
import { pressMainButton, untilDone, untilQuoted } from './summary-panel.ts';

const REPOSITORY = 'someone/tiny-GGUF';
const FILE = 'tiny-Q4_1.gguf';
const ID = `${REPOSITORY}/${FILE}`;

test('a downloaded model writes after a restart, with the hub gone', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'profile-'));
  onTestFinished(() => rmSync(profile, { recursive: true, force: true }));
  const hub = await openHub({ repository: REPOSITORY, files: new Map([[FILE, Buffer.from(tinyGguf())]]) });
  const first = await launch(inject('browser'), { profile });
  try {
    const models = await openModels(first, hub.url);
    await listFiles(models, REPOSITORY);
    await pressFile(models, FILE);
    await untilState(models, ID, 'installed');
    await models.waitForSelector(`#choice-summarize option[value="${ID}"]`);
    await models.select('#choice-summarize', ID);
    await models.waitForFunction(() => document.querySelector('#chosen-summarize')?.textContent.includes('tiny Q4_1'));
  } finally {
    await first.close();
    await hub.close();
  }

  const site = await startSite();
  const second = await launch(inject('browser'), { profile });
  try {
    const panel = await second.openPanel(await second.openPage(`${site.url}note.html`));
    await pressMainButton(panel);
    await untilQuoted(panel);
    await untilDone(panel);
    // Asked to write, which nothing but the model does.
    await panel.click('.quiet-action');
    await panel.waitFor(() => document.querySelector('.main-action:not(.primary)'));
    await untilDone(panel);
    expect(await panel.text('.status')).toMatch(/^tiny Q4_1/);
    expect(second.foreignRequests).toEqual([]);
  } finally {
    await second.close();
    site.close();
  }
});
