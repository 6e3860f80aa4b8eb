// What both translation engines of the benchmark do, and the one plan that they are timed by. Runs in the browser.

/** An engine under test, in workers of its own; all timing is done from outside, by `measure`. */
export interface TranslationPeer {
  workers: TranslationWorker[];
}

export interface TranslationWorker {
  /** Resolves when it can translate. */
  load(): Promise<void>;
  translate(texts: string[]): Promise<string[]>;
}

export interface TranslationPlan {
  /** Sentences of running text, the longest first: at the end no worker waits long for the other's last. */
  sentences: string[];
  /** Sentences of about 20 words. */
  single: string[];
}

/** Sentences per call. */
export const BATCHES = [1, 8] as const;

export interface TranslationTiming {
  /** Until all workers have translated their first sentence. */
  loadMs: number;
  /** Median over the single sentences, one worker busy. */
  sentenceMs: number;
  /** By sentences per call. */
  wordsPerSecond: Record<(typeof BATCHES)[number], number>;
}

/** Times a peer once, in a fresh page. A part of the text goes first and is not counted. */
export async function measure({ workers }: TranslationPeer, plan: TranslationPlan): Promise<TranslationTiming> {
  const startMs = performance.now();
  await Promise.all(workers.map((worker) => worker.load().then(() => worker.translate([plan.single[0]]))));
  const loadMs = performance.now() - startMs;
  for (const batch of BATCHES)
    await share(
      workers,
      groups(
        plan.sentences.filter((_, i) => i % 4 === 0),
        batch,
      ),
    );

  const latencies: number[] = [];
  for (const sentence of plan.single) {
    const sentMs = performance.now();
    await workers[0].translate([sentence]);
    latencies.push(performance.now() - sentMs);
  }
  const words = plan.sentences.reduce((sum, sentence) => sum + sentence.split(' ').length, 0);
  const wordsPerSecond = { 1: 0, 8: 0 };
  for (const batch of BATCHES) {
    const beganMs = performance.now();
    await share(workers, groups(plan.sentences, batch));
    wordsPerSecond[batch] = (1000 * words) / (performance.now() - beganMs);
  }
  return { loadMs, sentenceMs: latencies.toSorted((a, b) => a - b)[latencies.length >> 1], wordsPerSecond };
}

/** Every worker takes the next group when it has done its last. Throws where a translation is empty. */
async function share(workers: TranslationWorker[], queue: string[][]): Promise<void> {
  const next = queue.values();
  await Promise.all(
    workers.map(async (worker) => {
      for (const texts of next) {
        const translations = await worker.translate(texts);
        if (translations.some((text) => text.trim() === '')) throw new Error('an empty translation');
      }
    }),
  );
}

function groups(sentences: string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(sentences.length / size) }, (_, i) =>
    sentences.slice(i * size, (i + 1) * size),
  );
}
