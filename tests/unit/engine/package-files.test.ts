import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { fetchFrom, PackageFiles } from '../../../lib/engine/package-files.ts';

const FILES: Record<string, [type: string, bytes: Uint8Array] | undefined> = {
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
  const files = new PackageFiles();
  const answers = [portOf(files), portOf(files)].map(async (port) => {
    const response = await fetchFrom(port)(`${folder}models/words.bin`);
    return response.arrayBuffer();
  });
  const [first, second] = await Promise.all(answers);
  expect([...new Uint8Array(first)]).toEqual([1, 2, 3]);
  expect([...new Uint8Array(second)]).toEqual([1, 2, 3]);
  expect(reads).toEqual(['/models/words.bin']);
});

test('a file that cannot be read is said to be so, and tried anew for the next who asks', async () => {
  const { folder, reads } = await servePackage();
  const port = portOf(new PackageFiles());
  for (let time = 0; time < 2; time++) {
    await expect(fetchFrom(port)(`${folder}models/gone.bin`)).rejects.toMatchObject({ code: 'load-failed' });
  }
  expect(reads).toEqual(['/models/gone.bin', '/models/gone.bin']);
});
