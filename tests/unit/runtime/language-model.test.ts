import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Generated, GenerateOptions, Message } from '../../../lib/model/language-model.ts';
import type { OrtModule } from '../../../lib/model/ort/module.ts';
import { DecoderLanguageModel } from '../../../lib/model/runtime/decoder-language-model.ts';
import { startRuntime } from './ort-runtime.ts';
import { tinyParts } from './tiny-model.ts';

const signal = new AbortController().signal;
const user = (content: string): Message[] => [{ role: 'user', content }];
const REPETITIVE = user('the cat and the hat and the cat and the hat and the cat and the');

let runtime: { module: OrtModule; stop: () => Promise<void> };
let parts: Awaited<ReturnType<typeof tinyParts>>;
let model: DecoderLanguageModel;

beforeAll(async () => {
  runtime = await startRuntime();
  parts = await tinyParts(runtime.module);
  model = new DecoderLanguageModel(parts);
});
afterAll(async () => {
  await model.dispose();
  await runtime.stop();
});

async function collect(messages: Message[], options: GenerateOptions) {
  const events: Generated[] = [];
  for await (const event of model.generate(messages, options, signal)) events.push(event);
  const end = events.at(-1);
  if (end?.kind !== 'end') throw new Error('no end');
  const text = events.map((event) => (event.kind === 'delta' ? event.text : '')).join('');
  return { events, text, ...end };
}

/** The ids that decoding one token at a time gives, and each step's logits: what everything else is held to. */
async function plainGreedy(prompt: number[], count: number): Promise<{ ids: number[]; logits: Float32Array[] }> {
  const { decoder } = parts;
  decoder.truncate(0);
  const ids: number[] = [];
  const logits: Float32Array[] = [];
  let row = new Float32Array();
  for (const id of prompt) row = Float32Array.from(await decoder.run([id], [0]));
  while (ids.length < count) {
    logits.push(row);
    ids.push(row.indexOf(Math.max(...row)));
    row = Float32Array.from(await decoder.run(ids.slice(-1), [0]));
  }
  decoder.truncate(0);
  return { ids, logits };
}

function textOf(ids: number[]): string {
  const bytes = ids.flatMap((id) => [...parts.tokenizer.bytesOf(id)]);
  return new TextDecoder().decode(Uint8Array.from(bytes)).replaceAll('\uFFFD', '');
}

describe('generate', () => {
  it('gives the text of plain greedy decoding, drafts and all', async () => {
    const { ids } = await plainGreedy(parts.tokenizer.encodeChat(REPETITIVE), 60);
    expect(ids.some((id) => parts.tokenizer.endOfReply.has(id))).toBe(false);
    const run = vi.spyOn(parts.decoder, 'run');
    const result = await collect(REPETITIVE, { maxNewTokens: 60 });
    const verified = run.mock.calls.filter(([, rows]) => rows.length > 1);
    expect(verified.length).toBeGreaterThan(0);
    expect(textOf(ids).startsWith(result.text)).toBe(true);
    expect(result.metrics.completionTokens).toBeGreaterThan(24);
  });

  it('runs only what differs from the request before, with the same text', async () => {
    const long = `${'a story of the sea '.repeat(5)}and`;
    parts.decoder.truncate(0);
    const fresh = await collect(user(`${long} the end`), { maxNewTokens: 16 });
    expect(fresh.metrics.cachedTokens).toBe(0);
    await collect(user(`${long} another`), { maxNewTokens: 16 });
    const again = await collect(user(`${long} the end`), { maxNewTokens: 16 });
    expect(again.text).toBe(fresh.text);
    expect(again.metrics.cachedTokens).toBeGreaterThan(40);
    expect(again.metrics.cachedTokens).toBeLessThan(again.metrics.promptTokens);
    const repeated = await collect(user(`${long} the end`), { maxNewTokens: 16 });
    expect(repeated.metrics.cachedTokens).toBe(repeated.metrics.promptTokens - 1);
    expect(repeated.text).toBe(fresh.text);
  });

  it('reports the prefill and ends once, last, with the numbers', async () => {
    parts.decoder.truncate(0);
    const { events, metrics, finishReason } = await collect(user('x'.repeat(150)), { maxNewTokens: 8 });
    const prefills = events.filter((event) => event.kind === 'prefill');
    expect(prefills.length).toBeGreaterThan(1);
    expect(prefills.map(({ done }) => done)).toEqual(prefills.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(prefills.at(-1)).toMatchObject({ done: metrics.promptTokens, total: metrics.promptTokens });
    expect(events.filter((event) => event.kind === 'end')).toHaveLength(1);
    expect(finishReason).toBe('length');
    expect(metrics.completionTokens).toBe(8);
    expect(metrics.prefillTokensPerSecond).toBeGreaterThan(0);
    expect(metrics.decodeTokensPerSecond).toBeGreaterThan(0);
    expect(metrics.totalMs).toBeGreaterThanOrEqual(metrics.timeToFirstTokenMs);
    expect(metrics.peakBytes).toBeGreaterThan(1e6);
  });

  it('runs the reply prefix as prompt and does not repeat it', async () => {
    const whole = await collect(user('of'), { maxNewTokens: 20 });
    const prompt = parts.tokenizer.encodeChat(user('of'));
    const { ids } = await plainGreedy([...prompt, ...parts.tokenizer.encode('the sea')], 12);
    const continued = await collect(user('of'), { maxNewTokens: 12, replyPrefix: 'the sea' });
    expect(continued.text).toBe(textOf(ids));
    expect(continued.metrics.promptTokens).toBe(whole.metrics.promptTokens + parts.tokenizer.encode('the sea').length);
  });

  it('ends before a stop string', async () => {
    const whole = (await collect(REPETITIVE, { maxNewTokens: 30 })).text;
    const stop = whole.slice(6, 9);
    const { text, finishReason } = await collect(REPETITIVE, { maxNewTokens: 30, stop: ['never there', stop] });
    expect(text).toBe(whole.slice(0, whole.indexOf(stop)));
    expect(finishReason).toBe('stop');
  });

  it('repeats a seeded draw, drafts or not, and not another', async () => {
    const sampling = { temperature: 1, topK: 50, topP: 0.95, seed: 7 };
    const one = await collect(REPETITIVE, { maxNewTokens: 24, sampling });
    expect((await collect(REPETITIVE, { maxNewTokens: 24, sampling })).text).toBe(one.text);
    const other = await collect(REPETITIVE, { maxNewTokens: 24, sampling: { ...sampling, seed: 8 } });
    expect(other.text).not.toBe(one.text);
  });

  it('refuses what does not fit into the window', async () => {
    const run = collect(user('x'.repeat(150)), { maxNewTokens: 200 });
    await expect(run).rejects.toMatchObject({ code: 'input-too-long' });
    await expect(model.score(user('x'), 'y'.repeat(400), signal)).rejects.toMatchObject({ code: 'input-too-long' });
    const usual = await collect(user('x'), { maxNewTokens: model.contextWindow - 30 }); // to the last position
    expect(usual.metrics.completionTokens).toBeGreaterThan(0);
  });

  it('stops between tokens and in the prefill, and works afterwards', async () => {
    for (const kind of ['prefill', 'delta'] as const) {
      parts.decoder.truncate(0);
      const stop = new AbortController();
      let stopped = false;
      const seen: string[] = [];
      const run = async () => {
        for await (const event of model.generate(user('x'.repeat(150)), { maxNewTokens: 60 }, stop.signal)) {
          if (stopped) seen.push(event.kind);
          else if (event.kind === kind) {
            stopped = true;
            // As a worker hears it: by a message, while the loop goes on.
            const { port1, port2 } = new MessageChannel();
            port2.onmessage = () => {
              stop.abort();
              port2.close();
            };
            port1.postMessage(null);
          }
        }
      };
      await expect(run()).rejects.toMatchObject({ code: 'aborted' });
      expect(seen.length).toBeLessThan(3);
    }
    const after = await collect(REPETITIVE, { maxNewTokens: 10 });
    expect(after.metrics.completionTokens).toBe(10);
  });

  it('runs one request after another, also when one is abandoned', async () => {
    const both = [collect(user('a'), { maxNewTokens: 8 }), collect(user('b'), { maxNewTokens: 8 })];
    const [a, b] = await Promise.all(both);
    expect(a.text).toBe((await collect(user('a'), { maxNewTokens: 8 })).text);
    expect(b.text).toBe((await collect(user('b'), { maxNewTokens: 8 })).text);
    for await (const event of model.generate(user('c'), { maxNewTokens: 8 }, signal)) if (event.kind === 'delta') break;
    expect((await collect(user('a'), { maxNewTokens: 8 })).text).toBe(a.text);
  });
});

describe('score', () => {
  it('is the log-softmax of single steps, token by token', async () => {
    const reply = 'the hat in the sea — 猫です';
    const { tokenizer, decoder } = parts;
    const ids = tokenizer.encode(reply);
    const prompt = tokenizer.encodeChat(REPETITIVE);
    const score = await model.score(REPETITIVE, reply, signal);
    expect(score.tokens).toHaveLength(ids.length);
    expect(score.tokens[0].start).toBe(0);
    expect(score.tokens.at(-1)?.end).toBe(reply.length);

    decoder.truncate(0);
    let row = new Float32Array();
    for (const id of prompt) row = Float32Array.from(await decoder.run([id], [0]));
    for (const [i, id] of ids.entries()) {
      const sum = row.reduce((total, logit) => total + Math.exp(logit), 0);
      expect(score.tokens[i].logProb).toBeCloseTo(row[id] - Math.log(sum), 3);
      row = Float32Array.from(await decoder.run([id], [0]));
    }
  });

  it('scores long replies in several runs', async () => {
    const reply = 'and the '.repeat(40);
    const score = await model.score(user('x'), reply, signal);
    expect(score.tokens.map(({ start, end }) => reply.slice(start, end)).join('')).toBe(reply);
    const again = await model.score(user('x'), reply.slice(0, 40), signal);
    for (const [i, token] of again.tokens.slice(0, -1).entries()) {
      expect(token.logProb).toBeCloseTo(score.tokens[i].logProb, 3);
    }
  });

  it('compares alternatives at an offset with what stands there', async () => {
    const reply = 'the hat and the sea';
    const offset = reply.indexOf(' the sea');
    const score = await model.score(user('x'), reply, signal, [
      { offset, text: ' the sea' },
      { offset, text: '.' },
      { offset: reply.length, text: '.' },
    ]);
    const token = score.tokens.find(({ start }) => start === offset);
    expect(score.alternatives[0]).toBeCloseTo(token?.logProb ?? NaN, 5);
    const changed = await model.score(user('x'), `${reply.slice(0, offset)}.`, signal);
    expect(score.alternatives[1]).toBeCloseTo(changed.tokens.at(-1)?.logProb ?? NaN, 3);
    const longer = await model.score(user('x'), `${reply}.`, signal);
    expect(score.alternatives[2]).toBeCloseTo(longer.tokens.at(-1)?.logProb ?? NaN, 3);
  });
});
