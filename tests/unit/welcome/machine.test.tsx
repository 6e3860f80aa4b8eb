// @vitest-environment jsdom
// The welcome page's trial of the machine: only while the page is seen.
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useMachine } from '../../../components/use-machine.ts';
import { AppError } from '../../../lib/errors.ts';
import type { WelcomePlatform } from '../../../lib/platform/welcome.ts';
import type { BackendEvent, TaskEvent } from '../../../lib/protocol.ts';
import { METRICS } from '../../fakes/language-model.ts';

const BACKEND: BackendEvent = { kind: 'backend', model: 'Tiny', device: 'cpu', threads: 2 };
const ABOUT = { ...METRICS, decodeTokensPerSecond: 7 };
let estimate: TaskEvent[];
let trials: { signal: AbortSignal; finish: () => void }[];
let visibility: DocumentVisibilityState;

const platform = {
  async *estimateMachine(): AsyncGenerator<TaskEvent> {
    yield BACKEND;
    yield* await Promise.resolve(estimate);
    throw new AppError('unsupported', 'no estimate');
  },
  async *tryMachine(signal: AbortSignal): AsyncGenerator<TaskEvent> {
    yield BACKEND;
    await new Promise<void>((finish) => trials.push({ signal, finish }));
    yield { kind: 'done', finishReason: 'stop', metrics: METRICS };
  },
} as Partial<WelcomePlatform> as WelcomePlatform;

function View() {
  const view = useMachine(platform);
  const about = view.kind === 'trying' && view.estimate?.metrics.decodeTokensPerSecond;
  return <p>{about ? `${view.kind}, about ${about}` : view.kind}</p>;
}

async function become(state: DocumentVisibilityState): Promise<void> {
  visibility = state;
  document.dispatchEvent(new Event('visibilitychange'));
  await act(async () => {
    await vi.advanceTimersByTimeAsync(2_000);
  });
}

beforeEach(() => {
  trials = [];
  estimate = [];
  vi.useFakeTimers();
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
});
afterEach(() => {
  render(null, document.body);
  vi.useRealTimers();
});

it('lets go of the machine when the reader leaves, and begins anew on their return', async () => {
  visibility = 'visible';
  await act(() => {
    render(<View />, document.body);
  });
  await become('visible');
  await become('hidden');
  expect(trials.map(({ signal }) => signal.aborted)).toEqual(trials.map(() => true));
  const before = trials.length;
  await become('visible');
  expect(trials).toHaveLength(before + 1);
  expect(document.body.textContent).toBe('trying');
  await act(async () => {
    trials.at(-1)!.finish();
    await vi.advanceTimersByTimeAsync(0);
  });
  expect(document.body.textContent).toBe('tried');
  await become('hidden');
  await become('visible');
  expect(trials).toHaveLength(before + 1);
});

it('says about how fast it is before the model has run, and exactly afterwards', async () => {
  visibility = 'visible';
  estimate = [{ kind: 'done', finishReason: 'stop', metrics: ABOUT }];
  await act(() => {
    render(<View />, document.body);
  });
  await become('visible');
  expect(document.body.textContent).toBe('trying, about 7');
  await act(async () => {
    trials.at(-1)!.finish();
    await vi.advanceTimersByTimeAsync(0);
  });
  expect(document.body.textContent).toBe('tried');
});
