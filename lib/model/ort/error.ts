// Failures of ONNX Runtime as AppErrors.
import { AppError, type ErrorCode } from '../../errors.ts';
import type { OrtModule } from './module.ts';

/** Throws what the runtime says went wrong, under `code`, unless `status` is 0. */
export function check(module: OrtModule, status: number, code: ErrorCode, what: string): void {
  if (status !== 0) throw ortError(module, code, what);
}

/** The runtime's last error. Memory running out has no code of its own there: these two messages alone are read. */
export function ortError(module: OrtModule, code: ErrorCode, what: string): AppError {
  const stack = module.stackSave();
  try {
    const pointer = module.stackAlloc(8);
    module._OrtGetLastError(pointer, pointer + 4);
    const message = module.getValue(pointer + 4, '*');
    const text = message === 0 ? 'unknown error' : module.UTF8ToString(message);
    const exhausted = /std::bad_alloc|Failed to allocate memory/.test(text);
    return new AppError(exhausted ? 'out-of-memory' : code, `${what}: ${text}`);
  } finally {
    module.stackRestore(stack);
  }
}
