/// <reference types="@webgpu/types" />
// What this machine offers, by asking for it: that `navigator.gpu` exists says nothing. Whether the GPU's numbers are right is
// found out later, in the worker that loads a model on it.
import { availableThreads } from '../model/ort/threads.ts';
import { within } from './abortable.ts';
import type { Backend, BackendReason, Ranking } from './backend.ts';

/** A model's largest tensor is one storage buffer: what every adapter must offer (WebGPU's default limit). */
const STORAGE_BUFFER_BYTES = 128 * 2 ** 20;

/** A driver that hangs must not keep the CPU waiting. */
const ADAPTER_MS = 5_000;

export interface ProbeOptions {
  gpu?: Pick<GPU, 'requestAdapter'>;
  logicalCores?: number;
  /** Take an adapter that computes on the CPU: for tests only, as it is slower than WebAssembly. */
  acceptSoftware?: boolean;
}

/** The backends to try, best first; the CPU is always the last. */
export async function probeBackends({
  gpu = (globalThis.navigator as Partial<Navigator> | undefined)?.gpu,
  logicalCores = (globalThis.navigator as Partial<Navigator> | undefined)?.hardwareConcurrency ?? 1,
  acceptSoftware = false,
}: ProbeOptions = {}): Promise<Ranking> {
  const [reason, threads] = await Promise.all([whyNotGpu(gpu, acceptSoftware), availableThreads(logicalCores)]);
  const cpu: Backend = { device: 'cpu', threads };
  const onGpu: Backend = acceptSoftware ? { device: 'gpu', threads: 1, software: true } : { device: 'gpu', threads: 1 };
  return reason ? { backends: [cpu], reason } : { backends: [onGpu, cpu] };
}

async function whyNotGpu(gpu: ProbeOptions['gpu'], acceptSoftware: boolean): Promise<BackendReason | undefined> {
  if (!gpu) return 'gpuMissing';
  const request = gpu.requestAdapter({ powerPreference: 'high-performance' });
  const adapter = await within(ADAPTER_MS, 'adapter', request).catch(() => null); // An error is as good as none.
  // Firefox has adapters without `info`.
  const { isFallbackAdapter } = (adapter as Partial<GPUAdapter> | null)?.info ?? {};
  if (!adapter || (isFallbackAdapter && !acceptSoftware)) return 'gpuMissing';
  return adapter.limits.maxStorageBufferBindingSize < STORAGE_BUFFER_BYTES ? 'gpuLacksFeatures' : undefined;
}
