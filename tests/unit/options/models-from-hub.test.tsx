// @vitest-environment jsdom
// The files of a repository as a reader meets them: the best is looked into before it is said to fit, and what cannot run says why.
import { act } from 'preact/test-utils';
import { expect, test, vi } from 'vitest';
import { ModelsFromHub } from '../../../components/ModelsFromHub.tsx';
import { AppError } from '../../../lib/errors.ts';
import type { RepositoryFile } from '../../../lib/model/hub/repository-files.ts';
import type { ModelsPlatform } from '../../../lib/platform/models.ts';
import { fill, find, press, show, textsOf } from './page.ts';

vi.mock('wxt/browser', () => import('../components/catalogue.ts'));

const file = (quantization: string, more: Partial<RepositoryFile> = {}): RepositoryFile => ({
  path: `m-${quantization}.gguf`,
  bytes: 5e6,
  quantization,
  ...more,
});
const FILES = ['Q4_K_M', 'Q4_1', 'Q4_0', 'Q5_0', 'Q8_0'].map((each) => file(each));

/** What stands behind the name of each file of the list, once `inspect` has answered. */
async function listed(files: RepositoryFile[], inspect: (path: string) => Promise<void>) {
  const asked: string[] = [];
  const platform = {
    readRepository: (name: string) => Promise.resolve({ name, licence: 'mit', files }),
    inspectFile: (_: string, path: string) => {
      asked.push(path);
      return inspect(path);
    },
  } as Partial<ModelsPlatform> as ModelsPlatform;
  const nothing = { models: [], work: new Map(), onDownload: vi.fn(), onPause: vi.fn() };
  await show(<ModelsFromHub key={asked} platform={platform} {...nothing} />);
  await fill('input', 'a/b');
  await press('List its files');
  return { asked, lines: () => textsOf('li .quiet').map((text) => text.replace(/^5 MB( · )?/, '')) };
}
const refuse = (code: 'unsupported' | 'model-corrupt' | 'out-of-memory' | 'offline', detail = '') =>
  Promise.reject(new AppError(code, detail));

test('the best by its name fits best once it has been looked into', async () => {
  let answer = (): void => undefined;
  const { asked, lines } = await listed(FILES, () => new Promise((resolve) => (answer = resolve)));
  expect(lines()).toEqual(['looking into it', '', '', '', '']);
  expect(find('ul').getAttribute('aria-busy')).toBe('true');
  await act(async () => {
    answer();
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(lines()).toEqual(['fits best', '', '', '', '']);
  expect(asked).toEqual(['m-Q4_K_M.gguf']);
  expect(find('li').querySelector('button.primary')).not.toBeNull();
});

test('what cannot run says why in its line, has no button, and the next best is looked into', async () => {
  const answers = [
    () => refuse('unsupported', 'architecture phi3'),
    () => refuse('out-of-memory', 'about 9e9 bytes'),
    () => Promise.resolve(),
  ];
  const { lines } = await listed(FILES, () => answers.shift()!());
  expect(lines().slice(0, 4)).toEqual([
    'of a kind that Inkling does not run · architecture phi3',
    'too large for this machine',
    'fits best',
    '',
  ]);
  expect(textsOf('li button')).toHaveLength(3);
});

test('where three cannot run the others are not looked into, and none is proposed', async () => {
  const { asked, lines } = await listed(FILES, () => refuse('model-corrupt'));
  expect(asked).toHaveLength(3);
  expect(lines()).toEqual([...Array<string>(3).fill('not a whole model'), '', '']);
});

test('what its name rules out is not looked into; where looking fails the best by its name is proposed', async () => {
  const { asked, lines } = await listed([file('Q4_K_M', { problem: 'memory' }), file('Q4_0')], () => refuse('offline'));
  expect(asked).toEqual(['m-Q4_0.gguf']);
  expect(lines()).toEqual(['too large for this machine', 'fits best']);
});
