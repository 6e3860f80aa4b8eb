// @vitest-environment jsdom
// Where downloads come from: what the reader may say, and what their organisation has said.
import { expect, test, vi } from 'vitest';
import { OptionsSources } from '../../../components/OptionsSources.tsx';
import type { Source, SourceKey } from '../../../lib/platform/sources.ts';
import { fill, find, leave, press, show } from './page.ts';

vi.mock('wxt/browser', () => import('../components/catalogue.ts'));

async function open(hub: Partial<Source> = {}) {
  const said: [SourceKey, string][] = [];
  const usual = { address: '', usual: 'hub.example', isLaidDown: false };
  await show(
    <OptionsSources
      platform={{
        readSources: () => Promise.resolve({ hubEndpoint: { ...usual, ...hub }, packMirror: usual }),
        changeSource: (key, address) => Promise.resolve(void said.push([key, address])),
      }}
    />,
  );
  const type = async (value: string) => {
    await fill('#hubEndpoint', value);
    await leave('#hubEndpoint');
    return find('#hubEndpoint-about').textContent;
  };
  return { said, type };
}

test('an address counts once it is one that can be trusted, and can be taken back', async () => {
  const { said, type } = await open();
  expect(find('#hubEndpoint-about').textContent).toBe('Empty: the usual place, hub.example.');
  expect(await type('http://mirror.example')).toMatch(/^Plain http can be changed on the way/);
  expect(await type('ftp://mirror.example')).toBe('This is not an address yet.');
  expect(await type('two words')).toBe('This is not an address yet.');
  expect(said).toEqual([]);
  expect(await type('mirror.example/hub')).toBe('Trusted in place of hub.example.');
  expect(await type('http://127.0.0.1:8080')).toBe('Trusted in place of hub.example.');
  await press('Usual place');
  expect(find<HTMLInputElement>('#hubEndpoint').value).toBe('');
  expect(said).toEqual([
    ['hubEndpoint', 'https://mirror.example/hub/'],
    ['hubEndpoint', 'http://127.0.0.1:8080/'],
    ['hubEndpoint', ''],
  ]);
});

test('what the organisation has laid down is not the reader’s to change', async () => {
  await open({ address: 'https://models.company.example/', isLaidDown: true });
  expect(find<HTMLInputElement>('#hubEndpoint')).toMatchObject({
    disabled: true,
    value: 'https://models.company.example/',
  });
  expect(find('#hubEndpoint-about').textContent).toBe('Your organisation has set this.');
  expect(document.querySelector('#sources button')).toBeNull();
});
