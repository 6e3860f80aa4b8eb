// @vitest-environment jsdom
// What the options measure, and what the last line of the panel says of where text goes.
import type { ComponentChild } from 'preact';
import { expect, test, vi } from 'vitest';
import { OptionsBenchmark } from '../../../components/OptionsBenchmark.tsx';
import { BackendLine } from '../../../components/StatusLine.tsx';
import { DEFAULT_MODEL_SETTINGS } from '../../../lib/engine/model-settings.ts';
import type { TaskEvent } from '../../../lib/protocol.ts';
import { find, press, show, textsOf } from './page.ts';

vi.mock('wxt/browser', () => import('../components/catalogue.ts'));

const TOWER = { id: 'tower', address: 'http://tower:8000/v1', key: '', model: 'm', contextWindow: 4096 };

test('the chosen model is measured here, never a server', async () => {
  const metrics = {
    timeToFirstTokenMs: 900,
    promptTokens: 100,
    cachedTokens: 0,
    completionTokens: 20,
    prefillTokensPerSecond: 120,
    decodeTokensPerSecond: 25,
    loadMs: 1500,
    totalMs: 3000,
    peakBytes: 300e6,
  };
  async function* measure(): AsyncGenerator<TaskEvent> {
    yield await Promise.resolve({ kind: 'backend', model: 'Writer', device: 'cpu', threads: 2 } as const);
    yield { kind: 'done', finishReason: 'stop', metrics };
  }
  const copied: string[] = [];
  vi.stubGlobal('navigator', { clipboard: { writeText: (text: string) => Promise.resolve(void copied.push(text)) } });
  const platform = { measure, version: '0.1.0' };
  await show(<OptionsBenchmark platform={platform} settings={DEFAULT_MODEL_SETTINGS} />);
  await press('Measure');
  expect(textsOf('dd')).toEqual([
    'Writer',
    'CPU, 2 threads',
    '1.5 s',
    '0.9 s',
    '120 tokens/s',
    '25 tokens/s',
    '300 MB',
  ]);
  await press('Copy as Markdown');
  expect(copied[0]).toMatch(/^\| Inkling 0\.1\.0 \| \|\n\| --- \| --- \|\n\| Model \| Writer \|\n/);
  vi.unstubAllGlobals();

  const remote = { ...DEFAULT_MODEL_SETTINGS, choices: { ...DEFAULT_MODEL_SETTINGS.choices, summarize: 'tower' } };
  await show(<OptionsBenchmark platform={platform} settings={{ ...remote, servers: [TOWER] }} />);
  expect(find<HTMLButtonElement>('button').disabled).toBe(true);
});

test('the last line says where text goes: of what stands there, else of what comes', async () => {
  const local = { kind: 'backend', model: 'SmolLM2 135M', device: 'cpu', threads: 2 } as const;
  const remote = { ...local, model: 'qwen3:8b', device: 'remote', host: 'tower:8000' } as const;
  const said = async (line: ComponentChild) => (await show(line)).textContent;
  expect(await said(<BackendLine backend={null} goesTo="" />)).toBe('on this device');
  expect(await said(<BackendLine backend={null} goesTo="tower:8000" />)).toBe('text goes to tower:8000');
  expect(await said(<BackendLine backend={remote} goesTo="" />)).toBe('qwen3:8b · text goes to tower:8000');
  expect(await said(<BackendLine backend={local} goesTo="tower:8000" />)).toMatch(/on this device$/);
});
