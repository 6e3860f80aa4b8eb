// A server on this machine that speaks HTTP as the models' bucket does, to pages of other origins too, with faults on demand.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A file as it lies there. */
export interface ServedFile {
  compressed: Buffer;
}

/** What a test does to an answer: true when it has answered itself. `body` is what would be sent, headers are set. */
export type Fault = (asked: {
  path: string;
  request: IncomingMessage;
  response: ServerResponse;
  body: Buffer;
}) => boolean;

export interface Bucket {
  url: string;
  /** In order; the range where one was asked for. */
  asked: { path: string; range?: string; ifRange?: string }[];
  fault: Fault | null;
  /** By path. */
  files: Map<string, ServedFile>;
  /** What answers on paths without a file. */
  documents: Map<string, string>;
  close(): Promise<void>;
}

export async function openBucket(files: ReadonlyMap<string, ServedFile>): Promise<Bucket> {
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-expose-headers', 'content-range, etag');
    if (request.method === 'OPTIONS') {
      return void response.writeHead(204, { 'access-control-allow-headers': 'range, if-range' }).end();
    }
    const path = decodeURIComponent(request.url!.slice(1));
    const { range } = request.headers;
    const ifRange = request.headers['if-range'] as string | undefined;
    bucket.asked.push({ path, ...(range && { range }), ...(ifRange && { ifRange }) });
    const document = bucket.documents.get(path);
    const whole = document === undefined ? bucket.files.get(path)?.compressed : Buffer.from(document);
    if (!whole) return void response.writeHead(404, { 'content-type': 'application/xml' }).end('<Error/>');

    const etag = `"${createHash('md5').update(whole).digest('hex')}"`;
    response.setHeader('etag', etag);
    response.setHeader('accept-ranges', 'bytes');
    response.setHeader('content-type', document === undefined ? 'application/gzip' : 'application/json');
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? NaN);
    let body = whole;
    if (start >= whole.length) {
      response.setHeader('content-range', `bytes */${whole.length}`);
      response.statusCode = 416;
      body = Buffer.alloc(0);
    } else if (start >= 0 && (!ifRange || ifRange === etag)) {
      response.setHeader('content-range', `bytes ${start}-${whole.length - 1}/${whole.length}`);
      response.statusCode = 206;
      body = whole.subarray(start);
    }
    response.setHeader('content-length', body.length);
    if (!bucket.fault?.({ path, request, response, body })) response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bucket: Bucket = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked: [],
    fault: null,
    files: new Map(files),
    documents: new Map(),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return bucket;
}

/** Sends so many bytes of the answer, waits until they are under way, and resets the connection. */
export function cutAfter(bytes: number): Fault {
  return ({ response, body }) => {
    response.write(body.subarray(0, bytes), () => response.destroy());
    return true;
  };
}

/** Sends so many bytes of the answer, and then nothing. */
export function silentAfter(bytes: number): Fault {
  return ({ response, body }) => {
    response.write(body.subarray(0, bytes));
    return true;
  };
}

/** Only for what is asked for by that path. */
export const on =
  (path: string, fault: Fault): Fault =>
  (asked) =>
    asked.path === path && fault(asked);

/** Once, and then no more. */
export function once(fault: Fault): Fault {
  let left = 1;
  return (asked) => left > 0 && fault(asked) && left-- > 0;
}
