// Who translates what no language pack does: the model that the reader chose, or the largest here that may; no server unasked.
import { expect, test } from 'vitest';
import { beyondPacks } from '../../../lib/engine/beyond-packs.ts';
import { DEFAULT_MODEL_SETTINGS, parseModelSettings } from '../../../lib/engine/model-settings.ts';
import { AppError } from '../../../lib/errors.ts';
import { DEFAULT_MODEL, type CatalogEntry } from '../../../lib/model/catalog.ts';
import { HUB_MODELS } from '../../../lib/model/catalog/hub-models.ts';
import type { LanguagePair, TranslateTask } from '../../../lib/protocol.ts';
import { FakeEngine } from '../../fakes/engine.ts';
import { collect, forever } from '../../fakes/events.ts';
import { LARGE, server, setUp } from './choosing.ts';
import { backends } from './supervise.ts';

const BELARUSIAN: LanguagePair = { from: 'en', to: 'be' };
const task = (pair = BELARUSIAN): TranslateTask => ({
  kind: 'translate',
  pair,
  texts: [{ text: 'Hello.', marks: [] }],
  remember: true,
});
const MANY: CatalogEntry = {
  ...LARGE,
  id: 'many',
  name: 'Many',
  languages: ['en', 'be'],
  methods: { ...LARGE.methods, translate: 'composes' },
};
const choices = (translate: string) => ({ choices: { ...DEFAULT_MODEL_SETTINGS.choices, translate } });
const installed = (...entries: CatalogEntry[]) => ({
  installed: () => Promise.resolve([DEFAULT_MODEL, LARGE, ...entries]),
});

test('packs first; models for what they cannot, and for no other failure', async () => {
  const models = new FakeEngine();
  await collect(beyondPacks(new FakeEngine(), models).run(task(), forever()));
  const missing = new FakeEngine([new AppError('pack-missing', 'en-be')]);
  expect((await collect(beyondPacks(missing, models).run(task(), forever()))).error).toMatchObject({
    code: 'pack-missing',
  });
  expect(models.tasks).toEqual([]);
  const none = new FakeEngine([new AppError('no-such-pair', 'en-be')]);
  expect((await collect(beyondPacks(none, models).run(task(), forever()))).error).toBeUndefined();
  expect(models.tasks).toEqual([task()]);
});

test('automatic: one of this machine that may, and no other', async () => {
  const able = setUp({ servers: [server('a')] }, {}, installed(MANY));
  expect(await able.engine.translatingModel()).toEqual({
    name: 'Many',
    languages: ['en', 'be'],
    isBrowsers: false,
    hosts: [],
  });
  expect(backends((await able.run(task())).events)).toMatchObject([{ model: 'Many', device: 'cpu' }]);
  const unable = setUp({ servers: [server('a')] }, {}, installed());
  expect(await unable.engine.translatingModel()).toBeNull();
  expect((await unable.run(task())).error).toMatchObject({ code: 'no-such-pair', detail: 'en-be' });
  expect(unable.workers).toEqual([]);
});

test('one that does not know both languages is not asked', async () => {
  const { run, workers } = setUp({}, {}, installed(MANY));
  expect((await run(task({ from: 'en', to: 'sw' }))).error).toMatchObject({ code: 'no-such-pair' });
  expect(workers).toEqual([]);
});

test('a server translates where it was chosen, and is said to get the text', async () => {
  const { run, engine } = setUp({ servers: [server('a'), server('b')], ...choices('b') });
  expect(await engine.translatingModel()).toMatchObject({ name: 'model of b', hosts: ['b:8000'] });
  expect(backends((await run(task())).events)).toMatchObject([{ device: 'remote', host: 'b:8000' }]);
});

test('a model that may not is not asked, though chosen; one that is gone is said to be', async () => {
  expect((await setUp(choices('large')).run(task())).error).toMatchObject({ code: 'no-such-pair' });
  expect((await setUp(choices('gone')).run(task())).error).toMatchObject({ code: 'model-missing' });
});

test('settings from before there was this choice stay', () => {
  const before = { summarize: 'x', chat: 'automatic', rewrite: 'automatic' };
  const now = { ...before, translate: 'automatic' };
  expect(parseModelSettings({ choices: before }).choices).toEqual(now);
  expect(parseModelSettings({ choices: { ...before, translate: 5, sing: 'x' } }).choices).toEqual(now);
});

test('only models of several languages may translate', () => {
  const able = HUB_MODELS.filter(({ methods }) => methods.translate);
  expect(able.map(({ id }) => id)).toEqual(['qwen3-0.6b', 'llama-3.2-1b-instruct', 'qwen2.5-1.5b-instruct']);
  for (const { languages } of able) expect(languages.length).toBeGreaterThan(5);
});
