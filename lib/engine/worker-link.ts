// One worker, from its start to its end, seen from the host: one attempt to run a model on one backend.
import { AppError } from '../errors.ts';
import type { Task, TaskEvent } from '../protocol.ts';
import type { Engine } from './engine.ts';
import { fromMessagePort } from './message-port.ts';
import { connect } from './port.ts';

/** What is needed of a `Worker`. */
export interface WorkerLike {
  postMessage(message: ToWorker<StartMessage>, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(type: 'error', listener: (event: { message?: string }) => void): void;
}

/** What a worker is told once; each kind of worker adds what it needs. */
export interface StartMessage {
  kind: 'start';
  /** Base URL of the package's files, with a slash at its end. */
  assetsUrl: string;
  /** Where files of the package can be had that others want, too (package-files.ts). */
  packageFiles?: MessagePort;
}

/** The start is the first; each `task` brings the port of one task (lib/engine/port.ts). */
export type ToWorker<Start extends StartMessage> = Start | { kind: 'task'; port: MessagePort };

export class WorkerLink implements Engine {
  /** What ended the worker from outside, while it was needed. */
  verdict: AppError | undefined;
  /** The model's load has begun. */
  loads = false;
  /** The model has answered, so its load did not bring the host down. */
  proved = false;
  /** Aborted when the worker has been ended. */
  private readonly life = new AbortController();
  private readonly engine = connect(() => this.open());
  /** Resolves when the worker computes no more: it has closed the port of its last task, or has been ended. */
  private quiet = Promise.resolve();
  private beQuiet: (() => void) | undefined;

  constructor(
    private readonly worker: WorkerLike,
    start: StartMessage,
    /** What of the start goes over to the worker. */
    transfer: Transferable[] = [],
  ) {
    // An error event means that the script could not be loaded or threw outside of any task.
    worker.addEventListener('error', (event) => this.end(new AppError('internal', `worker: ${event.message ?? ''}`)));
    worker.postMessage(start, transfer);
  }

  /** Fires when the worker has been ended. */
  get ended(): AbortSignal {
    return this.life.signal;
  }

  get alive(): boolean {
    return !this.life.signal.aborted;
  }

  /** Ends the worker, whatever it is doing. A run that is under way throws `verdict`. */
  end(verdict?: AppError): void {
    this.verdict ??= verdict;
    this.worker.terminate();
    this.life.abort();
    this.beQuiet?.();
  }

  async *run(task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    try {
      yield* this.engine.run(task, AbortSignal.any([signal, this.life.signal]));
    } catch (error) {
      throw signal.aborted ? new AppError('aborted') : (this.verdict ?? error);
    }
  }

  /** Resolves when the last run has stopped in the worker; a worker that does not stop in time, or by `deadline`, is ended. */
  async settle(graceMs: number, deadline?: AbortSignal): Promise<void> {
    if (!this.alive) return;
    const end = () => this.end();
    const timer = setTimeout(end, graceMs);
    deadline?.addEventListener('abort', end, { once: true });
    if (deadline?.aborted) end();
    await this.quiet;
    clearTimeout(timer);
    deadline?.removeEventListener('abort', end);
  }

  private open() {
    const { port1, port2 } = new MessageChannel();
    const port = fromMessagePort(port1);
    this.quiet = new Promise((resolve) => {
      this.beQuiet = resolve;
      port.onDisconnect.addListener(resolve);
    });
    this.worker.postMessage({ kind: 'task', port: port2 }, [port2]);
    return port;
  }
}
