// The two ends of a runtime port, as Chrome has them: JSON on the way, delivery in a later turn, a throw on a closed port, and
// onDisconnect only for what the other end does.
import type { Port } from '../../lib/engine/port.ts';

export interface FakePort extends Port {
  /** Everything posted at this end, as it went over the wire. */
  readonly posted: unknown[];
  closed: boolean;
}

export function portPair(): [FakePort, FakePort] {
  const ends = [end(), end()] as const;
  ends[0].other = ends[1];
  ends[1].other = ends[0];
  return [ends[0], ends[1]];
}

function end() {
  const messages: ((message: unknown) => void)[] = [];
  const disconnects: (() => void)[] = [];
  return {
    other: undefined as unknown as FakePort & { deliver(message: unknown): void; close(): void },
    posted: [] as unknown[],
    closed: false,
    onMessage: { addListener: (listener: (message: unknown) => void) => void messages.push(listener) },
    onDisconnect: { addListener: (listener: () => void) => void disconnects.push(listener) },
    postMessage(message: unknown) {
      if (this.closed) throw new Error('Attempting to use a disconnected port object');
      const json = JSON.stringify(message);
      this.posted.push(JSON.parse(json));
      setImmediate(() => this.other.deliver(JSON.parse(json)));
    },
    disconnect() {
      if (this.closed) return;
      this.closed = true;
      setImmediate(() => this.other.close());
    },
    deliver(message: unknown) {
      if (!this.closed) for (const listener of messages) listener(message);
    },
    close() {
      if (this.closed) return;
      this.closed = true;
      for (const listener of disconnects) listener();
    },
  };
}
