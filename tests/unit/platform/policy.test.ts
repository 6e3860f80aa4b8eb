// What an organisation lays down stands above what the reader chose, and is not written over it.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changeModelSettings, readModelSettings } from '../../../lib/platform/model-settings.ts';
import { isAllowed, parsePolicy, readPolicy } from '../../../lib/platform/policy.ts';
import { loadSettings, saveSettings } from '../../../lib/platform/settings.ts';
import { browser, fakeLocks, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

const manage = (policy: object) => (browser.storage.managed.get = () => Promise.resolve({ ...policy }));
const unmanage = () =>
  (browser.storage.managed.get = () => Promise.reject(new Error('Managed storage manifest not found')));
const server = (address: string) => ({ id: address, address, key: '', model: 'm', contextWindow: 4096 });

beforeEach(() => {
  resetBrowser();
  vi.stubGlobal('navigator', { locks: fakeLocks() });
});
afterEach(() => {
  unmanage();
  vi.unstubAllGlobals();
});

test('where nobody manages the browser nothing is laid down', async () => {
  unmanage();
  expect(await readPolicy()).toEqual({});
  await saveSettings({ hubEndpoint: 'https://own.example/' });
  expect((await loadSettings()).hubEndpoint).toBe('https://own.example/');
});

test('hub and mirror are those of the organisation, and the reader’s own come back with its end', async () => {
  await saveSettings({ hubEndpoint: 'https://own.example/' });
  manage({ hubEndpoint: 'https://models.example/', packMirror: 'https://packs.example/' });
  expect(await loadSettings()).toMatchObject({
    hubEndpoint: 'https://models.example/',
    packMirror: 'https://packs.example/',
  });
  await saveSettings({ summaryType: 'headline' });
  unmanage();
  expect(await loadSettings()).toMatchObject({
    hubEndpoint: 'https://own.example/',
    packMirror: '',
    summaryType: 'headline',
  });
});

test('text goes to allowed servers only, to none where the list is empty or unclear', async () => {
  const servers = [server('http://ollama.example:8000/v1'), server('https://cloud.example/v1')];
  await changeModelSettings({ servers });
  const listed = async (allowedServers: unknown) => {
    manage({ allowedServers });
    return (await readModelSettings()).servers.map(({ address }) => address);
  };
  expect(await listed(undefined)).toHaveLength(2);
  expect(await listed(['ollama.example:8000'])).toEqual([servers[0].address]);
  expect(await listed(['ollama.example'])).toEqual([]);
  expect(await listed([])).toEqual([]);
  expect(await listed('cloud.example')).toEqual([]);
});

test.each([null, 1, 'x', [], { hubEndpoint: 'file:///etc', packMirror: 3 }])('%j lays nothing down', (stored) => {
  expect(parsePolicy(stored)).toEqual({});
});

test('an address that is none is allowed nowhere', () => {
  expect(isAllowed({ allowedServers: ['x'] }, { address: 'x' })).toBe(false);
});
