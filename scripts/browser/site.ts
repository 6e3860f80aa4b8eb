// Serves a folder of pages (tests/pages unless told) on this machine, under 127.0.0.1 and localhost: two origins for one server.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
};

export interface Site {
  /** With a slash at the end. */
  url: string;
  close(): void;
}

/** `generated` pages are served beside the folder's, by their path without the slash; `headers` with every answer. */
export async function startSite(
  folder = resolve(import.meta.dirname, '../../tests/pages'),
  generated: Record<string, string | Uint8Array> = {},
  headers: Record<string, string> = {},
): Promise<Site> {
  const server = createServer((request, response) => {
    void (async () => {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1);
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      if (path in generated) {
        response.writeHead(200, { ...headers, 'content-type': type }).end(generated[path]);
        return;
      }
      const file = join(folder, path);
      const found = file.startsWith(folder) ? await stat(file).catch(() => null) : null;
      if (!found?.isFile()) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { ...headers, 'content-type': type });
      createReadStream(file).pipe(response);
    })();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
