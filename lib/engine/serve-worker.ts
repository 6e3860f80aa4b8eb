// The worker's side of lib/engine/worker-link.ts: one engine for its life, made by the first message, one port per task.
import type { Engine } from './engine.ts';
import { fromMessagePort } from './message-port.ts';
import { serve } from './port.ts';
import type { StartMessage, ToWorker } from './worker-link.ts';

export interface WorkerScope {
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}

/** Only the host that made the worker can post to it, so these two messages are taken at their word; those of a port are not. */
export function serveWorker(scope: WorkerScope, makeEngine: (start: StartMessage) => Engine): void {
  let engine: Engine;
  scope.addEventListener('message', ({ data }) => {
    if (data.kind === 'start') engine = makeEngine(data);
    else serve(engine, fromMessagePort(data.port));
  });
}
