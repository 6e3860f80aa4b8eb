// The kinds of tests (README, "Tests"): `npx vitest --project unit`. End-to-end tests run one browser, one file at a time.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import type { BrowserName } from './scripts/setup/browsers.ts';
import { transformersAliases } from './scripts/transformers-library.ts';

function inNode(name: string) {
  return { extends: true as const, test: { name, include: [`tests/${name}/**/*.test.{ts,tsx}`], testTimeout: 20_000 } };
}

function inBrowser(browser: BrowserName, groupOrder: number) {
  return {
    extends: true as const,
    test: {
      name: `e2e-${browser}`,
      include: ['tests/e2e/**/*.test.ts'],
      provide: { browser },
      globalSetup: ['tests/e2e/used-profile.ts'],
      fileParallelism: false,
      testTimeout: 120_000,
      hookTimeout: 120_000,
      sequence: { groupOrder },
    },
  };
}

/** The longest file first: as the last it would run alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith('gguf/faithful.test.ts');
    const sorted = await super.sort(files);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

export default defineConfig({
  resolve: { alias: transformersAliases },
  test: {
    // Resolved as in the extension.
    server: { deps: { inline: [/@huggingface\/transformers/] } },
    retry: 0,
    // By itself vitest leaves one core to whoever looks on: on two, that is half of the time.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    restoreMocks: true,
    projects: [
      inNode('unit'),
      inNode('contract'),
      inNode('project'),
      inBrowser('chromium', 1),
      inBrowser('firefox', 2),
    ],
  },
});
