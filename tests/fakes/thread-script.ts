// The script of tests/fakes/thread.ts: an engine that does what the article's title says after its first words.
import { parentPort } from 'node:worker_threads';
import { LocalEngine } from '../../lib/engine/local-engine.ts';
import { serveWorker } from '../../lib/engine/serve-worker.ts';
import type { ModelStart } from '../../lib/engine/model-start.ts';
import type { ToWorker } from '../../lib/engine/worker-link.ts';
import { AppError } from '../../lib/errors.ts';
import { FakeEmbedder, FakeLanguageModel } from './language-model.ts';

const scope = {
  addEventListener: (_: 'message', listener: (event: MessageEvent<ToWorker<ModelStart>>) => void) =>
    void parentPort!.on('message', (data: ToWorker<ModelStart>) =>
      listener({ data } as MessageEvent<ToWorker<ModelStart>>),
    ),
};

serveWorker(
  scope,
  ({ entry, device }) =>
    new LocalEngine({
      entry,
      loadLanguageModel: () => Promise.resolve(new FakeLanguageModel(() => 'The tide comes in and goes out again.')),
      loadEmbedder: () => Promise.resolve(new FakeEmbedder()),
      async *perform(task, models, signal) {
        const title = task.kind === 'summarize' ? task.article.title : '';
        const model = await models.model();
        const reply = model.generate([{ role: 'user', content: title }], { maxNewTokens: 50 }, signal);
        let words = 0;
        for await (const part of reply) {
          if (part.kind === 'end') yield { kind: 'done', finishReason: part.finishReason, metrics: part.metrics };
          if (part.kind !== 'delta') continue;
          yield { kind: 'delta', text: part.text };
          if (++words === 3) await misbehave(title, device);
        }
      },
    }),
);

const MISDEEDS: Record<string, () => void> = {
  spin() {
    for (;;);
  },
  exit: () => process.exit(),
  throw() {
    throw new Error('outside of any task');
  },
};

/** Says no more where it does one of these. */
async function misbehave(how: string, device: string): Promise<void> {
  if (how === 'lose the device' && device === 'gpu') throw new AppError('device-lost');
  if (!(how in MISDEEDS)) return;
  // Later, so that the words before it have left the thread.
  setTimeout(MISDEEDS[how], 50);
  await new Promise(() => undefined);
}
