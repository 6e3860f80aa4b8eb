import { expect, test } from 'vitest';
import { fromMessagePort } from '../../../lib/engine/message-port.ts';
import { nextTurn, until } from '../../fakes/engine.ts';

function pair() {
  const { port1, port2 } = new MessageChannel();
  const heard: string[] = [];
  const closed: string[] = [];
  const ends = Object.entries({ a: port1, b: port2 }).map(([name, port]) => {
    // Node says when a port is let go; browsers do not.
    port.addEventListener('close', () => closed.push(name));
    const end = fromMessagePort(port);
    end.onMessage.addListener((message) => heard.push(`${name} ${JSON.stringify(message)}`));
    end.onDisconnect.addListener(() => heard.push(`${name} disconnected`));
    return end;
  });
  return { a: ends[0], b: ends[1], heard, closed };
}

test('messages, then the end, in order', async () => {
  const { a, heard } = pair();
  a.postMessage({ n: 1 });
  a.postMessage('two');
  a.disconnect();
  await until(() => heard.includes('b disconnected'));
  expect(heard).toEqual(['b {"n":1}', 'b "two"', 'b disconnected']);
});

test('an end that has closed cannot post, and hears the other close; then both are let go', async () => {
  const { a, b, heard, closed } = pair();
  a.disconnect();
  a.disconnect();
  expect(() => a.postMessage(1)).toThrow();
  await until(() => heard.includes('b disconnected'));
  for (let turn = 0; turn < 5; turn++) await nextTurn();
  expect(closed).toEqual([]);
  b.postMessage('last');
  b.disconnect();
  await until(() => closed.length === 2);
  expect(heard).toEqual(['b disconnected', 'a "last"', 'a disconnected']);
});
