// Lets the event loop turn, so that messages (a stop, a heartbeat) arrive between two stretches of computing.

/** Resolves in a later task. Cheaper than a timer, which browsers clamp to 4 ms. */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => {
      port2.close();
      resolve();
    };
    port1.postMessage(null);
  });
}
