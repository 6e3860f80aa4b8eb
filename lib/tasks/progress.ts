// How far a run is and how long it will take, from what has been measured in it. Keeps the law that progress never falls.
import type { Generated } from '../model/language-model.ts';
import type { Coverage, Metrics, ProgressEvent } from '../protocol.ts';

const PHASES = ['loading', 'reading', 'writing', 'checking'] as const;

/** Tokens of work, done or to be done. */
export interface Work {
  promptTokens: number;
  newTokens: number;
}

/** A new token costs about as much as this many prompt tokens until the run has measured its own speed. */
const NEW_TOKEN_COST = 10;

export class Progress {
  private phase = 0;
  private fraction = 0;
  private done: Work = { promptTokens: 0, newTokens: 0 };
  private metrics: Metrics | null = null;

  constructor(private total: Work) {}

  /** The metrics of all generations so far as those of one, null before the first. */
  get measured(): Metrics | null {
    return this.metrics;
  }

  /** Takes a generation's end into account; `planned` is the work that it was counted as in the total. */
  finish({ metrics }: Extract<Generated, { kind: 'end' }>, planned: Work): void {
    this.done = sum(this.done, planned);
    this.metrics = this.metrics ? together(this.metrics, metrics) : metrics;
  }

  /** Where the run stands. `running` is what has been done of a generation that has not ended. */
  at(
    phase: ProgressEvent['phase'],
    coverage: Coverage,
    running: Work = { promptTokens: 0, newTokens: 0 },
  ): ProgressEvent {
    const done = sum(this.done, running);
    const fraction = Math.min(1, cost(done) / (cost(this.total) || 1));
    const index = PHASES.indexOf(phase);
    if (index > this.phase) this.fraction = 0;
    this.phase = Math.max(this.phase, index);
    this.fraction = Math.max(this.fraction, fraction);
    const event: ProgressEvent = { kind: 'progress', phase: PHASES[this.phase], fraction: this.fraction, coverage };
    const remainingMs = this.remainingMs(done);
    return remainingMs === undefined ? event : { ...event, remainingMs };
  }

  private remainingMs(done: Work): number | undefined {
    if (!this.metrics || !(this.metrics.prefillTokensPerSecond > 0) || !(this.metrics.decodeTokensPerSecond > 0))
      return;
    const prompt = Math.max(0, this.total.promptTokens - done.promptTokens) / this.metrics.prefillTokensPerSecond;
    const written = Math.max(0, this.total.newTokens - done.newTokens) / this.metrics.decodeTokensPerSecond;
    return Math.round((prompt + written) * 1000);
  }
}

function cost({ promptTokens, newTokens }: Work): number {
  return promptTokens + NEW_TOKEN_COST * newTokens;
}

function sum(a: Work, b: Work): Work {
  return { promptTokens: a.promptTokens + b.promptTokens, newTokens: a.newTokens + b.newTokens };
}

/** Two generations of one run: the first's time to first token, sums of tokens and times, speeds over both. */
function together(a: Metrics, b: Metrics): Metrics {
  const ran = (metrics: Metrics) => metrics.promptTokens - metrics.cachedTokens;
  return {
    timeToFirstTokenMs: a.timeToFirstTokenMs,
    promptTokens: a.promptTokens + b.promptTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    prefillTokensPerSecond: speed([ran(a), a.prefillTokensPerSecond], [ran(b), b.prefillTokensPerSecond]),
    decodeTokensPerSecond: speed(
      [a.completionTokens, a.decodeTokensPerSecond],
      [b.completionTokens, b.decodeTokensPerSecond],
    ),
    loadMs: a.loadMs,
    totalMs: a.totalMs + b.totalMs,
    peakBytes: Math.max(a.peakBytes, b.peakBytes),
  };
}

/** Tokens per second over both; a part without tokens or speed says nothing. */
function speed(...parts: [tokens: number, tokensPerSecond: number][]): number {
  const timed = parts.filter(([tokens, tokensPerSecond]) => tokens > 0 && tokensPerSecond > 0);
  const seconds = timed.reduce((total, [tokens, tokensPerSecond]) => total + tokens / tokensPerSecond, 0);
  return seconds > 0 ? timed.reduce((total, [tokens]) => total + tokens, 0) / seconds : 0;
}
