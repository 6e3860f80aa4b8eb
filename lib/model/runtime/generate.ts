// The decode loop: prompt in, text out, with tokens drafted by prompt lookup and verified several per run.
import { AppError, throwIfAborted } from '../../errors.ts';
import type { FinishReason, Metrics } from '../../protocol.ts';
import type { Generated, GenerateOptions } from '../language-model.ts';
import type { Tokenizer } from '../tokenizer.ts';
import type { CachedDecoder } from './cached-decoder.ts';
import { DraftLength } from './draft-length.ts';
import { macrotask } from './macrotask.ts';
import { prefill } from './prefill.ts';
import { PromptLookup } from './prompt-lookup.ts';
import { endsInLoop } from './repetition.ts';
import { Sampler } from './sampler.ts';
import { TextStream } from './text-stream.ts';

export interface Generation {
  decoder: CachedDecoder;
  tokenizer: Tokenizer;
  prompt: readonly number[];
  options: GenerateOptions;
  contextWindow: number;
  loadMs: number;
}

/** The tokens are those of plain decoding, drafted or not: each is picked from its own row, and a draft holds while it is picked. */
export async function* generate(generation: Generation, signal: AbortSignal): AsyncGenerator<Generated> {
  const { decoder, tokenizer, prompt, options, contextWindow } = generation;
  const { maxNewTokens } = options;
  if (prompt.length + maxNewTokens > contextWindow) {
    throw new AppError('input-too-long', `${prompt.length} + ${maxNewTokens} tokens, ${contextWindow} fit`);
  }
  throwIfAborted(signal);
  const startMs = performance.now();
  const cachedTokens = decoder.reuse(prompt, prompt.length - 1);

  const sampler = new Sampler(options.sampling);
  sampler.observe(prompt);
  let next = -1;
  for await (const { done, rows, logits } of prefill(decoder, prompt, prompt.length - 1, signal)) {
    yield { kind: 'prefill', done, total: prompt.length };
    if (rows > 0) next = sampler.pick(logits);
  }
  const firstTokenMs = performance.now();

  const text = new TextStream(options.stop);
  const lookup = new PromptLookup(prompt);
  const draftLength = new DraftLength();
  const completion: number[] = [];
  let picked = [next];
  let finishReason: FinishReason | null = maxNewTokens > 0 ? null : 'length';
  while (finishReason === null) {
    let delta = '';
    for (const id of picked) {
      if (tokenizer.endOfReply.has(id)) finishReason = 'stop';
      else {
        completion.push(id);
        lookup.append(id);
        delta += text.push(tokenizer.bytesOf(id));
        if (text.stopped) finishReason = 'stop';
        else if (completion.length >= maxNewTokens || endsInLoop(completion)) finishReason = 'length';
      }
      if (finishReason !== null) break;
    }
    if (delta) yield { kind: 'delta', text: delta };
    if (finishReason !== null) break;
    await macrotask();
    throwIfAborted(signal);
    picked = await step();
  }
  const rest = text.flush();
  if (rest) yield { kind: 'delta', text: rest };
  yield { kind: 'end', finishReason, metrics: metrics() };

  /** Runs the last token and a draft of those to come; returns the tokens that are certain then, one at least. */
  async function step(): Promise<number[]> {
    const last = picked[picked.length - 1];
    const limit = Math.min(draftLength.next(), maxNewTokens - completion.length - 1);
    const draft = limit > 0 && decoder.session.rewinds !== false ? lookup.draft(limit) : [];
    const past = decoder.length;
    const stepMs = performance.now();
    const logits = await decoder.run([last, ...draft], [...draft.keys(), draft.length]);
    const ms = performance.now() - stepMs;
    const size = logits.length / (draft.length + 1);
    const certain: number[] = [];
    for (let i = 0; i <= draft.length; i++) {
      if (i === 0) sampler.observe([last]);
      const id = sampler.pick(logits.subarray(i * size, (i + 1) * size));
      certain.push(id);
      if (id !== draft[i]) break;
      sampler.observe([id]);
    }
    decoder.truncate(past + certain.length);
    draftLength.observe(draft.length, certain.length - 1, ms);
    return certain;
  }

  function metrics(): Metrics {
    const endMs = performance.now();
    const perSecond = (tokens: number, ms: number) => (ms > 0 ? (1000 * tokens) / ms : 0);
    return {
      timeToFirstTokenMs: firstTokenMs - startMs,
      promptTokens: prompt.length,
      cachedTokens,
      completionTokens: completion.length,
      prefillTokensPerSecond: perSecond(prompt.length - cachedTokens, firstTokenMs - startMs),
      decodeTokensPerSecond: perSecond(Math.max(0, completion.length - 1), endMs - firstTokenMs),
      loadMs: generation.loadMs,
      totalMs: endMs - startMs,
      peakBytes: decoder.session.memoryBytes(),
    };
  }
}
