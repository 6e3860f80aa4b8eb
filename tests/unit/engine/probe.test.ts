import { expect, test } from 'vitest';
import { probeBackends } from '../../../lib/engine/probe.ts';

const MEBIBYTES = 2 ** 20;

function gpu(adapter: object | null): Pick<GPU, 'requestAdapter'> {
  return { requestAdapter: () => Promise.resolve(adapter as GPUAdapter | null) };
}

function adapter({ isFallbackAdapter = false, bytes = 128 * MEBIBYTES } = {}): object {
  return { info: { isFallbackAdapter }, limits: { maxStorageBufferBindingSize: bytes } };
}

const refusing = { requestAdapter: () => Promise.reject(new Error('driver')) };

test.each([
  ['no WebGPU', undefined, 'gpuMissing'],
  ['WebGPU without an adapter', gpu(null), 'gpuMissing'],
  ['an adapter that cannot be asked for', refusing, 'gpuMissing'],
  ['a software adapter', gpu(adapter({ isFallbackAdapter: true })), 'gpuMissing'],
  ['an adapter with small buffers', gpu(adapter({ bytes: 64 * MEBIBYTES })), 'gpuLacksFeatures'],
])('%s: the CPU, and why', async (_, gpu, reason) => {
  expect(await probeBackends({ gpu, logicalCores: 8 })).toEqual({ backends: [{ device: 'cpu', threads: 4 }], reason });
});

test.each([
  ['an adapter', adapter()],
  ['an adapter without info, as in Firefox', { limits: { maxStorageBufferBindingSize: 256 * MEBIBYTES } }],
])('%s: the GPU, then the CPU', async (_, found) => {
  expect(await probeBackends({ gpu: gpu(found), logicalCores: 2 })).toEqual({
    backends: [
      { device: 'gpu', threads: 1 },
      { device: 'cpu', threads: 2 },
    ],
  });
});

test('tests may take a software adapter', async () => {
  const software = gpu(adapter({ isFallbackAdapter: true }));
  const { backends } = await probeBackends({ gpu: software, logicalCores: 2, acceptSoftware: true });
  expect(backends[0]).toEqual({ device: 'gpu', threads: 1, software: true });
});
