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
  const [{ reason, name }, threads] = await Promise.all([
    lookAtGpu(gpu, acceptSoftware),
    availableThreads(logicalCores),
  ]);
  const cpu: Backend = { device: 'cpu', threads };
  const onGpu: Backend = acceptSoftware ? { device: 'gpu', threads: 1, software: true } : { device: 'gpu', threads: 1 };
  return reason ? { backends: [cpu], reason } : { backends: [onGpu, cpu], gpu: name };
}

/** `reason`: why not. */
async function lookAtGpu(
  gpu: ProbeOptions['gpu'],
  acceptSoftware: boolean,
): Promise<{ reason?: BackendReason; name: string }> {
  if (!gpu) return { reason: 'gpuMissing', name: '' };
  const request = gpu.requestAdapter({ powerPreference: 'high-performance' });
  const adapter = await within(ADAPTER_MS, 'adapter', request).catch(() => null); // An error is as good as none.
  // Firefox has adapters without `info`.
  const info = (adapter as Partial<GPUAdapter> | null)?.info;
  const name = [info?.vendor, info?.architecture, info?.device, browserVersion()].join('/');
  if (!adapter || (info?.isFallbackAdapter && !acceptSoftware)) return { reason: 'gpuMissing', name };
  const isTooSmall = adapter.limits.maxStorageBufferBindingSize < STORAGE_BUFFER_BYTES;
  return { ...(isTooSmall && { reason: 'gpuLacksFeatures' as const }), name };
}

/** What an update may mend: 'Chrome/156'. */
function browserVersion(): string {
  const { userAgent = '' } = (globalThis.navigator as Partial<Navigator> | undefined) ?? {};
  return /(?:Firefox|Chrome)\/\d+/.exec(userAgent)?.[0] ?? '';
}
