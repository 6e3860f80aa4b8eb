import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readModelFile, verifyModelFile } from '../../../lib/model/files.ts';

const BYTES = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) % 256);
const FILE = { name: 'model.gguf', bytes: 5000, sha256: createHash('sha256').update(BYTES).digest('hex') };
const signal = new AbortController().signal;

/** Answers with the body cut into pieces. */
function serving(body: Uint8Array<ArrayBuffer>, status = 200): typeof fetch {
  return () => {
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < body.length; i += 700) controller.enqueue(body.slice(i, i + 700));
        controller.close();
      },
    });
    return Promise.resolve(new Response(pieces, { status }));
  };
}
const read = (fetchFile: typeof fetch, onProgress?: (loaded: number) => void) =>
  readModelFile(FILE, { assetsUrl: 'extension:/', signal, fetch: fetchFile, onProgress });

describe('model files', () => {
  it('are read whole, with progress, and verified', async () => {
    const seen: number[] = [];
    const bytes = await read(serving(BYTES), (loaded) => seen.push(loaded));
    expect(bytes).toEqual(BYTES);
    expect(seen.at(-1)).toBe(5000);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    await verifyModelFile(FILE, bytes);
    expect(await read(serving(BYTES))).toEqual(BYTES);
  });

  it('are refused when a byte differs, or some are missing or too many', async () => {
    for (const at of [0, 2500, 4999]) {
      const bytes = await read(serving(BYTES.map((byte, i) => (i === at ? byte ^ 1 : byte))));
      await expect(verifyModelFile(FILE, bytes)).rejects.toMatchObject({ code: 'model-corrupt' });
    }
    await expect(read(serving(BYTES.slice(0, 4999)))).rejects.toMatchObject({ code: 'model-corrupt' });
    await expect(read(serving(new Uint8Array(5001)))).rejects.toMatchObject({ code: 'model-corrupt' });
    await expect(read(serving(new Uint8Array(5001)), () => undefined)).rejects.toMatchObject({ code: 'model-corrupt' });
    await expect(read(serving(BYTES, 404))).rejects.toMatchObject({ code: 'load-failed' });
    await expect(read(() => Promise.reject(new TypeError('offline')))).rejects.toMatchObject({ code: 'load-failed' });
  });

  it('stop being read on abort', async () => {
    const stop = new AbortController();
    const aborting: typeof fetch = (_, init) => {
      stop.abort();
      return Promise.reject(init?.signal?.reason as Error);
    };
    const run = readModelFile(FILE, { assetsUrl: 'extension:/', signal: stop.signal, fetch: aborting });
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
  });
});
