import { describe, expect, it } from 'vitest';
import { FileStore } from '../../../lib/model/file-store.ts';
import type { FileSystem } from '../../../lib/model/file-store.ts';
import { MemoryFiles } from './memory-files.ts';

const BYTES = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const PARTS = [BYTES.slice(0, 300), BYTES.slice(300), new Uint8Array(0)];

/** All parts under that name, or null. */
async function partsOf(files: FileSystem, name: string): Promise<Uint8Array[] | null> {
  const stored = await new FileStore(files).open(name);
  const parts = stored && Array.from({ length: stored.count }, (_, part) => stored.read(part));
  stored?.close();
  return parts;
}

describe('FileStore', () => {
  it('gives back what was put in', async () => {
    const files = new MemoryFiles();
    expect(await partsOf(files, 'model')).toBeNull();
    expect(await new FileStore(files).put('model', PARTS)).toBe(true);
    expect(await partsOf(files, 'model')).toEqual(PARTS);
    expect([...files.files.keys()]).toEqual(['model']);
  });

  it('drops a file that was cut or changed anywhere', async () => {
    const files = new MemoryFiles();
    const store = new FileStore(files);
    await store.put('model', PARTS);
    const whole = files.files.get('model') ?? new Uint8Array();
    const damages = [0, 31, 32, 500, 1000, 1123].map((length) => whole.slice(0, length));
    for (const at of [0, 299, 300, 999, 1000, 1007, 1008, 1123])
      damages.push(whole.map((byte, i) => (i === at ? byte ^ 1 : byte)));
    for (const damaged of damages) {
      files.files.set('model', damaged);
      expect(await partsOf(files, 'model')).toBeNull();
      expect(files.files.has('model')).toBe(false);
    }
  });

  it('reads the last parts as one, from any byte to any other', async () => {
    const files = new MemoryFiles();
    await new FileStore(files).put('model', PARTS);
    const tail = (await new FileStore(files).open('model'))?.from(0);
    expect(tail?.byteLength).toBe(1000);
    expect(tail?.subarray(290, 310)).toEqual(BYTES.slice(290, 310));
    const rest = (await new FileStore(files).open('model'))?.from(1);
    expect(rest?.subarray(0, 700)).toEqual(BYTES.slice(300));
  });

  it('throws what making a part throws, and leaves nothing behind', async () => {
    const files = new MemoryFiles();
    function* broken() {
      yield PARTS[0];
      throw new RangeError('no second part');
    }
    await expect(new FileStore(files).put('model', broken())).rejects.toThrow('no second part');
    expect(files.files.size).toBe(0);
  });

  it('survives a full disk at every byte, leaving nothing behind', async () => {
    for (let capacity = 0; capacity < 1124; capacity += 43) {
      const files = new MemoryFiles(capacity);
      expect(await new FileStore(files).put('model', PARTS)).toBe(false);
      expect(files.files.size).toBe(0);
    }
  });

  it('does not show a file that a crash left half written', async () => {
    const files = new MemoryFiles();
    await files.write('model.part', [BYTES.subarray(0, 400)]);
    const store = new FileStore(files);
    expect(await partsOf(files, 'model')).toBeNull();
    await store.put('old', PARTS);
    await store.put('model', PARTS);
    await files.write('other.part', [BYTES]);
    await store.prune((name) => name !== 'old');
    expect([...files.files.keys()]).toEqual(['model']);
  });
});
