import { expect, test } from 'vitest';
import { Channel } from '../../../lib/engine/channel.ts';

test('gives what was pushed, before and while it is read, then ends', async () => {
  const channel = new Channel<number>();
  channel.push(1);
  setImmediate(() => {
    channel.push(2);
    channel.push(3);
    channel.close();
    channel.push(4);
  });
  const seen: number[] = [];
  for await (const value of channel) seen.push(value);
  expect(seen).toEqual([1, 2, 3]);
});

test('an error comes after what was pushed before it; the first end counts', async () => {
  const channel = new Channel<number>();
  channel.push(1);
  channel.close(new Error('first'));
  channel.close();
  const reader = channel[Symbol.asyncIterator]();
  expect(await reader.next()).toEqual({ done: false, value: 1 });
  await expect(reader.next()).rejects.toThrow('first');
});

test('an abort comes next, whatever waits', async () => {
  const channel = new Channel<number>();
  const reader = channel[Symbol.asyncIterator]();
  channel.push(1);
  await reader.next();
  channel.push(2);
  channel.close();
  channel.abort(new Error('aborted'));
  await expect(reader.next()).rejects.toThrow('aborted');
  expect(await reader.next()).toEqual({ done: true, value: undefined });
});
