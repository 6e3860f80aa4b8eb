// A hub with one small model, a disk and a store over it, new for every test.
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect } from 'vitest';
import { inspectWeights } from '../../../lib/model/hub/inspect-weights.ts';
import { downloadModel, type ModelDownload } from '../../../lib/model/hub/download-model.ts';
import { ModelStore } from '../../../lib/model/hub/model-store.ts';
import { forever } from '../../fakes/events.ts';
import { openHub, type Hub } from '../../fakes/hub.ts';
import { tinyGguf } from '../../reference/tiny-gguf.ts';
import { DiskFolder } from '../packs/disk-folder.ts';

export const REPOSITORY = 'someone/tiny-GGUF';
export const FILE = 'tiny-Q4_1.gguf';
export const ID = `${REPOSITORY}/${FILE}`;
export const WEIGHTS = Buffer.from(tinyGguf());
/** Begins as a model does, and is none. */
export const NONSENSE = Buffer.concat([Buffer.from('GGUF'), randomBytes(5000)]);

export const code = (code: string) => expect.objectContaining({ code }) as unknown;
export const failure = (running: Promise<unknown>) => expect(running).rejects;

export class Setting {
  hub!: Hub;
  folder!: DiskFolder;
  store!: ModelStore;

  constructor() {
    beforeEach(async () => {
      this.hub = await openHub({
        repository: REPOSITORY,
        files: new Map([
          [FILE, WEIGHTS],
          ['nonsense.gguf', NONSENSE],
        ]),
        card: { license: 'mit', language: ['en', 'pt'] },
      });
      this.folder = new DiskFolder();
      this.store = new ModelStore({ folder: this.folder });
    });
    afterEach(async () => {
      await this.hub.close();
      this.folder.destroy();
    });
  }

  download(options: Partial<ModelDownload> = {}): Promise<void> {
    return downloadModel({
      repository: REPOSITORY,
      file: FILE,
      endpoint: this.hub.url,
      store: this.store,
      signal: forever(),
      stallMs: 2000,
      onProgress: () => undefined,
      inspect: inspectWeights,
      ...options,
    });
  }

  async isInstalled(): Promise<boolean> {
    return (await this.store.find(ID)) !== null;
  }

  /** What is installed is what the hub holds. */
  async expectWhole(): Promise<void> {
    const entry = await this.store.find(ID);
    const weights = await this.store.open(entry!, forever());
    expect(Buffer.from(await weights.arrayBuffer()).equals(WEIGHTS)).toBe(true);
  }

  async expectNothing(): Promise<void> {
    expect(await this.store.installed()).toEqual([]);
    expect([...(await this.folder.sizes()).keys()]).toEqual([]);
  }
}
