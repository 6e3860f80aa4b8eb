// Opening GGUF files: what they hold comes out, and anything wrong with them is said to be the model's fault.
import { describe, expect, it } from 'vitest';
import { GgufFile } from '../../../lib/model/gguf/gguf-file.ts';
import { gaussian, tinyGguf } from '../../reference/tiny-gguf.ts';
import { GGML_TYPES, quantize } from '../../reference/quantize.ts';
import type { GgmlType } from '../../reference/quantize.ts';
import { writeGguf } from '../../reference/gguf-writer.ts';

const random = gaussian(7);
const COLUMNS = 256;
const values = Float32Array.from({ length: 4 * COLUMNS }, random);

function fileWith(type: GgmlType): Uint8Array<ArrayBuffer> {
  const tensor = { name: 'a.weight', dimensions: [COLUMNS, 4], type: GGML_TYPES[type], data: quantize(values, type) };
  const norm = { name: 'b.weight', dimensions: [3], type: 0, data: quantize(Float32Array.of(1, 2, 3), 'F32') };
  return writeGguf({ 'general.architecture': 'llama', 'general.name': 'Ünïcode', flag: true }, [norm, tensor]);
}

describe.each([
  ['buffer', (bytes: Uint8Array<ArrayBuffer>) => bytes.buffer],
  ['blob', (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes])],
] as const)('from a %s', (_, source) => {
  it('reads metadata and tensors', async () => {
    const gguf = await GgufFile.open(source(fileWith('F32')));
    expect(gguf.metadata.string('general.name')).toBe('Ünïcode');
    expect(gguf.metadata.boolean('flag')).toBe(true);
    expect(gguf.tensor('a.weight')).toMatchObject({ rows: 4, columns: COLUMNS });
    expect(await gguf.readRows(gguf.tensor('b.weight'))).toEqual(Float32Array.of(1, 2, 3));
    expect(await gguf.readRows(gguf.tensor('a.weight'), 1, 2)).toEqual(values.slice(COLUMNS, 3 * COLUMNS));
  });
});

it.each([
  ['F16', 2e-3],
  ['BF16', 2e-2],
  ['Q8_0', 0.02],
  ['Q4_0', 0.5],
  ['Q4_1', 0.25],
  ['Q5_0', 0.25],
  ['Q5_1', 0.125],
  ['Q4_K', 0.35],
  ['Q5_K', 0.2],
  ['Q6_K', 0.1],
] as const)('%s comes back to within its rounding', async (type, bound) => {
  const gguf = await GgufFile.open(fileWith(type).buffer);
  const read = await gguf.readRows(gguf.tensor('a.weight'), 1);
  const off = read.map((value, i) => Math.abs(value - values[COLUMNS + i]));
  expect(Math.max(...off)).toBeLessThan(bound);
  expect(Math.max(...off)).toBeGreaterThan(0);
});

describe('a damaged file', () => {
  const whole = tinyGguf();
  const changed = (change: (view: DataView) => void) => {
    const copy = whole.slice();
    change(new DataView(copy.buffer));
    return copy.buffer;
  };
  const unknownType = writeGguf({}, [{ name: 'x', dimensions: [32], type: 99, data: new Uint8Array(32) }]).buffer;
  const longList = writeGguf({ list: ['a'] }, []);
  new DataView(longList.buffer).setBigUint64(24 + 8 + 4 + 4 + 4, 2n ** 30n, true);
  const brokenBlock = writeGguf({}, [{ name: 'x', dimensions: [33], type: 8, data: new Uint8Array(68) }]).buffer;

  it.each([
    ['of no bytes', new ArrayBuffer(0)],
    ['with another magic', changed((view) => view.setUint8(0, 0x58))],
    ['of another version', changed((view) => view.setUint32(4, 9, true))],
    ['with an absurd number of tensors', changed((view) => view.setBigUint64(8, 2n ** 60n, true))],
    ['with more tensors than it has', changed((view) => view.setBigUint64(8, 500n, true))],
    ['with a list longer than any vocabulary', longList.buffer],
    ['with a key longer than the file', changed((view) => view.setBigUint64(24, 10n ** 9n, true))],
    ['cut in its header', whole.slice(0, 3000).buffer],
    ['cut in its tensors', whole.slice(0, whole.length - 100).buffer],
    ['with rows of broken blocks', brokenBlock],
  ])('%s is model-corrupt', async (_, buffer) => {
    await expect(GgufFile.open(buffer)).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  it('with a block format that nobody knows is unsupported', async () => {
    await expect(GgufFile.open(unknownType)).rejects.toMatchObject({
      code: 'unsupported',
      detail: 'block format type 99',
    });
  });

  it('says which tensor or key is missing or of another kind', async () => {
    const gguf = await GgufFile.open(whole.buffer);
    expect(() => gguf.tensor('nowhere')).toThrow(/model-corrupt.*nowhere/);
    expect(() => gguf.tensor('token_embd.weight', 5)).toThrow(/model-corrupt.*token_embd/);
    expect(() => gguf.metadata.number('general.name')).toThrow(/model-corrupt.*general.name/);
    expect(() => gguf.metadata.strings('nowhere')).toThrow(/model-corrupt.*nowhere/);
  });
});
