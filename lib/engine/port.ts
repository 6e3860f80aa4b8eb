// An engine over a port: `serve` on its side, `connect` on the other; the same for both hops (page to host, host to worker).
// One port per task. The serving end closes it after its last message; the asking end closes it only to leave early.
import { AppError, fromWire, throwIfAborted, toWire } from '../errors.ts';
import type { JobTask, Task, TaskEvent } from '../protocol.ts';
import { within } from './abortable.ts';
import { Batch } from './batch.ts';
import { Channel } from './channel.ts';
import type { Engine, Job, JobEngine } from './engine.ts';
import { isAbort, isFromEngine, toOpening } from './wire.ts';
import type { FromEngine, Opening, ToEngine } from './wire.ts';

/** A host answers at once; this is for one that has to be started first (lib/platform/ensure-host.ts). */
const ATTACH_MS = 90_000;

/** What is needed of a `runtime.Port`, which is one as it stands. */
export interface Port {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  /** Called when the other end closes, not for one's own `disconnect`. */
  onDisconnect: { addListener(listener: () => void): void };
}

/** How an opening message is answered. */
export interface Answer {
  /** Sent first, in answer to `attach`. */
  task?: JobTask | null;
  events: AsyncIterable<TaskEvent>;
  /** The other end asks to stop. */
  abort: () => void;
  /** The other end is gone. */
  leave: () => void;
}

/** Answers the one task of a port by `respond`, which throws for an opening that this port may not make. */
export function answer(port: Port, respond: (opening: Opening) => Answer): void {
  let current: Answer | undefined;
  port.onDisconnect.addListener(() => current?.leave());
  port.onMessage.addListener((message) => {
    try {
      if (!current) {
        current = respond(toOpening(message));
        void send(port, current);
      } else if (isAbort(message)) {
        current.abort();
      } else {
        throw new AppError('internal', 'message not understood');
      }
    } catch (error) {
      current?.leave();
      refuse(port, error);
    }
  });
}

/** Runs the one task of a port. Closing the port cancels it, as an abort does. */
export function serve(engine: Engine, port: Port): void {
  answer(port, (opening) => {
    if (opening.kind !== 'run') throw new AppError('internal', 'no jobs on this port');
    return runs(engine, opening.task);
  });
}

/** Answers with a run that ends with the port; a model's download goes on until it is done, or aborted. */
export function runs(engine: Engine, task: Task): Answer {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const goOn = () => undefined;
  return {
    events: engine.run(task, controller.signal),
    abort,
    leave: task.kind === 'download-model' ? goOn : abort,
  };
}

async function send(port: Port, { task, events, leave }: Answer): Promise<void> {
  const batch = new Batch((sent) => {
    if (!post(port, { kind: 'events', events: sent })) leave();
  });
  try {
    if (task !== undefined) post(port, { kind: 'job', task });
    for await (const event of events) batch.add(event);
    batch.flush();
    disconnect(port);
  } catch (error) {
    batch.flush();
    refuse(port, error);
  }
}

function refuse(port: Port, error: unknown): void {
  post(port, { kind: 'error', error: toWire(error) });
  disconnect(port);
}

/** The engine that is served at the other end of the ports that `open` opens, one per run. */
export function connect(open: () => Port | Promise<Port>): Engine {
  return { run: (task, signal) => unpack(converse(open, { kind: 'run', task }, signal), signal) };
}

/** The same for the tab's job, where the other end keeps jobs. */
export function connectJob(open: () => Port | Promise<Port>, tabId: number): JobEngine {
  return {
    run: (task, signal) => unpack(converse(open, { kind: 'run-job', task, job: tabId }, signal), signal),
    async attach<K extends JobTask['kind']>(kind: K, signal: AbortSignal): Promise<Job<K> | null> {
      const messages = converse(open, { kind: 'attach', job: tabId, to: kind }, signal);
      const answered = within(ATTACH_MS, 'attach', messages.next());
      // Where the answer comes after all, nobody listens.
      answered.catch(() => void messages.return());
      const { value: first } = await answered;
      if (first?.kind === 'job' && first.task?.kind === kind) {
        return { task: first.task as Job<K>['task'], events: unpack(messages, signal) };
      }
      await messages.return();
      if (first?.kind === 'error') throw fromWire(first.error);
      if (first?.kind !== 'job') throw new AppError('internal', 'attach was not answered');
      return null;
    },
  };
}

/** The messages of one port from its opening to its end. */
async function* converse(
  open: () => Port | Promise<Port>,
  opening: Opening,
  signal: AbortSignal,
): AsyncGenerator<FromEngine, void, void> {
  throwIfAborted(signal);
  const messages = new Channel<FromEngine>();
  let port: Port | undefined;
  let left = false;
  const gone = (cause?: unknown) => messages.close(new AppError('host-gone', '', { cause }));
  const abort = () => {
    messages.abort(new AppError('aborted'));
    if (port) post(port, { kind: 'abort' });
  };
  const start = (opened: Port) => {
    if (left) {
      disconnect(opened);
      return;
    }
    port = opened;
    port.onMessage.addListener((message) => {
      if (isFromEngine(message)) messages.push(message);
      else messages.close(new AppError('internal', 'answer not understood'));
    });
    port.onDisconnect.addListener(() => {
      gone();
      disconnect(opened);
    });
    if (!post(port, opening)) gone();
  };
  signal.addEventListener('abort', abort);
  try {
    void (async () => start(await open()))().catch((error: unknown) =>
      error instanceof AppError ? messages.close(error) : gone(error),
    );
    yield* messages;
  } finally {
    left = true;
    signal.removeEventListener('abort', abort);
    // After an abort the other end closes, so that the host can tell when a worker has really stopped.
    if (port && !signal.aborted) disconnect(port);
  }
}

async function* unpack(
  messages: AsyncIterable<FromEngine>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent, void, void> {
  for await (const message of messages) {
    if (message.kind === 'error') throw fromWire(message.error);
    if (message.kind !== 'events') continue;
    for (const event of message.events) {
      throwIfAborted(signal);
      yield event;
      if (event.kind === 'done') return;
    }
  }
}

/** False where the port is dead (browsers throw); that it closed is told by its onDisconnect. */
function post(port: Port, message: FromEngine | ToEngine): boolean {
  try {
    port.postMessage(message);
    return true;
  } catch {
    return false;
  }
}

function disconnect(port: Port): void {
  try {
    port.disconnect();
  } catch {
    // Closed already, which is all that was wanted.
  }
}
