// What every engine of the benchmark must do, and the one plan that all are timed by. Runs in the browser and in Node.

export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface Completion {
  promptTokens: number;
  completionTokens: number;
}

/** An engine under test. All timing is done from outside, by `measure`. */
export interface Peer {
  /** Opens the model, ready for the first request. */
  load(): Promise<void>;
  /** Greedy; `onToken` is called as each token (or verified group of `count` tokens) becomes known. */
  complete(messages: Message[], maxNewTokens: number, onToken: (count: number) => void): Promise<Completion>;
  /** Writes a summary of the page in the engine's own way; without it, `complete` is asked for one. */
  summarize?(page: string): Promise<void>;
}

export interface Plan {
  /** About 512 tokens of prompt with the page in front and a question behind it. */
  firstRequest: Message[];
  /** The same page, another question. */
  secondRequest: Message[];
  /** About 600 tokens of prompt whose reply is long and copies little. */
  longReply: Message[];
  /** 2,000 words, a paragraph a line. */
  page: string;
}

/** Milliseconds, tokens per second; null where the engine ended its reply before anything could be timed. */
export interface Timing {
  loadMs: number;
  ttftMs: number;
  secondTtftMs: number;
  prefillTokensPerSecond: number;
  decodeTokensPerSecond: number | null;
  /** Until the last word of a summary of the 2,000-word page. */
  summaryMs: number;
}

const REPLY_TOKENS = 65;
const SUMMARY_TOKENS = 120;
const SUMMARY_REQUEST = 'Summarize the text above in three sentences.';

/** Times one engine once, in a fresh context. A short first request warms it up and is not counted. */
export async function measure(peer: Peer, plan: Plan): Promise<Timing> {
  const loadStart = performance.now();
  await peer.load();
  const loadMs = performance.now() - loadStart;
  await timed(peer, [{ role: 'user', content: 'Say yes.' }], 4);

  const first = await timed(peer, plan.firstRequest, 2);
  const second = await timed(peer, plan.secondRequest, 2);
  const long = await timed(peer, plan.longReply, REPLY_TOKENS);
  const summaryStart = performance.now();
  if (peer.summarize) await peer.summarize(plan.page);
  else await timed(peer, [{ role: 'user', content: `${plan.page}\n\n${SUMMARY_REQUEST}` }], SUMMARY_TOKENS);
  const summaryMs = performance.now() - summaryStart;
  return {
    loadMs,
    ttftMs: first.firstMs,
    secondTtftMs: second.firstMs,
    prefillTokensPerSecond: (first.promptTokens / first.firstMs) * 1000,
    decodeTokensPerSecond: long.later === 0 ? null : (long.later / (long.lastMs - long.firstMs)) * 1000,
    summaryMs,
  };
}

async function timed(peer: Peer, messages: Message[], maxNewTokens: number) {
  const start = performance.now();
  let firstMs = 0;
  let lastMs = 0;
  let later = 0;
  const { promptTokens } = await peer.complete(messages, maxNewTokens, (count) => {
    lastMs = performance.now() - start;
    if (firstMs === 0) firstMs = lastMs;
    else later += count;
  });
  return { firstMs, lastMs, later, promptTokens };
}
