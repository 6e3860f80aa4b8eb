// Times one reply of a server. What the server does not count is counted here by its chunks, which mostly hold one token.
import type { Metrics } from '../../protocol.ts';
import type { Usage } from './completion-stream.ts';

export class Stopwatch {
  usage: Usage | undefined;
  private readonly startMs = performance.now();
  private firstMs = 0;
  private lastMs = 0;
  private shownMs = 0;
  private chunks = 0;

  /** A piece of the reply or of what was thought. */
  chunk(): void {
    this.lastMs = performance.now();
    if (this.chunks++ === 0) this.firstMs = this.lastMs;
  }

  /** A piece for the reader. */
  shown(): void {
    this.shownMs ||= performance.now();
  }

  /** `promptTokens` is an estimate, for servers that do not count. */
  metrics(promptTokens: number): Metrics {
    const { usage, startMs, firstMs, lastMs, shownMs, chunks } = this;
    const completionTokens = counted(usage?.completionTokens, chunks);
    const prompt = counted(usage?.promptTokens, promptTokens);
    const waitedMs = chunks > 0 ? firstMs - startMs : 0;
    return {
      timeToFirstTokenMs: shownMs > 0 ? shownMs - startMs : 0,
      promptTokens: prompt,
      cachedTokens: usage?.cachedTokens ?? 0,
      completionTokens,
      prefillTokensPerSecond: rate(prompt - (usage?.cachedTokens ?? 0), waitedMs),
      decodeTokensPerSecond: rate(completionTokens - 1, lastMs - firstMs),
      loadMs: 0,
      totalMs: performance.now() - startMs,
      peakBytes: 0,
    };
  }
}

function rate(tokens: number, ms: number): number {
  return ms > 0 && tokens > 0 ? (tokens / ms) * 1000 : 0;
}

/** Some servers say 0 where they do not count. */
function counted(given: number | undefined, estimate: number): number {
  return given !== undefined && given > 0 ? given : estimate;
}
