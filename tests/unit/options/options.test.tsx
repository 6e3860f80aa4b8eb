// @vitest-environment jsdom
// The options page as a reader uses it, over a fake browser.
import { expect, test, vi } from 'vitest';
import { ModelChoices } from '../../../components/ModelChoices.tsx';
import { OptionsAdvanced } from '../../../components/OptionsAdvanced.tsx';
import { OptionsPrivacy } from '../../../components/OptionsPrivacy.tsx';
import { ServersSection } from '../../../components/ServersSection.tsx';
import { DEFAULT_MODEL_SETTINGS, type ModelSettings } from '../../../lib/engine/model-settings.ts';
import { AppError } from '../../../lib/errors.ts';
import { DEFAULT_MODEL, type CatalogEntry } from '../../../lib/model/catalog.ts';
import type { Server } from '../../../lib/model/openai/server.ts';
import type { ServersPlatform, Trial } from '../../../lib/platform/servers.ts';
import { fill, find, press, show, textsOf } from './page.ts';

vi.mock('wxt/browser', () => import('../components/catalogue.ts'));

const WRITER: CatalogEntry = {
  ...DEFAULT_MODEL,
  id: 'writer',
  name: 'Writer',
  weights: { ...DEFAULT_MODEL.weights, bytes: 400e6 },
  methods: { summarize: 'composes', rewrite: 'composes', chat: 'composes' },
};
const TOO_LARGE: CatalogEntry = { ...WRITER, id: 'large', name: 'Large' };
const MODELS = [
  { entry: DEFAULT_MODEL, fits: true },
  { entry: WRITER, fits: true },
  { entry: TOO_LARGE, fits: false },
];
const server = (id: string): Server => ({
  id,
  address: `https://${id}:8000/v1`,
  key: '',
  model: `/models/${id}.gguf`,
  contextWindow: 4096,
});

test('each task says what its choice amounts to; a choice is of one task', async () => {
  const changes: Partial<ModelSettings>[] = [];
  const settings = { ...DEFAULT_MODEL_SETTINGS, servers: [server('tower')] };
  await show(
    <ModelChoices
      settings={settings}
      models={MODELS}
      hasBrowserModel={false}
      onChange={(change) => changes.push(change)}
    />,
  );
  expect(find('#chosen-chat').textContent).toBe('Writer writes by itself, and what it writes is checked.');
  expect(textsOf('#choice-chat option')).toEqual([
    'Automatic',
    DEFAULT_MODEL.name,
    'Writer',
    'Large (too large for this machine)',
    'tower.gguf on tower:8000',
  ]);
  expect(find<HTMLOptionElement>('#choice-chat option[value=large]').disabled).toBe(true);
  await fill('#choice-chat', 'tower');
  expect(changes).toEqual([{ choices: { ...DEFAULT_MODEL_SETTINGS.choices, chat: 'tower' } }]);
});

test('a server is said to get the text, all of several; what is gone is said to be', async () => {
  const servers = [server('tower'), server('cloud')];
  const choices = { ...DEFAULT_MODEL_SETTINGS.choices, summarize: 'tower', chat: 'servers', rewrite: 'gone' };
  await show(
    <ModelChoices
      settings={{ ...DEFAULT_MODEL_SETTINGS, servers, choices }}
      models={MODELS}
      hasBrowserModel={false}
      onChange={() => undefined}
    />,
  );
  expect(find('#chosen-summarize .leaves').textContent).toBe('text goes to tower:8000');
  expect(find('#chosen-chat .leaves').textContent).toBe('text goes to tower:8000 and cloud:8000');
  expect(find('#chosen-rewrite').textContent).toBe('Choose another in the options.');
  expect(find<HTMLSelectElement>('#choice-rewrite').value).toBe('gone');
});

interface Fake {
  refuses?: boolean;
  list?: () => Promise<{ id: string; contextWindow?: number }[]>;
  trial?: Trial;
}

function fakeServers({ refuses = false, list, trial }: Fake = {}): ServersPlatform & { said: string[] } {
  const said: string[] = [];
  return {
    said,
    allow: (address) => Promise.resolve((said.push(`allow ${address}`), !refuses)),
    isAllowed: () => Promise.resolve(!refuses),
    listModels: ({ address, key }) => {
      said.push(`list ${address} ${key}`);
      return list?.() ?? Promise.resolve([{ id: 'small' }, { id: 'large', contextWindow: 8192 }]);
    },
    tryServer: ({ model }, onText) => {
      said.push(`try ${model}`);
      onText('Blue and');
      return Promise.resolve(trial ?? { kind: 'ok', text: 'Blue and', firstMs: 420, tokensPerSecond: 31 });
    },
  };
}

async function showServers(platform: ServersPlatform, servers: Server[] = []) {
  let settings: ModelSettings = { ...DEFAULT_MODEL_SETTINGS, servers };
  const draw = () =>
    show(
      <ServersSection
        platform={platform}
        settings={settings}
        onChange={(change) => {
          settings = { ...settings, ...change };
          void draw();
        }}
      />,
    );
  await draw();
  return () => settings.servers;
}

test('a server is asked for nothing before the reader says so; its model comes out of its list', async () => {
  const platform = fakeServers();
  const servers = await showServers(platform);
  await press('Add server');
  await fill('input[type=text]', 'models.example.com');
  await fill('input[type=password]', 'secret');
  expect(find('.server-about').textContent).toMatch(/^models\.example\.com gets what /);
  expect(platform.said).toEqual([]);
  await press('List its models');
  expect(platform.said).toEqual(['allow https://models.example.com/v1', 'list https://models.example.com/v1 secret']);
  await fill('.server-form select', 'large');
  expect(find<HTMLInputElement>('input[type=number]').value).toBe('8192');
  await press('Add server');
  expect(servers()).toMatchObject([
    { address: 'https://models.example.com/v1', key: 'secret', model: 'large', contextWindow: 8192 },
  ]);
  expect(textsOf('.server h3')).toEqual(['large']);
});

test.each([
  ['http://example.com', /^Plain http would let others/],
  ['two words', /^This is not an address yet/],
])('%s is not asked', async (typed, words) => {
  const platform = fakeServers();
  await showServers(platform);
  await press('Add server');
  await fill('input[type=text]', typed);
  expect(find('.server-about').textContent).toMatch(words);
  expect(find<HTMLButtonElement>('button[type=submit]').disabled).toBe(true);
});

test('a list that does not come is explained, and a model can be named all the same', async () => {
  const list = () => Promise.reject(new AppError('server-refused', 'tower:8000 (HTTP 401)'));
  const servers = await showServers(fakeServers({ list, refuses: true }));
  await press('Add server');
  await fill('input[type=text]', 'tower:8000');
  await press('List its models');
  expect(textsOf('.unsure-note').join(' ')).toMatch(/may block the answers.*tower:8000 refuses the request.*HTTP 401/s);
  await fill('.server-form input[type=text]:not([placeholder])', 'mine');
  await press('Add server');
  expect(servers()).toMatchObject([{ model: 'mine', contextWindow: 4096 }]);
});

test('servers are tried, moved, changed and removed', async () => {
  const platform = fakeServers();
  const servers = await showServers(platform, [server('tower'), server('cloud')]);
  await press('Test');
  expect(find('.trial').textContent).toBe('Blue andfirst words after 0.4 s · 31 tokens/s');
  await press('Ask earlier');
  expect(servers().map(({ id }) => id)).toEqual(['cloud', 'tower']);
  await press('Change');
  await fill('input[type=number]', '2048');
  await press('Save');
  expect(servers()[0]).toMatchObject({ id: 'cloud', contextWindow: 2048 });
  await press('Remove');
  expect(servers().map(({ id }) => id)).toEqual(['tower']);
});

test('a trial that fails says which server and what to do', async () => {
  const error = { code: 'server-without-model', detail: 'tower:8000 (HTTP 404)' } as const;
  await showServers(fakeServers({ trial: { kind: 'failed', error } }), [server('tower')]);
  await press('Test');
  expect(find('.trial .unsure-note').textContent).toMatch(
    /^tower:8000 does not have the chosen model\. Choose another/,
  );
});

test('bounds are changed one by one, and put back at once', async () => {
  let settings = DEFAULT_MODEL_SETTINGS;
  const draw = () =>
    show(
      <OptionsAdvanced
        settings={settings}
        logicalCores={4}
        onChange={(change) => {
          settings = { ...settings, ...change };
          void draw();
        }}
      />,
    );
  await draw();
  await fill('#threads', '2');
  await fill('#temperature', '0.7');
  await fill('#device', 'cpu');
  expect(settings).toMatchObject({ threads: 2, temperature: 0.7, device: 'cpu' });
  await press('Reset all of these');
  expect(settings).toEqual(DEFAULT_MODEL_SETTINGS);
  expect(find<HTMLButtonElement>('section > button').disabled).toBe(true);
});

test('everything is deleted only when the reader says so twice', async () => {
  const said: string[] = [];
  const note = (what: string) => () => Promise.resolve(void said.push(what));
  await show(
    <OptionsPrivacy
      platform={{
        keepsConversations: () => Promise.resolve(true),
        keepConversations: (on) => note(`keep ${on}`)(),
        deleteConversations: note('conversations'),
        deleteEverything: note('everything'),
        keepsResults: () => Promise.resolve(true),
        keepResults: (on) => note(`keep results ${on}`)(),
        resultBytes: () => Promise.resolve(said.includes('results') ? 0 : 12_345),
        deleteResults: note('results'),
      }}
    />,
  );
  find('input:not([name])').click();
  await press('Delete conversations');
  await press('Delete everything');
  expect(said).toEqual(['keep false', 'conversations']);

  expect(textsOf('.form-actions [role=status]')).toEqual(['Earlier results take 13 kB.']);
  find('input[name=keep-results]').click();
  await press('Delete earlier results');
  expect(said.slice(2)).toEqual(['keep results false', 'results']);
  expect(textsOf('.form-actions [role=status]')).toEqual(['Earlier results take 0 kB.']);

  await press('Delete everything');
  expect(said.at(-1)).toBe('everything');
});
