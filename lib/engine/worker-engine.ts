// The supervisor: owns the worker from outside, and never computes. One task at a time; each backend is tried in a fresh worker;
// silence, device loss and memory exhaustion end a worker, and the next backend takes over. Knows workers, not browsers.
import { AppError, throwIfAborted, toWire } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { CatalogEntry } from '../model/catalog.ts';
import type { Sampling } from '../model/language-model.ts';
import type { BackendEvent, Task, TaskEvent } from '../protocol.ts';
import { abortable, within } from './abortable.ts';
import type { Backend, BackendReason, Ranking } from './backend.ts';
import { CrashBreaker } from './crash-breaker.ts';
import type { BreakerStore } from './crash-breaker.ts';
import type { ModelStart } from './model-start.ts';
import { rising } from './progress.ts';
import { SingleWorkerEngine } from './single-worker-engine.ts';
import type { SingleWorkerOptions } from './single-worker-engine.ts';
import { isAnswer, supervised } from './supervised.ts';
import { isLoading } from './watchdog.ts';
import { WorkerLink } from './worker-link.ts';
import type { WorkerLike } from './worker-link.ts';

export interface WorkerEngineOptions extends SingleWorkerOptions {
  spawn: () => WorkerLike;
  model: CatalogEntry;
  assetsUrl: string;
  store: BreakerStore;
  /** Asked before the first load, once it has answered. */
  probe: () => Promise<Ranking>;
  /** False refuses a load for want of memory. */
  fits?: (model: CatalogEntry, backend: Backend) => boolean;
  /** Runs there or not at all; absent: on the best that works. */
  device?: Backend['device'] | undefined;
  /** Where a task does not choose its own. */
  sampling?: Sampling | undefined;
}

/** Errors that say nothing against the worker. After any other it is replaced: a failed run leaves sessions that may hang. */
const HARMLESS: ErrorCode[] = ['aborted', 'no-content', 'input-too-long', 'needs-model'];
/** Errors that another device would meet as well. */
const ANY_DEVICE: ErrorCode[] = ['model-corrupt', 'model-damaged', 'download-failed', 'storage-full'];

const REASONS: Partial<Record<ErrorCode, BackendReason>> = {
  'out-of-memory': 'gpuOutOfMemory',
  'device-lost': 'gpuLost',
  'timed-out': 'gpuSilent',
  unsupported: 'gpuLacksFeatures',
  'wrong-numbers': 'gpuWrongNumbers',
};

interface Choice {
  backend: Backend;
  event: BackendEvent;
  /** No other backend is left to try. */
  last: boolean;
}

export class WorkerEngine extends SingleWorkerEngine<WorkerEngineOptions> {
  private readonly breaker: CrashBreaker;
  private ranking: Ranking | undefined;
  /** Why the GPU, which the probe found, is not used. */
  private gpuFailure: BackendReason | undefined;
  /** What the link was started for. */
  private choice: Choice | undefined;

  constructor(options: WorkerEngineOptions) {
    super(options);
    this.breaker = new CrashBreaker(options.store, options.model.id);
  }

  /** The task on the best backend; on the next one where that fails before the reader has been given text of it. */
  protected async *attempts(task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    const rise = rising();
    for (;;) {
      const { backend, event: chosen, last } = await abortable(this.choose(), signal);
      let answered = false;
      try {
        yield chosen;
        for await (const event of this.attempt(backend, task, signal)) {
          answered ||= isAnswer(event);
          yield rise(event);
        }
        return;
      } catch (error) {
        if (!(await this.condemn(backend, toWire(error).code)) || answered || last) throw error;
      }
    }
  }

  private async *attempt(backend: Backend, task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    if (!this.link?.alive || !this.link.proved) await this.breaker.begin(backend.device);
    throwIfAborted(signal);
    const link = this.link?.alive ? this.link : this.start(backend);
    for await (const event of supervised(link, task, signal, this.deadlines)) {
      link.loads ||= isLoading(event);
      if (link.loads && (isAnswer(event) || event.kind === 'done')) {
        link.proved = true;
        void this.breaker.end(true);
        if (backend.device === 'gpu') void this.judgeGpu(false);
      }
      yield event;
    }
  }

  private start(backend: Backend): WorkerLink {
    const { spawn, model, assetsUrl, sampling } = this.options;
    const hasGpu = this.ranking?.backends.some(({ device }) => device === 'gpu') ?? false;
    const measuresAnswer = hasGpu && backend.device === 'cpu' && model.origin.kind !== 'package';
    const start: ModelStart = { kind: 'start', ...backend, entry: model, assetsUrl, sampling, measuresAnswer };
    this.link = new WorkerLink(spawn(), start);
    return this.link;
  }

  /** The backend to run on now: that of the living worker, else the best that nothing speaks against. */
  private async choose(): Promise<Choice> {
    if (this.link?.alive && this.choice) return this.choice;
    const { model, probe, fits, device: only } = this.options;
    this.ranking ??= await within(this.deadlines.probeMs, 'probe', probe());
    const breaker = await this.breaker.read();
    if (breaker.off) throw new AppError('model-off', model.id);
    const wanted = this.ranking.backends.filter(({ device }) => !only || device === only);
    // Asked for on the GPU alone, it is tried there anew: a driver may have been mended.
    if (!only && breaker.isWrong(this.ranking.gpu ?? '')) this.gpuFailure ??= 'gpuWrongNumbers';
    const found = wanted.filter(({ device }) => device !== 'gpu' || !this.gpuFailure);
    const calm = found.filter(({ device }) => !breaker.demotes(device));
    const fitting = (calm.length > 0 ? calm : found.slice(-1)).filter((each) => fits?.(model, each) ?? true);
    if (fitting.length === 0) {
      throw new AppError(found.length > 0 ? 'out-of-memory' : 'unsupported', `no backend for ${model.id}`);
    }
    const backend = fitting[0];
    const crashed = breaker.demotes(backend.device)
      ? 'modelCrashed'
      : breaker.demotes('gpu')
        ? 'gpuCrashed'
        : undefined;
    const reason = crashed ?? this.ranking.reason ?? this.gpuFailure;
    const event: BackendEvent = {
      kind: 'backend',
      model: model.name,
      device: backend.device,
      threads: backend.threads,
    };
    if (reason && (backend.device !== 'gpu' || reason === 'modelCrashed')) event.reason = reason;
    return (this.choice = { backend, event, last: fitting.length === 1 });
  }

  /** After a failure on a backend: ends its worker if it cannot be trusted; true where another device may do better. */
  private async condemn({ device }: Backend, code: ErrorCode): Promise<boolean> {
    if (HARMLESS.includes(code)) return false;
    this.link?.end();
    if (ANY_DEVICE.includes(code)) return false;
    if (device === 'gpu') this.gpuFailure = REASONS[code] ?? 'gpuFailed';
    if (device === 'gpu' && code === 'wrong-numbers') await this.judgeGpu(true);
    return true;
  }

  private async judgeGpu(isWrong: boolean): Promise<void> {
    await this.breaker.judge(this.ranking?.gpu ?? '', isWrong);
  }

  /** When the worker has really stopped: ready for the next task, or for a rest. */
  protected override async settle(task: Task, retiring: AbortSignal): Promise<void> {
    // What was begun ahead may be in the midst of a load that the next task needs as well: ending it would cost that once more.
    if (task.kind === 'read-ahead') await this.link?.settle(this.deadlines.stepMs, retiring);
    else await this.link?.settle(this.deadlines.stopMs);
    await this.breaker.end(false);
  }
}
