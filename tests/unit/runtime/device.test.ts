import { describe, expect, it } from 'vitest';
import { openGpu } from '../../../lib/model/device.ts';
import { availableThreads } from '../../../lib/model/ort/threads.ts';

interface Adapter {
  features?: string[];
  info?: { isFallbackAdapter?: boolean; subgroupMinSize?: number };
  noDevice?: boolean;
}

/** A `navigator.gpu` with this adapter, which hands out the descriptor it was asked with as the device. */
function gpuWith(adapter: Adapter | null): GPU {
  const { features = [], info, noDevice } = adapter ?? {};
  const found = {
    features: new Set(features),
    info,
    limits: { maxBufferSize: 2 ** 30 },
    requestDevice: (asked: unknown) => (noDevice ? Promise.reject(new Error('lost')) : Promise.resolve(asked)),
  };
  return { requestAdapter: () => Promise.resolve(adapter && found) } as unknown as GPU;
}

describe('openGpu', () => {
  const refused: [string, GPU | undefined, string][] = [
    ['no WebGPU', undefined, 'no WebGPU'],
    ['no adapter (Firefox without a GPU)', gpuWith(null), 'no adapter'],
    ['a software adapter', gpuWith({ info: { isFallbackAdapter: true } }), 'software'],
    ['an adapter without a device', gpuWith({ noDevice: true }), 'no device'],
  ];
  it.each(refused)('refuses %s', async (_, gpu, detail) => {
    const open = openGpu(gpu);
    await expect(open).rejects.toMatchObject({
      code: 'unsupported',
      detail: expect.stringContaining(detail) as string,
    });
  });

  const accepted: [string, Adapter, string, string[]][] = [
    ['an adapter without info (Firefox)', { features: ['shader-f16', 'subgroups'] }, 'float16', ['shader-f16']],
    ['no half floats', { features: ['subgroups'], info: { subgroupMinSize: 32 } }, 'float32', ['subgroups']],
    [
      'small subgroups',
      { features: ['shader-f16', 'subgroups'], info: { subgroupMinSize: 4 } },
      'float16',
      ['shader-f16'],
    ],
  ];
  it.each(accepted)('takes %s', async (_, adapter, keyValueType, requiredFeatures) => {
    const choice = await openGpu(gpuWith(adapter));
    expect(choice.keyValueType).toBe(keyValueType);
    expect(choice.device).toMatchObject({ requiredFeatures, requiredLimits: { maxBufferSize: 2 ** 30 } });
  });

  it('takes a software adapter only where it is said to', async () => {
    const software = gpuWith({ info: { isFallbackAdapter: true } });
    await expect(openGpu(software, { acceptSoftware: true })).resolves.toBeDefined();
  });
});

describe('availableThreads', () => {
  it('is about one per physical core, four at most', async () => {
    expect(await Promise.all([1, 2, 4, 8, 16, 64].map(availableThreads))).toEqual([1, 2, 2, 4, 4, 4]);
  });
});
