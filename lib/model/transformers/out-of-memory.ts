// What transformers.js and ONNX Runtime's JavaScript say when memory runs out: neither has a code for it.
import { AppError } from '../../errors.ts';

/** Undefined for any other error. A bare number is a C++ exception's address: where a model is loaded, hardly ever anything else. */
export function outOfMemory(cause: unknown): AppError | undefined {
  const text = String(cause);
  const isFull =
    typeof cause === 'number' ||
    cause instanceof RangeError ||
    /bad_alloc|allocation failed|Failed to allocate memory|out of memory/i.test(text);
  return isFull ? new AppError('out-of-memory', text, { cause }) : undefined;
}
