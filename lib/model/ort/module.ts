// ONNX Runtime's WebAssembly module, loaded from the extension's own files. The declarations follow the private interface of
// onnxruntime-web 1.30.0 (its lib/wasm/wasm-types.ts), which scripts/ort-assets.ts pins.
/// <reference types="@webgpu/types" />
import { AppError } from '../../errors.ts';
import type { ByteSource } from '../file-store.ts';

/** The part of the Emscripten module that is used here. Pointers are byte offsets in the heap. */
export interface OrtModule {
  /** Replaced when the memory grows: read anew after each allocation and run. Backed by shared memory. */
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  stackSave(): number;
  stackRestore(stack: number): void;
  stackAlloc(bytes: number): number;
  getValue(pointer: number, type: 'i32' | '*'): number;
  setValue(pointer: number, value: number, type: 'i32' | '*'): void;
  UTF8ToString(pointer: number): string;
  lengthBytesUTF8(text: string): number;
  stringToUTF8(text: string, pointer: number, maxBytes: number): void;

  /** Of the data only `byteLength` and `subarray` are used: any ByteSource will do. */
  mountExternalData(path: string, data: ByteSource): void;
  unmountExternalData(): void;

  _OrtInit(threads: number, logLevel: number): number;
  _OrtGetLastError(codePointer: number, messagePointer: number): number;
  _OrtCreateSessionOptions(
    graphOptimizationLevel: number,
    enableCpuMemoryArena: boolean,
    enableMemoryPattern: boolean,
    executionMode: number,
    enableProfiling: boolean,
    profilePrefix: number,
    logId: number,
    logSeverity: number,
    logVerbosity: number,
    optimizedModelPath: number,
  ): number;
  _OrtAddSessionConfigEntry(options: number, key: number, value: number): number;
  _OrtAppendExecutionProvider(
    options: number,
    name: number,
    keys: number,
    values: number,
    count: number,
  ): number | Promise<number>;
  _OrtReleaseSessionOptions(options: number): number;
  _OrtCreateSession(graph: number, bytes: number, options: number): number | Promise<number>;
  _OrtReleaseSession(session: number): number;
  _OrtGetInputOutputCount(session: number, inputs: number, outputs: number): number;
  _OrtGetInputOutputMetadata(session: number, index: number, namePointer: number, metadataPointer: number): number;
  _OrtFree(pointer: number): number;
  _OrtCreateTensor(
    type: number,
    data: number,
    bytes: number,
    dimensions: number,
    rank: number,
    location: number,
  ): number;
  _OrtGetTensorData(tensor: number, type: number, data: number, dimensions: number, rank: number): number;
  _OrtReleaseTensor(tensor: number): number;
  _OrtRun(
    session: number,
    inputNames: number,
    inputs: number,
    inputCount: number,
    outputNames: number,
    outputCount: number,
    outputs: number,
    runOptions: number,
  ): number | Promise<number>;
  _OrtCreateBinding(session: number): number;
  _OrtBindInput(binding: number, name: number, tensor: number): number | Promise<number>;
  _OrtBindOutput(binding: number, name: number, tensor: number, location: number): number;
  _OrtReleaseBinding(binding: number): number;
  _OrtRunWithBinding(
    session: number,
    binding: number,
    outputCount: number,
    outputs: number,
    runOptions: number,
  ): number | Promise<number>;

  /** WebGPU build only; installs the functions below. */
  webgpuInit?(setDefaultDevice: (device: GPUDevice) => void): void;
  webgpuRegisterDevice?(device: GPUDevice): [deviceId: number, instance: number, device: number] | undefined;
  webgpuOnCreateSession?(session: number): void;
  webgpuOnReleaseSession?(session: number): void;
  webgpuRegisterBuffer?(buffer: GPUBuffer, session: number): number;
  webgpuUnregisterBuffer?(buffer: GPUBuffer): void;
  asyncInit?(): void;
}

interface ModuleOptions {
  numThreads: number;
  locateFile(name: string): string;
}

const LOG_ERRORS = 3;
const FILES = { cpu: 'ort-wasm-simd-threaded', gpu: 'ort-wasm-simd-threaded.jspi' } as const;

/**
 * Starts the runtime: at most once per realm and build, for a start that failed poisons the realm (end the worker).
 * `assetsUrl` is the folder that holds `ort/` (ends in a slash); `threads` counts this one. Throws `load-failed`.
 */
export async function loadOrtModule(device: 'cpu' | 'gpu', threads: number, assetsUrl: string): Promise<OrtModule> {
  try {
    const glue = (await import(/* @vite-ignore */ `${assetsUrl}ort/${FILES[device]}.mjs`)) as {
      default(options: ModuleOptions): Promise<OrtModule>;
    };
    const module = await glue.default({ numThreads: threads, locateFile: (name) => `${assetsUrl}ort/${name}` });
    module.asyncInit?.();
    if (module._OrtInit(threads, LOG_ERRORS) !== 0) throw new Error('OrtInit failed');
    return module;
  } catch (cause) {
    throw new AppError('load-failed', `ONNX Runtime did not start: ${String(cause)}`, { cause });
  }
}
