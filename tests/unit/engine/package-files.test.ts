import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { fetchFrom, PackageFiles, RUNTIME, runtimeFrom } from '../../../lib/engine/package-files.ts';

/** The smallest there is: no functions. */
const EMPTY_WASM = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const FILES: Record<string, [type: string, bytes: Uint8Array] | undefined> = {
  [`/${RUNTIME.wasm}`]: ['application/wasm', EMPTY_WASM],
  [`/${RUNTIME.memory}`]: ['application/octet-stream', Uint8Array.of(0, 0, 0, 0)],
  '/models/words.bin': ['application/octet-stream', Uint8Array.of(1, 2, 3)],
};

/** A package, and how often each of its files was read. */
async function servePackage() {
  const reads: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    reads.push(url);
    const file = FILES[url];
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { folder: `http://127.0.0.1:${port}/`, reads };
}

function portOf(files: PackageFiles): MessagePort {
  const port = files.serve();
  onTestFinished(() => port.close());
  return port;
}

test('two workers get the same file, which is read once; each has bytes of its own', async () => {
  const { folder, reads } = await servePackage();
  const files = new PackageFiles([]);
  const answers = [portOf(files), portOf(files)].map(async (port) => {
    const response = await fetchFrom(port)(`${folder}models/words.bin`);
    return response.arrayBuffer();
  });
  const [first, second] = await Promise.all(answers);
  expect([...new Uint8Array(first)]).toEqual([1, 2, 3]);
  expect([...new Uint8Array(second)]).toEqual([1, 2, 3]);
  expect(reads).toEqual(['/models/words.bin']);
});

test('what every worker wants is read before one asks, and handed over compiled', async () => {
  const { folder, reads } = await servePackage();
  const files = new PackageFiles(Object.values(RUNTIME).map((file) => folder + file));
  const ports = [portOf(files), portOf(files)];
  const expected = Object.values(RUNTIME).map((file) => `/${file}`);
  await expect.poll(() => reads).toEqual(expected);
  for (const { wasm, memory } of await Promise.all(ports.map((port) => runtimeFrom(port, folder)))) {
    expect(wasm).toBeInstanceOf(WebAssembly.Module);
    expect(memory.byteLength).toBe(4);
  }
  expect(reads).toEqual(expected);
});

test('a file that cannot be read is said to be so, and tried anew for the next who asks', async () => {
  const { folder, reads } = await servePackage();
  const port = portOf(new PackageFiles([]));
  for (let time = 0; time < 2; time++) {
    await expect(fetchFrom(port)(`${folder}models/gone.bin`)).rejects.toMatchObject({ code: 'load-failed' });
  }
  expect(reads).toEqual(['/models/gone.bin', '/models/gone.bin']);
});
