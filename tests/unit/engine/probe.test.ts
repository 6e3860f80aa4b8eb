import { expect, onTestFinished, test, vi } from 'vitest';
import { probeBackends } from '../../../lib/engine/probe.ts';

const MEBIBYTES = 2 ** 20;

function gpu(adapter: object | null): Pick<GPU, 'requestAdapter'> {
  return { requestAdapter: () => Promise.resolve(adapter as GPUAdapter | null) };
}

function adapter({ isFallbackAdapter = false, bytes = 128 * MEBIBYTES } = {}): object {
  return {
    info: { isFallbackAdapter, vendor: 'acme', architecture: 'gen-1', device: '' },
    limits: { maxStorageBufferBindingSize: bytes },
  };
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
  ['an adapter', 'Chrome/156', adapter(), 'acme/gen-1//Chrome/156'],
  [
    'an adapter without info',
    'Firefox/153',
    { limits: { maxStorageBufferBindingSize: 256 * MEBIBYTES } },
    '///Firefox/153',
  ],
])('%s of %s: the GPU, then the CPU, and which GPU it is', async (_, browser, found, name) => {
  vi.stubGlobal('navigator', { userAgent: `Mozilla/5.0 (X11) ${browser}.0.1` });
  onTestFinished(() => void vi.unstubAllGlobals());
  expect(await probeBackends({ gpu: gpu(found), logicalCores: 2 })).toEqual({
    backends: [
      { device: 'gpu', threads: 1 },
      { device: 'cpu', threads: 2 },
    ],
    gpu: name,
  });
});

test('tests may take a software adapter', async () => {
  const software = gpu(adapter({ isFallbackAdapter: true }));
  const { backends } = await probeBackends({ gpu: software, logicalCores: 2, acceptSoftware: true });
  expect(backends[0]).toEqual({ device: 'gpu', threads: 1, software: true });
});
