// How many threads ONNX Runtime may use here. Decided by what works, since isolation flags alone do not tell (extension pages).

/**
 * Threads to run with, this one included: at most four, about one per physical core, one where shared memory cannot be posted
 * to a thread. Beyond four the runtime gains little and slow cores of hybrid processors hold the others up.
 */
export async function availableThreads(logicalCores: number): Promise<number> {
  // Two logical cores are as often two real ones (virtual machines) as one with two threads: both are used.
  const cores = logicalCores <= 2 ? logicalCores : Math.ceil(logicalCores / 2);
  return (await canShareMemory()) ? Math.max(1, Math.min(4, cores)) : 1;
}

async function canShareMemory(): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  try {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const received = new Promise<boolean>((resolve) => {
      port2.onmessage = ({ data }) => resolve(data instanceof SharedArrayBuffer);
      port2.onmessageerror = () => resolve(false);
    });
    port1.postMessage(memory.buffer);
    return await received;
  } catch {
    return false; // no SharedArrayBuffer, or it may not be posted
  } finally {
    port1.close();
    port2.close();
  }
}
