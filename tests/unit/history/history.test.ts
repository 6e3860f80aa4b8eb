// What is kept of conversations: in a database like the browser's, out of anything that may stand in it.
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { isAbout, parseConversation, type Conversation, type Turn } from '../../../lib/history/conversation.ts';
import { ConversationStore } from '../../../lib/history/conversation-store.ts';
import { PassingHistory, type History } from '../../../lib/history/history.ts';
import { windowHistory } from '../../../lib/platform/history.ts';
import { browser, fakeLocks, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

let incognito = false;

beforeEach(() => {
  indexedDB = new IDBFactory();
  incognito = false;
  resetBrowser();
  Object.assign(browser, { windows: { ...browser.windows, getCurrent: () => Promise.resolve({ incognito }) } });
  vi.stubGlobal('navigator', { locks: fakeLocks() });
});

const PLACE = { page: 0, block: 2, start: 0, end: 9, quote: { exact: 'The tide.', prefix: '', suffix: '' } };

const TURN: Turn = {
  id: 't1',
  question: 'Why is it late?',
  askedMs: 1,
  outcome: 'answered',
  pages: [{ url: 'https://example.org/tides', title: 'Tides', language: 'en', scope: 'page' }],
  passages: [{ page: 0, firstBlock: 2, lastBlock: 2, text: 'The tide.', bestStart: 0, bestEnd: 9, best: PLACE }],
  statements: [{ text: 'The tide.', support: 'quoted', doubts: [], places: [PLACE] }],
  condensed: 0,
  model: 'M',
  rating: 'up',
};

/** As released. What a version has kept must be read for ever: add to these, never change them. */
const RELEASED: Conversation[] = [
  { id: 'c1', url: 'https://example.org/tides', title: 'Tides', startedMs: 1, changedMs: 2, turns: [TURN] },
];

const conversation = (change: Partial<Conversation> = {}): Conversation => ({ ...RELEASED[0], ...change });

describe.each<[string, () => History]>([
  ['in the database', () => new ConversationStore()],
  ['while the panel lives', () => new PassingHistory()],
])('conversations kept %s', (_, make) => {
  test('are found by their address, whatever its fragment, the latest first', async () => {
    const history = make();
    await history.put(conversation());
    await history.put(conversation({ id: 'c2', changedMs: 9 }));
    await history.put(conversation({ id: 'c3', changedMs: 5, url: 'https://example.org/other' }));
    expect((await history.latest('https://example.org/tides#part'))?.id).toBe('c2');
    expect(await history.latest('https://example.org/none')).toBeNull();
    expect((await history.list()).map(({ id }) => id)).toEqual(['c2', 'c3', 'c1']);
  });

  test('are replaced, deleted one by one and all at once', async () => {
    const history = make();
    await history.put(conversation());
    await history.put(conversation({ title: 'Renamed' }));
    expect(await history.list()).toEqual([conversation({ title: 'Renamed' })]);
    await history.put(conversation({ id: 'c2' }));
    await history.remove('c1');
    expect((await history.list()).map(({ id }) => id)).toEqual(['c2']);
    await history.clear();
    expect(await history.list()).toEqual([]);
  });
});

test('what one context keeps another reads, also after the first is gone', async () => {
  await new ConversationStore().put(conversation());
  expect(await new ConversationStore().list()).toEqual([conversation()]);
});

test('damage is left out, and the rest is read', async () => {
  const store = new ConversationStore();
  await store.put(conversation());
  const database = await openDB('conversations');
  await database.put('conversations', { id: 'broken', url: 1 });
  await database.put('conversations', { ...conversation({ id: 'half' }), turns: [{ question: 1 }, TURN, null] });
  database.close();
  const read = await store.list();
  expect(read.map(({ id, turns }) => [id, turns.length]).sort()).toEqual([
    ['c1', 1],
    ['half', 1],
  ]);
});

test.each(RELEASED)('a conversation of an earlier version is read', (kept) => {
  expect(parseConversation(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
});

test.each([
  undefined,
  null,
  1,
  'x',
  [],
  {},
  conversation({ turns: 1 as never }),
  { ...conversation(), id: undefined },
  { ...conversation(), changedMs: Number.NaN },
])('no conversation: %o', (value) => {
  expect(parseConversation(value)).toBeNull();
});

test.each<Partial<Record<keyof Turn, unknown>>>([
  { outcome: 'won' },
  { pages: [] }, // places of pages that there are not
  { statements: [{ text: 'x', support: 'sure', doubts: [], places: [] }] },
  { error: { code: 'no such code', detail: '' } },
  { rating: 5 },
])('a turn that is none is left out: %o', (change) => {
  expect(parseConversation({ ...conversation(), turns: [{ ...TURN, ...change }, TURN] })?.turns).toEqual([TURN]);
});

test.each([
  ['tide', true],
  ['TIDE late', true],
  ['example.org', true],
  ['tide moon', false],
  ['tïde', true],
])('searching for %s', (query, found) => {
  expect(isAbout(conversation(), query)).toBe(found);
});

describe('the window’s history', () => {
  test('is kept', async () => {
    const history = windowHistory();
    expect(await history.keeping()).toBe('on');
    await history.put(conversation());
    expect(await new ConversationStore().list()).toHaveLength(1);
    expect((await windowHistory().latest('https://example.org/tides'))?.id).toBe('c1');
  });

  test('keeps nothing once it is turned off; what was kept stays until it is deleted', async () => {
    const history = windowHistory();
    await history.put(conversation());
    await history.keep(false);
    await history.put(conversation({ id: 'c2' }));
    expect((await new ConversationStore().list()).map(({ id }) => id)).toEqual(['c1']);
    expect((await history.list()).map(({ id }) => id).sort()).toEqual(['c1', 'c2']);
    await history.clear();
    expect(await new ConversationStore().list()).toEqual([]);
    expect(await history.list()).toEqual([]);
  });

  test('of a private window is in no database, and neither shows nor deletes what others have kept', async () => {
    await windowHistory().put(conversation());
    incognito = true;
    const history = windowHistory();
    expect(await history.keeping()).toBe('private');
    await history.put(conversation({ id: 'secret' }));
    expect((await history.list()).map(({ id }) => id)).toEqual(['secret']);
    await history.clear();
    expect((await new ConversationStore().list()).map(({ id }) => id)).toEqual(['c1']);
  });
});
