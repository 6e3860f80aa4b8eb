// Runs tasks with the browser's own model: in a worker as any model, which reaches it over a port, because only documents have it and
// this one is the host's. Where it fails, that is said; no other model takes its place.
import { toWire } from '../errors.ts';
import { openBrowserModel } from '../model/browser-language-model.ts';
import type { NativeLanguageModels } from '../model/browser-language-model.ts';
import type { ModelEntry } from '../model/catalog.ts';
import type { Task, TaskEvent } from '../protocol.ts';
import { serveModel } from './model-port.ts';
import type { ModelStart } from './model-start.ts';
import { OutsideEngine } from './outside-engine.ts';
import type { OutsideEngineOptions } from './outside-engine.ts';
import { rising } from './progress.ts';
import { supervised } from './supervised.ts';
import { WorkerLink } from './worker-link.ts';

export interface BrowserModelEngineOptions extends OutsideEngineOptions {
  entry: ModelEntry;
  native: NativeLanguageModels;
}

export class BrowserModelEngine extends OutsideEngine<BrowserModelEngineOptions> {
  protected async *attempts(task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    const rise = rising();
    const link = this.link?.alive ? this.link : this.linkUp();
    try {
      yield { kind: 'backend', model: this.options.entry.name, device: 'browser', threads: 0 };
      for await (const event of supervised(link, task, signal, this.deadlines)) yield rise(event);
    } catch (error) {
      const { code } = toWire(error);
      if (code === 'internal' || code === 'timed-out') link.end();
      throw error;
    }
  }

  private linkUp(): WorkerLink {
    const { spawn, assetsUrl, threads, sampling, entry, native } = this.options;
    const { port1, port2 } = new MessageChannel();
    const start: ModelStart = { kind: 'start', device: 'browser', entry, model: port2, assetsUrl, threads, sampling };
    this.link = new WorkerLink(spawn(), start, [port2]);
    serveModel(port1, (signal) => openBrowserModel(entry, signal, native), this.link.ended);
    return this.link;
  }
}
