import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import type { BuiltDecoder } from '../../../lib/model/decoder.ts';
import { buildDecoder } from '../../../lib/model/gguf/build-decoder.ts';
import { GgufFile } from '../../../lib/model/gguf/gguf-file.ts';
import { createCpuDecoderSession } from '../../../lib/model/ort/cpu-decoder-session.ts';
import type { OrtModule } from '../../../lib/model/ort/module.ts';
import { OrtSession } from '../../../lib/model/ort/session.ts';
import { ortAssets, patchGlue } from '../../../scripts/ort-assets.ts';
import { cpuMs } from '../../reference/cpu-time.ts';
import { tinyGguf } from '../../reference/tiny-gguf.ts';
import { startRuntime } from './ort-runtime.ts';

describe('ortAssets', () => {
  it('carries two builds, patched, without a foreign host', async () => {
    const files = await ortAssets();
    expect(files.map((file) => file.relativeDest)).toEqual([
      'ort/ort-wasm-simd-threaded.mjs',
      'ort/ort-wasm-simd-threaded.wasm',
      'ort/ort-wasm-simd-threaded.jspi.mjs',
      'ort/ort-wasm-simd-threaded.jspi.wasm',
    ]);
    for (const file of files) {
      const text = 'contents' in file ? file.contents : await readFile(file.absoluteSrc, 'latin1');
      expect(text).not.toMatch(/jsdelivr|unpkg|cdn\./);
      if ('contents' in file) expect(text).toContain('ORT_GQA_DISABLE_FLASH_ATTENTION:"1",USER:"web_user"');
    }
  });

  it('refuses glue that it does not know', () => {
    expect(() => patchGlue('USER:"someone"')).toThrow('0 times');
    expect(() => patchGlue('USER:"web_user",USER:"web_user"')).toThrow('2 times');
  });
});

describe('a decoder session', () => {
  let runtime: { module: OrtModule; stop: () => Promise<void> };
  let built: BuiltDecoder;
  beforeAll(async () => {
    runtime = await startRuntime();
    const gguf = await GgufFile.open(tinyGguf().buffer);
    built = await buildDecoder(gguf, 'fp32', { maxPositions: 256, signal: new AbortController().signal });
  });
  afterAll(() => runtime.stop());

  async function open() {
    const session = await createCpuDecoderSession(runtime.module, built, 256, 256);
    const run = (ids: number[], past: number, rows: number[]) => {
      built.embed(ids, session.embeddings(ids.length));
      return session.run(ids.length, past, rows).then((logits) => Float32Array.from(logits));
    };
    return { session, run };
  }
  const ids = Array.from({ length: 40 }, (_, i) => 3 + ((i * 37) % 250));

  it('keeps the KV cache in place: steps, chunks and one run agree', async () => {
    const { session, run } = await open();
    const whole = await run(ids, 0, [39]);
    await run(ids.slice(0, 25), 0, [24]);
    const chunked = await run(ids.slice(25), 25, [14]);
    let stepped = new Float32Array();
    for (const [i, id] of ids.entries()) stepped = await run([id], i, [0]);
    for (let i = 0; i < whole.length; i++) {
      expect(Math.abs(chunked[i] - whole[i])).toBeLessThan(1e-4);
      expect(Math.abs(stepped[i] - whole[i])).toBeLessThan(1e-4);
    }
    session.dispose();
  });

  it('takes tokens back by a smaller position', async () => {
    const { session, run } = await open();
    await run(ids, 0, [39]);
    const after = await run(ids.slice(10, 12), 10, [1]);
    const fresh = await open();
    const expected = await fresh.run(ids.slice(0, 12), 0, [11]);
    for (let i = 0; i < expected.length; i++) expect(Math.abs(after[i] - expected[i])).toBeLessThan(1e-4);
    session.dispose();
    fresh.session.dispose();
  });

  it('gives the rows that are asked for, in that order', async () => {
    const { session, run } = await open();
    const both = await run(ids, 0, [39, 5]);
    const size = both.length / 2;
    const last = await run(ids, 0, [39]);
    expect(both.subarray(0, size)).toEqual(last);
    expect(both.subarray(size)).toEqual(await run(ids, 0, [5]));
    session.dispose();
  });

  it('attends to a long run without the slow kernel', async () => {
    const { session, run } = await open();
    await run(ids, 0, [39]);
    const steps = await cpuMs(async () => {
      for (let i = 0; i < 64; i++) await run([ids[i % 40]], i, [0]);
    });
    const many = Array.from({ length: 64 }, (_, i) => ids[i % 40]);
    expect(await cpuMs(() => run(many, 64, [63]))).toBeLessThan(steps);
    session.dispose();
  });

  it('gives its memory back', async () => {
    const rounds = async (count: number) => {
      for (let i = 0; i < count; i++) {
        const { session, run } = await open();
        await run(ids, 0, [39]);
        session.dispose();
      }
      return runtime.module.HEAPU8.byteLength;
    };
    const before = await rounds(3);
    expect(await rounds(10)).toBe(before);
  });

  it('says what is wrong with a graph', async () => {
    const bad = OrtSession.create(runtime.module, { graph: Uint8Array.of(1, 2, 3) });
    await expect(bad).rejects.toThrow(AppError);
    await expect(bad).rejects.toMatchObject({ code: 'load-failed' });
    const { session } = await open(); // the runtime survives it
    session.dispose();
  });
});
