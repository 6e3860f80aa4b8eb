import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Attendance } from '../../../lib/engine/attendance.ts';
import { summarizeTask } from '../../fakes/article.ts';
import { FakeEngine, aborted, nextTurn, until } from '../../fakes/engine.ts';
import { drain, forever } from '../../fakes/events.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

test('calls back when nothing has run for so long, whatever the engines', async () => {
  const onIdle = vi.fn();
  const attendance = new Attendance(1_000, onIdle);
  const [busy, quick] = [new FakeEngine(), new FakeEngine()];
  const leave = new AbortController();
  busy.beforeEvent = (_, signal) => aborted(signal);
  const run = drain(attendance.of(busy).run(summarizeTask(), leave.signal));
  await until(() => busy.running === 1);
  await drain(attendance.of(quick).run(summarizeTask(), forever()));
  vi.advanceTimersByTime(5_000);
  expect(onIdle).not.toHaveBeenCalled();

  leave.abort();
  await expect(run).rejects.toMatchObject({ code: 'aborted' });
  vi.advanceTimersByTime(900);
  expect(onIdle).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(onIdle).toHaveBeenCalledTimes(1);
});

test('calls back where nothing ever ran, and no more once it is disposed', async () => {
  const onIdle = vi.fn();
  new Attendance(1_000, onIdle);
  vi.advanceTimersByTime(1_000);
  expect(onIdle).toHaveBeenCalledTimes(1);

  const disposed = new Attendance(1_000, onIdle);
  disposed.dispose();
  await drain(disposed.of(new FakeEngine()).run(summarizeTask(), forever()));
  await nextTurn();
  vi.advanceTimersByTime(5_000);
  expect(onIdle).toHaveBeenCalledTimes(1);
});
