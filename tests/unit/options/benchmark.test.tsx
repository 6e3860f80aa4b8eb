// @vitest-environment jsdom
// What the options measure, and what the last line of the panel says of where text goes.
import type { ComponentChild } from 'preact';
import { afterEach, expect, test, vi } from 'vitest';
import { OptionsBenchmark } from '../../../components/OptionsBenchmark.tsx';
import { BackendLine } from '../../../components/StatusLine.tsx';
import { AppError } from '../../../lib/errors.ts';
import { DEFAULT_MODEL, type CatalogEntry } from '../../../lib/model/catalog.ts';
import type { Backend } from '../../../lib/engine/backend.ts';
import type { TaskEvent } from '../../../lib/protocol.ts';
import { find, press, show, textsOf } from './page.ts';

vi.mock('wxt/browser', () => import('../components/catalogue.ts'));
afterEach(() => vi.unstubAllGlobals());

const METRICS = {
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
const { knownAnswer: _, ...untested } = DEFAULT_MODEL;
const WRITER: CatalogEntry = { ...untested, id: 'writer', name: 'Writer', origin: { kind: 'own' } };
const GRAPH: CatalogEntry = { ...WRITER, id: 'graph', name: 'Graph', weights: { ...WRITER.weights, name: 'm.onnx' } };
const models = [DEFAULT_MODEL, WRITER, GRAPH].map((entry) => ({ entry, fits: true }));

type Device = Backend['device'];
function setUp(devices: Device[], before: (model: string, device: Device, signal: AbortSignal) => Promise<void>) {
  const asked: string[] = [];
  async function* measure(model: string, device: Device, signal: AbortSignal): AsyncGenerator<TaskEvent> {
    asked.push(`${model} ${device}`);
    yield { kind: 'progress', phase: 'loading', fraction: 0.5 };
    await before(model, device, signal);
    yield { kind: 'backend', model, device, threads: 2 };
    yield { kind: 'done', finishReason: 'stop', metrics: METRICS };
  }
  return { asked, platform: { measure, devices: () => Promise.resolve(devices), version: '0.1.0' } };
}
const rows = () =>
  [...find('tbody').querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.textContent));
const FIGURES = ['1.5 s', '0.9 s', '120 tokens/s', '25 tokens/s', '300 MB'];

test('each model is measured on each device that it can run on, one after another; what fails says why in its row', async () => {
  const { asked, platform } = setUp(['cpu', 'gpu'], (model, device) =>
    model === 'writer' && device === 'gpu'
      ? Promise.reject(new AppError('unsupported', 'self-test: -9.000 nats | expected -3'))
      : Promise.resolve(),
  );
  const copied: string[] = [];
  vi.stubGlobal('navigator', { clipboard: { writeText: (text: string) => Promise.resolve(void copied.push(text)) } });
  await show(<OptionsBenchmark platform={platform} models={models} />);
  await press('Measure');
  const packaged = DEFAULT_MODEL.id;
  expect(asked).toEqual([`${packaged} cpu`, `${packaged} gpu`, 'writer cpu', 'writer gpu', 'graph cpu']);
  expect(textsOf('thead th')).toEqual([
    ...['Model', 'Self-test', 'Load', 'First token', 'Reading', 'Writing', 'Memory'],
  ]);
  const [failed] = rows().filter(([, , ...more]) => more.length === 0);
  expect(rows()).toEqual([
    ['SmolLM2 135MCPU, 2 threads', 'passed', ...FIGURES],
    ['SmolLM2 135MGPU', 'passed', ...FIGURES],
    ['WriterCPU, 2 threads', 'none', ...FIGURES],
    failed,
    ['GraphCPU, 2 threads', 'none', ...FIGURES],
  ]);
  expect(failed).toEqual(['WriterGPU', expect.stringMatching(/.+self-test: -9\.000 nats/)]);

  await press('Copy as Markdown');
  const lines = copied[0].trimEnd().split('\n');
  expect(lines[0]).toBe('| Inkling 0.1.0 | Device | Self-test | Load | First token | Reading | Writing | Memory |');
  expect(lines[2]).toBe(`| SmolLM2 135M | CPU, 2 threads | passed | ${FIGURES.join(' | ')} |`);
  expect(lines[5]).toMatch(/^\| Writer \| GPU \| .+ \(self-test: -9\.000 nats \\\| expected -3\) \| {2}\|/);
  // The same number of cells in each line, whatever a message holds.
  expect(lines.map((line) => line.replaceAll('\\|', '').split('|').length)).toEqual(lines.map(() => 10));
});

test('stopped, it keeps what it has measured, and can be begun anew', async () => {
  const { asked, platform } = setUp(['cpu'], (model, _device, signal) =>
    model === 'writer'
      ? new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new AppError('aborted'))))
      : Promise.resolve(),
  );
  await show(<OptionsBenchmark platform={platform} models={models} />);
  await press('Measure');
  expect(textsOf('tr[data-outcome]').map((text) => text.slice(0, 6))).toEqual(['SmolLM', 'Writer', 'GraphC']);
  expect(find<HTMLProgressElement>('[data-outcome=running] progress').value).toBe(0.5);
  expect(find('#benchmark').getAttribute('aria-busy')).toBe('true');
  await press('Stop');
  expect(rows().map(([name]) => name)).toEqual(['SmolLM2 135MCPU, 2 threads']);
  expect(asked).toHaveLength(2);
  await press('Measure');
  expect(asked).toHaveLength(4);
  await press('Stop');
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
