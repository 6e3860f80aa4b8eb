/// <reference types="@webgpu/types" />
// The GPU as the model runs on it. Which devices there are to choose from is the engine's question (lib/engine/probe.ts).
import { AppError } from '../errors.ts';

export interface GpuChoice {
  device: GPUDevice;
  /** What the KV cache is kept in: halves where shaders can compute with them. */
  keyValueType: 'float16' | 'float32';
}

/** Limits that a model may need more of than a device has by default. */
const LIMITS = [
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
] as const;
/** The attention kernel for 32 tokens and more is wrong where fewer invocations than this share a subgroup (SwiftShader: 4). */
const SMALLEST_SUBGROUP = 8;

/**
 * A device with all that its adapter offers of what models use. A software adapter is refused unless `acceptSoftware` (for tests:
 * it is slower than WebAssembly). Throws `unsupported`.
 */
export async function openGpu(
  gpu: Pick<GPU, 'requestAdapter'> | undefined,
  { acceptSoftware = false } = {},
): Promise<GpuChoice> {
  if (!gpu) throw new AppError('unsupported', 'no WebGPU');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new AppError('unsupported', 'no adapter');
  // Firefox has adapters without `info`.
  const info = adapter.info as Partial<GPUAdapterInfo> | undefined;
  if (info?.isFallbackAdapter && !acceptSoftware) throw new AppError('unsupported', 'a software adapter');
  const wanted: GPUFeatureName[] = ['shader-f16'];
  if ((info?.subgroupMinSize ?? 0) >= SMALLEST_SUBGROUP) wanted.push('subgroups');
  const requiredFeatures = wanted.filter((feature) => adapter.features.has(feature));
  const requiredLimits = Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]]));
  const device = await adapter.requestDevice({ requiredFeatures, requiredLimits }).catch((cause: unknown) => {
    throw new AppError('unsupported', `no device: ${String(cause)}`, { cause });
  });
  return { device, keyValueType: requiredFeatures.includes('shader-f16') ? 'float16' : 'float32' };
}
