// A worker in this thread: its messages cross a real MessageChannel, its termination silences it.
import type { Engine } from '../../lib/engine/engine.ts';
import { serveWorker } from '../../lib/engine/serve-worker.ts';
import type { WorkerScope } from '../../lib/engine/serve-worker.ts';
import type { ModelStart } from '../../lib/engine/model-start.ts';
import type { StartMessage, ToWorker, WorkerLike } from '../../lib/engine/worker-link.ts';

export class FakeWorker implements WorkerLike {
  terminated = false;
  start: ModelStart | undefined;
  private readonly channel = new MessageChannel();
  private readonly errorListeners: ((event: { message?: string }) => void)[] = [];
  /** The other ends of the tasks' ports, closed when the worker ends: nothing comes from it any more. */
  private readonly ports: MessagePort[] = [];

  constructor(makeEngine: (start: ModelStart) => Engine) {
    const scope: WorkerScope<ModelStart> = {
      addEventListener: (_, listener) => {
        this.channel.port2.addEventListener('message', (event: MessageEvent<ToWorker<ModelStart>>) => {
          if (event.data.kind === 'task') this.ports.push(event.data.port);
          if (!this.terminated) listener(event);
        });
        this.channel.port2.start();
      },
    };
    serveWorker(scope, (start) => makeEngine((this.start = start)));
  }

  postMessage(message: ToWorker<StartMessage>, transfer: Transferable[]): void {
    this.channel.port1.postMessage(message, transfer);
  }

  terminate(): void {
    this.terminated = true;
    for (const port of [...this.ports, this.channel.port1]) port.close();
  }

  /** As if its script had thrown outside of any task. */
  crash(message: string): void {
    for (const listener of this.errorListeners) listener({ message });
  }

  addEventListener(_type: 'error', listener: (event: { message?: string }) => void): void {
    this.errorListeners.push(listener);
  }
}
