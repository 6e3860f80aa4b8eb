// Files of the package that several workers want at once: the host reads each once, for all of them. Both ends of the port; each
// question brings a port of its own for the answer.
import { AppError } from '../errors.ts';

type Answer = { file: ArrayBuffer } | { error: string };

/** The workers of a pool start within a moment of each other; then nobody wants the files any more. */
const KEPT_MS = 10_000;
/** What takes longer is given up: the next who asks begins anew. */
const READ_MS = 30_000;

/** In the host. */
export class PackageFiles {
  private readonly files = new Map<string, Promise<ArrayBuffer>>();

  /** A port for one worker, through which it asks. */
  serve(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data: { url, port } }: MessageEvent<{ url: string; port: MessagePort }>) =>
      void this.read(url).then(
        (file) => port.postMessage({ file } satisfies Answer),
        (error: unknown) => port.postMessage({ error: String(error) } satisfies Answer),
      );
    return port2;
  }

  private read(url: string): Promise<ArrayBuffer> {
    let file = this.files.get(url);
    if (!file) {
      this.files.set(url, (file = readFile(url)));
      const forget = () => this.files.delete(url);
      file.then(() => setTimeout(forget, KEPT_MS), forget);
    }
    return file;
  }
}

/** In the worker: a `fetch` for files of the package. Rejects with `load-failed`. */
export function fetchFrom(host: MessagePort): (url: string) => Promise<Response> {
  return async (url) => new Response(await ask(host, url));
}

function ask(host: MessagePort, url: string): Promise<ArrayBuffer> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new AppError('load-failed', `${url}: ${why}`));
    port1.onmessage = ({ data }: MessageEvent<Answer>) => {
      port1.close();
      if ('file' in data) resolve(data.file);
      else fail(data.error);
    };
    port1.onmessageerror = () => fail('cannot be handed over');
    host.postMessage({ url, port: port2 }, [port2]);
  });
}

async function readFile(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(READ_MS) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.arrayBuffer();
}
