// The worker's side of lib/engine/worker-link.ts: one engine for its life, made by the first message, one port per task.
import type { Engine } from './engine.ts';
import { fromMessagePort } from './message-port.ts';
import { serve } from './port.ts';
import type { StartMessage, ToWorker } from './worker-link.ts';

export interface WorkerScope<Start extends StartMessage> {
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker<Start>>) => void): void;
}

/** Only the host that made the worker can post to it, so these two messages are taken at their word; those of a port are not. */
export function serveWorker<Start extends StartMessage>(
  scope: WorkerScope<Start>,
  makeEngine: (start: Start) => Engine,
): void {
  let engine: Engine;
  scope.addEventListener('message', ({ data }) => {
    if (data.kind === 'task') serve(engine, fromMessagePort(data.port));
    else engine = makeEngine(data);
  });
}
