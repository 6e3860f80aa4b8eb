import { describe, expect, it } from 'vitest';
import { FileStore } from '../../../lib/model/file-store.ts';
import { MemoryFiles } from './memory-files.ts';

const BYTES = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const PARTS = [BYTES.slice(0, 300), BYTES.slice(300), new Uint8Array(0)];

describe('FileStore', () => {
  it('gives back what was put in', async () => {
    const files = new MemoryFiles();
    expect(await new FileStore(files).get('model')).toBeNull();
    expect(await new FileStore(files).put('model', PARTS)).toBe(true);
    expect(await new FileStore(files).get('model')).toEqual(PARTS);
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
      expect(await store.get('model')).toBeNull();
      expect(files.files.has('model')).toBe(false);
    }
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
    expect(await store.get('model')).toBeNull();
    await store.put('old', PARTS);
    await store.put('model', PARTS);
    await files.write('other.part', [BYTES]);
    await store.prune((name) => name !== 'old');
    expect([...files.files.keys()]).toEqual(['model']);
  });
});
