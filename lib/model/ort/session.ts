// One graph loaded into ONNX Runtime: its options, weights, names, and a run over tensor handles.
import { AppError } from '../../errors.ts';
import type { ByteSource } from '../file-store.ts';
import { check, ortError } from './error.ts';
import { allocate, allocateString } from './heap.ts';
import type { OrtModule } from './module.ts';

export interface SessionSource {
  /** ONNX ModelProto. */
  graph: Uint8Array;
  /** The external file that its initializers lie in, by the path that the graph gives. */
  weights?: { path: string; data: ByteSource };
  /** Runs on this device by WebGPU (needs the JSPI build), else on the CPU. */
  gpu?: GPUDevice;
}

const ALL_OPTIMIZATIONS = 99;
const LOG_ERRORS = 3;

/** Inputs and outputs are set as tensor handles by name; handles stay set until replaced. Runs must not overlap. */
export class OrtSession {
  #inputs: NamedSlots;
  #outputs: NamedSlots;

  private constructor(
    readonly module: OrtModule,
    readonly handle: number,
  ) {
    const [inputs, outputs] = counts(module, handle);
    this.#inputs = new NamedSlots(module, handle, 0, inputs);
    this.#outputs = new NamedSlots(module, handle, inputs, outputs);
  }

  /** Throws `load-failed` or `out-of-memory`. */
  static async create(module: OrtModule, source: SessionSource): Promise<OrtSession> {
    const allocations: number[] = [];
    const text = (value: string) => {
      const pointer = allocateString(module, value);
      allocations.push(pointer);
      return pointer;
    };
    const options = module._OrtCreateSessionOptions(ALL_OPTIMIZATIONS, false, false, 0, false, 0, 0, LOG_ERRORS, 0, 0);
    if (options === 0) throw ortError(module, 'load-failed', 'session options');
    try {
      if (source.gpu) await appendWebGpu(module, options, source.gpu, text);
      if (source.weights) module.mountExternalData(source.weights.path, source.weights.data);
      const graph = allocate(module, source.graph.length);
      allocations.push(graph);
      module.HEAPU8.set(source.graph, graph);
      const handle = await module._OrtCreateSession(graph, source.graph.length, options);
      // Also after a failure: it ends the device's registration, without which the next one throws.
      if (source.gpu) module.webgpuOnCreateSession?.(handle);
      if (handle === 0) throw ortError(module, 'load-failed', 'session');
      return new OrtSession(module, handle);
    } catch (cause) {
      throw cause instanceof AppError ? cause : new AppError('load-failed', String(cause), { cause });
    } finally {
      module._OrtReleaseSessionOptions(options);
      module.unmountExternalData();
      for (const pointer of allocations) module._free(pointer);
    }
  }

  get inputNames(): string[] {
    return this.#inputs.names;
  }

  get outputNames(): string[] {
    return this.#outputs.names;
  }

  setInput(name: string, tensor: number): void {
    this.#inputs.set(name, tensor);
  }

  input(name: string): number {
    return this.#inputs.get(name);
  }

  /** 0: the runtime allocates the output, and `output` hands it over. */
  setOutput(name: string, tensor: number): void {
    this.#outputs.set(name, tensor);
  }

  output(name: string): number {
    return this.#outputs.get(name);
  }

  /** Pointer to a name's bytes, as bindings want it. */
  namePointer(name: string): number {
    return this.#inputs.has(name) ? this.#inputs.namePointer(name) : this.#outputs.namePointer(name);
  }

  /** Throws `internal` or `out-of-memory`, after which the session must not run again. */
  async run(): Promise<void> {
    const { module } = this;
    const [i, o] = [this.#inputs, this.#outputs];
    const status = await module._OrtRun(
      this.handle,
      i.namesPointer,
      i.values,
      i.names.length,
      o.namesPointer,
      o.names.length,
      o.values,
      0,
    );
    check(module, status, 'internal', 'run');
  }

  dispose(): void {
    this.module.webgpuOnReleaseSession?.(this.handle);
    this.#inputs.dispose();
    this.#outputs.dispose();
    this.module._OrtReleaseSession(this.handle);
  }
}

/** The arrays of name pointers and tensor handles that a run takes. */
class NamedSlots {
  readonly names: string[] = [];
  readonly namesPointer: number;
  readonly values: number;

  constructor(
    private readonly module: OrtModule,
    session: number,
    first: number,
    count: number,
  ) {
    this.namesPointer = allocate(module, 4 * Math.max(1, count));
    this.values = allocate(module, 4 * Math.max(1, count));
    for (let i = 0; i < count; i++) {
      const pointer = inputOutputName(module, session, first + i);
      module.setValue(this.namesPointer + 4 * i, pointer, '*');
      this.names.push(module.UTF8ToString(pointer));
    }
  }

  has(name: string): boolean {
    return this.names.includes(name);
  }

  set(name: string, tensor: number): void {
    this.module.setValue(this.values + this.#offset(name), tensor, '*');
  }

  get(name: string): number {
    return this.module.getValue(this.values + this.#offset(name), '*');
  }

  namePointer(name: string): number {
    return this.module.getValue(this.namesPointer + this.#offset(name), '*');
  }

  dispose(): void {
    for (const name of this.names) this.module._OrtFree(this.namePointer(name));
    this.module._free(this.namesPointer);
    this.module._free(this.values);
  }

  #offset(name: string): number {
    const index = this.names.indexOf(name);
    if (index < 0) throw new AppError('load-failed', `the graph has no ${name}`);
    return 4 * index;
  }
}

function counts(module: OrtModule, session: number): [inputs: number, outputs: number] {
  const stack = module.stackSave();
  const out = module.stackAlloc(8);
  check(module, module._OrtGetInputOutputCount(session, out, out + 4), 'load-failed', 'input count');
  const result: [number, number] = [module.getValue(out, 'i32'), module.getValue(out + 4, 'i32')];
  module.stackRestore(stack);
  return result;
}

function inputOutputName(module: OrtModule, session: number, index: number): number {
  const stack = module.stackSave();
  const out = module.stackAlloc(8);
  check(module, module._OrtGetInputOutputMetadata(session, index, out, out + 4), 'load-failed', 'input name');
  const name = module.getValue(out, '*');
  module._OrtFree(module.getValue(out + 4, '*'));
  module.stackRestore(stack);
  return name;
}

/** The native WebGPU provider on our own device; its validation of every command is left to the browser's own. */
async function appendWebGpu(
  module: OrtModule,
  options: number,
  device: GPUDevice,
  text: (value: string) => number,
): Promise<void> {
  const registered = module.webgpuRegisterDevice?.(device);
  if (!registered) throw new AppError('load-failed', 'this build has no WebGPU');
  const [deviceId, instance, handle] = registered.map(String);
  const entries = Object.entries({
    deviceId,
    webgpuInstance: instance,
    webgpuDevice: handle,
    validationMode: 'disabled',
  });
  const keys = allocate(module, 8 * entries.length);
  const values = keys + 4 * entries.length;
  entries.forEach(([key, value], i) => {
    module.setValue(keys + 4 * i, text(key), '*');
    module.setValue(values + 4 * i, text(value), '*');
  });
  const status = await module._OrtAppendExecutionProvider(options, text('WebGPU'), keys, values, entries.length);
  module._free(keys);
  check(module, status, 'load-failed', 'WebGPU');
}
