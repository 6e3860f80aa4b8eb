// Memory and tensors in the WebAssembly heap. A tensor is a view: releasing it frees none of the memory under it.
import { AppError } from '../../errors.ts';
import { ortError } from './error.ts';
import type { OrtModule } from './module.ts';

/** ONNX TensorProto.DataType. */
export const ELEMENT_TYPE = { float32: 1, int32: 6, int64: 7, float16: 10 } as const;
export type ElementType = keyof typeof ELEMENT_TYPE;
const LOCATION = { cpu: 1, 'gpu-buffer': 4 } as const;

/** Bytes of one element. */
export const ELEMENT_BYTES: Record<ElementType, number> = { float32: 4, int32: 4, int64: 8, float16: 2 };

/** A zeroed allocation. Throws `out-of-memory`. */
export function allocate(module: OrtModule, bytes: number): number {
  const pointer = module._malloc(bytes);
  if (pointer === 0) throw new AppError('out-of-memory', `${bytes} bytes in the WebAssembly heap`);
  module.HEAPU8.fill(0, pointer, pointer + bytes);
  return pointer;
}

/** A zero-terminated string, to be freed by the caller. */
export function allocateString(module: OrtModule, text: string): number {
  const bytes = module.lengthBytesUTF8(text) + 1;
  const pointer = allocate(module, bytes);
  module.stringToUTF8(text, pointer, bytes);
  return pointer;
}

/** Views of the heap, valid until the next allocation or run. */
export function float32View(module: OrtModule, pointer: number, length: number): Float32Array {
  return new Float32Array(module.HEAPU8.buffer, pointer, length);
}
export function int32View(module: OrtModule, pointer: number, length: number): Int32Array {
  return new Int32Array(module.HEAPU8.buffer, pointer, length);
}
export function int64View(module: OrtModule, pointer: number, length: number): BigInt64Array {
  return new BigInt64Array(module.HEAPU8.buffer, pointer, length);
}

/** A tensor over `data`: a pointer in the heap, or a registered GPU buffer's handle. */
export function createTensor(
  module: OrtModule,
  type: ElementType,
  data: number,
  dimensions: readonly number[],
  location: keyof typeof LOCATION = 'cpu',
): number {
  const stack = module.stackSave();
  try {
    const pointer = module.stackAlloc(4 * Math.max(1, dimensions.length));
    dimensions.forEach((size, i) => module.setValue(pointer + 4 * i, size, 'i32'));
    const bytes = dimensions.reduce((product, size) => product * size, ELEMENT_BYTES[type]);
    const rank = dimensions.length;
    const tensor = module._OrtCreateTensor(ELEMENT_TYPE[type], data, bytes, pointer, rank, LOCATION[location]);
    if (tensor === 0) throw ortError(module, 'internal', 'tensor');
    return tensor;
  } finally {
    module.stackRestore(stack);
  }
}

/** Where a tensor lies in the heap, and how many elements it has. */
export function tensorData(module: OrtModule, tensor: number): { pointer: number; length: number } {
  const stack = module.stackSave();
  try {
    const out = module.stackAlloc(16);
    if (module._OrtGetTensorData(tensor, out, out + 4, out + 8, out + 12) !== 0) {
      throw ortError(module, 'internal', 'tensor data');
    }
    const dimensions = module.getValue(out + 8, '*');
    let length = 1;
    for (let i = 0; i < module.getValue(out + 12, '*'); i++) length *= module.getValue(dimensions + 4 * i, 'i32');
    module._OrtFree(dimensions);
    return { pointer: module.getValue(out + 4, '*'), length };
  } finally {
    module.stackRestore(stack);
  }
}
