// Whether anything runs: the host is closed when nothing has for a while.
import type { Engine } from './engine.ts';
import { watched } from './watched.ts';

export class Attendance {
  private running = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly idleMs: number,
    private readonly onIdle: () => void,
  ) {
    this.rest();
  }

  /** The same engine, whose runs are seen. */
  of(engine: Engine): Engine {
    const enter = () => {
      this.running++;
      clearTimeout(this.timer);
    };
    const leave = () => {
      this.running--;
      this.rest();
    };
    return watched(engine, enter, leave);
  }

  /** Calls back no more. */
  dispose(): void {
    this.running = Infinity;
    clearTimeout(this.timer);
  }

  private rest(): void {
    clearTimeout(this.timer);
    if (this.running === 0) this.timer = setTimeout(this.onIdle, this.idleMs);
  }
}
