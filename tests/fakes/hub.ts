// Two servers on this machine that behave as the Hugging Face hub and its storage do: one lists repositories and redirects, the other
// sends the bytes from addresses that expire. With faults on demand.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a test does to the storage's answer: true when it has answered itself. `body` is what would be sent, headers are set. */
export type HubFault = (asked: { request: IncomingMessage; response: ServerResponse; body: Buffer }) => boolean;

export interface Hub {
  url: string;
  /** Of the hub itself, in order: paths. */
  asked: string[];
  /** Of the storage, in order: what was downloaded. */
  fetched: { file: string; range?: string; status: number }[];
  /** Of the storage, in order: ranges with an end, by which files are looked into. Faults are of downloads. */
  heads: { file: string; range: string }[];
  /** As a server without ranges: whatever is asked for, the whole is answered, in pieces. */
  knowsNoRanges: boolean;
  /** Bytes of bodies that the storage began to send. */
  sentBytes: number;
  fault: HubFault | null;
  /** What answers in place of a file that is listed. */
  replaced: Map<string, Buffer>;
  /** All addresses given out so far answer 403 from now on. */
  expire: () => void;
  /** As a push to the repository: another commit, the same files. */
  commit: string;
  close(): Promise<void>;
}

export interface HubFiles {
  /** `owner/name` */
  repository: string;
  files: ReadonlyMap<string, Buffer>;
  /** Of the repository's card. */
  card?: Record<string, unknown>;
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

export async function openHub({ repository, files, card = {} }: HubFiles): Promise<Hub> {
  let validFrom = 0;
  let given = 0;

  const storage = await listen((request, response) => {
    if (allowOthers(request, response)) return;
    const url = new URL(request.url!, 'http://storage');
    const file = decodeURIComponent(url.pathname.slice(1));
    const { range } = request.headers;
    const whole = hub.replaced.get(file) ?? files.get(file)!;
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? NaN);
    let body = whole;
    const part = /^bytes=(\d+)-(\d+)$/
      .exec(range ?? '')
      ?.slice(1)
      .map(Number);
    response.setHeader('content-type', 'application/octet-stream');
    if (part) hub.heads.push({ file, range: range! });
    if (hub.knowsNoRanges) return void sendInPieces(response, whole, (bytes) => (hub.sentBytes += bytes));
    if (part && part[0] < whole.length) {
      const end = Math.min(part[1] + 1, whole.length);
      response.setHeader('content-range', `bytes ${part[0]}-${end - 1}/${whole.length}`);
      return void response.writeHead(206).end(whole.subarray(part[0], end));
    }
    response.setHeader('etag', `"${sha256(whole).slice(0, 32)}"`);
    if (Number(url.searchParams.get('given')) < validFrom) {
      response.statusCode = 403;
      body = Buffer.from('<Error><Code>AccessDenied</Code></Error>');
    } else if (start >= whole.length) {
      response.setHeader('content-range', `bytes */${whole.length}`);
      response.statusCode = 416;
      body = Buffer.alloc(0);
    } else if (start >= 0) {
      response.setHeader('content-range', `bytes ${start}-${whole.length - 1}/${whole.length}`);
      response.statusCode = 206;
      body = whole.subarray(start);
    }
    response.setHeader('content-length', body.length);
    hub.fetched.push({ file, ...(range && { range }), status: response.statusCode });
    hub.sentBytes += body.length;
    if (!hub.fault?.({ request, response, body })) response.end(body);
  });

  const front = await listen((request, response) => {
    if (allowOthers(request, response)) return;
    const path = decodeURIComponent(request.url!);
    hub.asked.push(path);
    const json = (value: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const api = `/api/models/${repository}`;
    const resolve = `/${repository}/resolve/${hub.commit}/`;
    if (path === api) return void json({ id: repository, sha: hub.commit, cardData: card });
    if (path === `${api}/tree/${hub.commit}?recursive=true`) return void json(listing(files));
    const file = path.startsWith(resolve) ? path.slice(resolve.length) : '';
    if (!files.has(file)) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Entry not found');
    const location = `${addressOf(storage)}${encodeURIComponent(file)}?given=${++given}`;
    response.writeHead(302, { location, 'x-linked-etag': `"${sha256(files.get(file)!)}"` }).end();
  });

  const hub: Hub = {
    url: addressOf(front),
    asked: [],
    fetched: [],
    heads: [],
    knowsNoRanges: false,
    sentBytes: 0,
    fault: null,
    replaced: new Map(),
    expire: () => void (validFrom = given + 1),
    commit: '0123456789abcdef0123456789abcdef01234567',
    async close() {
      await Promise.all([front, storage].map(end));
    },
  };
  return hub;
}

/** No more than is taken. */
async function sendInPieces(response: ServerResponse, body: Buffer, onSent: (bytes: number) => void): Promise<void> {
  const pieceBytes = 64 << 10;
  const closed = new Promise((resolve) => response.once('close', resolve));
  for (let at = 0; at < body.length && !response.destroyed; at += pieceBytes) {
    const piece = body.subarray(at, at + pieceBytes);
    await Promise.race([closed, new Promise((resolve) => response.write(piece, resolve))]);
    onSent(piece.length);
  }
  response.end();
}

function listing(files: ReadonlyMap<string, Buffer>): object[] {
  const readme = { type: 'file', oid: 'no object', size: 12, path: 'README.md' };
  const listed = [...files].map(([path, bytes]) => {
    const object = Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]);
    const oid = createHash('sha1').update(object).digest('hex');
    // The hub keeps text in git itself.
    if (/\.(json|jinja|md)$/.test(path)) return { type: 'file', oid, size: bytes.length, path };
    const lfs = { oid: sha256(bytes), size: bytes.length, pointerSize: 135 };
    return { type: 'file', oid: 'b'.repeat(40), size: bytes.length, lfs, path };
  });
  const readmes = files.has('README.md') ? [] : [readme];
  return [{ type: 'directory', oid: 'c'.repeat(40), size: 0, path: 'docs' }, ...readmes, ...listed];
}

/** Pages of other origins may read and ask for ranges, as at the hub. True where the request asked for no more than that. */
function allowOthers(request: IncomingMessage, response: ServerResponse): boolean {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', 'content-range, etag');
  if (request.method !== 'OPTIONS') return false;
  response.writeHead(204, { 'access-control-allow-headers': 'range' }).end();
  return true;
}

async function listen(answer: RequestListener): Promise<Server> {
  const server = createServer(answer);
  // A busy machine may need longer than the usual five seconds to ask again: the connection is not closed under it.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function end(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Sends so many bytes of the answer, waits until they are under way, and resets the connection. */
export function cutAfter(bytes: number): HubFault {
  return ({ response, body }) => {
    response.write(body.subarray(0, bytes), () => response.destroy());
    return true;
  };
}

/** Sends so many bytes of the answer, and then nothing. */
export function silentAfter(bytes: number): HubFault {
  return ({ response, body }) => {
    if (bytes > 0) response.write(body.subarray(0, bytes));
    return true;
  };
}

/** Once, and then no more. */
export function once(fault: HubFault): HubFault {
  let left = 1;
  return (asked) => left > 0 && fault(asked) && left-- > 0;
}

export function answerWith(status: number, headers: Record<string, string>, body: string | Buffer = ''): HubFault {
  return ({ response }) => {
    for (const name of ['content-length', 'content-range', 'etag']) response.removeHeader(name);
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
    return true;
  };
}
