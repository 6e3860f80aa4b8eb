// Downloads one file, byte for byte, and goes on where an earlier download was cut. Knows nothing of what is in it but its first
// byte: whether the bytes are the right ones shows when the whole is verified.
import { AppError } from '../../errors.ts';
import type { Folder } from './folder.ts';
import type { StreamedHash } from './hash.ts';
import { Busy, Cut, pause, reconnection, Refused, request, type Answer, type Connection } from './request.ts';

/** whole: the file as it lies there. decompressed: on the way, by the browser, so it has another length. foreign: something else. */
export type Beginning = 'whole' | 'decompressed' | 'foreign';

export interface FetchFileOptions extends Connection {
  url: string;
  folder: Folder;
  /** Where the bytes go. What is there of the same download is kept. */
  name: string;
  /** Of the file, or of what is compressed in it: what is there of another is not gone on with. */
  sha256: string;
  /** What the first byte tells. */
  beginning: (byte: number) => Beginning;
  /** True where the address names these very bytes, so that there are no versions to ask about. */
  immutable?: boolean;
  /** Follows what is stored, when that is the file as it lies there. */
  hash?: StreamedHash;
  /** More than this cannot be the file. */
  maxBytes: number;
  /** `totalBytes` is 0 while not known. */
  onProgress: (loadedBytes: number, totalBytes: number) => void;
}

/** What a download needs to know to go on, kept beside the bytes. */
interface Journal {
  url: string;
  sha256: string;
  etag: string | null;
}

/** Times in a row that a busy server is waited for. */
const WAITS = 3;
/** Times that a network is waited for which was there a moment ago: a machine that wakes has none for some seconds. */
const RECONNECTIONS = 4;
const RECONNECT_MS = 1000;

/**
 * Resolves once the server has nothing more to send. After a cut it goes on at once, as long as each connection brings new bytes;
 * where the network has gone away in the middle it waits for it, of a busy server it asks again when that said. Throws `offline`, `download-failed`, `storage-full`, `aborted`; what has come stays, for the next call.
 */
export async function fetchFile(options: FetchFileOptions): Promise<void> {
  let waits = 0;
  let reconnections = 0;
  const before = await storedBytes(options);
  for (let furthest = before; ;) {
    try {
      await fetchRest(options, reconnections > 0);
      return;
    } catch (error) {
      const stored = await storedBytes(options);
      if (stored === 0) await forgetFetched(options.folder, options.name);
      if (stored > furthest) waits = reconnections = 0;
      if (error instanceof Busy && error.waitMs !== null && waits++ < WAITS) {
        await pause(error.waitMs, options.signal);
        continue;
      }
      const isAway = error instanceof AppError && error.code === 'offline';
      if (isAway && stored > before && reconnections < RECONNECTIONS) {
        furthest = Math.max(furthest, stored);
        // A sign of life, too.
        options.onProgress(stored, 0);
        await reconnection((options.reconnectMs ?? RECONNECT_MS) * 2 ** reconnections++, options.signal);
        continue;
      }
      if (!(error instanceof Cut)) throw error;
      if (stored <= furthest) throw new AppError('download-failed', error.message, { cause: error });
      furthest = stored;
    }
  }
}

/** Forgets what has come so far. */
export async function forgetFetched(folder: Folder, name: string): Promise<void> {
  await forgetJournal(folder, name);
  await folder.remove(name);
}

/** Of a file that is whole. */
export async function forgetJournal(folder: Folder, name: string): Promise<void> {
  await folder.remove(journalName(name));
}

/** `isReconnecting`: what is here is not given up for a server that may only be out of reach. */
async function fetchRest(options: FetchFileOptions, isReconnecting: boolean): Promise<void> {
  const { url, folder, name, hash, maxBytes, onProgress, signal } = options;
  const stored = await storedBytes(options);
  const journal = stored > 0 ? await readJournal(options) : null;
  const answer = await requestRest(stored, journal, options, isReconnecting);
  // Nothing behind what is here: the whole, or nothing that can be gone on with. Verifying tells.
  if (answer.status === 416) return answer.cancel();

  let loaded = 0;
  if (answer.status === 206 && journal && (rangeOf(answer)?.start ?? stored) === stored) {
    loaded = stored;
  } else {
    await forgetFetched(folder, name);
    if (answer.status !== 200) {
      await answer.cancel();
      throw new AppError('download-failed', `${url}: not the part that was asked for`);
    }
    await writeJournal(options, answer);
  }

  await hash?.continueAfter(loaded > 0 ? await folder.open(name) : null, signal);
  let total = totalOf(answer, loaded);
  onProgress(loaded, total);
  const appender = await folder.append(name);
  try {
    for await (const chunk of answer.chunks) {
      const beginning = loaded === 0 ? options.beginning(chunk[0]) : 'whole';
      if (beginning === 'foreign') throw new AppError('download-failed', `${url}: something else in place of the file`);
      if (beginning === 'decompressed') {
        // What is counted here is not what the server counts.
        await folder.remove(journalName(name));
        total = 0;
      }
      if (loaded + chunk.length > maxBytes) throw new AppError('model-corrupt', `${url}: too long`);
      appender.write(chunk);
      hash?.update(chunk);
      loaded += chunk.length;
      onProgress(loaded, total);
    }
  } finally {
    appender.close();
    await answer.cancel();
  }
  if (loaded < total) throw new Cut(`${url}: ended after ${loaded} of ${total} bytes`);
}

/**
 * Asks for what is behind `stored` bytes, of the same version where the server marks versions. Across origins a server may allow
 * fewer headers than it understands, and then the browser says no more than that nobody answered: each is tried with fewer.
 */
async function requestRest(
  stored: number,
  journal: Journal | null,
  options: FetchFileOptions,
  isReconnecting: boolean,
): Promise<Answer> {
  const range = { range: `bytes=${stored}-` };
  const ways: Record<string, string>[] = journal
    ? [...(journal.etag && !options.immutable ? [{ ...range, 'if-range': journal.etag }] : []), range]
    : [];
  for (const headers of ways) {
    try {
      return await request(options.url, headers, options);
    } catch (error) {
      if (!(error instanceof Refused) || isReconnecting) throw error;
    }
  }
  return request(options.url, {}, options);
}

/** What a server says that it sends; null where it does not say, or the browser does not tell. */
function rangeOf({ headers }: Answer): { start: number; total?: number } | null {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
  return match && { start: Number(match[1]), ...(match[2] !== '*' && { total: Number(match[2]) }) };
}

/** Of the whole file; 0 where the server does not say, or counts otherwise. */
function totalOf(answer: Answer, loaded: number): number {
  if (answer.headers.has('content-encoding')) return 0;
  return rangeOf(answer)?.total ?? loaded + Number(answer.headers.get('content-length') ?? 0);
}

async function storedBytes({ folder, name }: FetchFileOptions): Promise<number> {
  return (await folder.sizes()).get(name) ?? 0;
}

/** Null where what is stored is not a beginning of this very file. */
async function readJournal({ folder, name, url, sha256, immutable }: FetchFileOptions): Promise<Journal | null> {
  try {
    const journal = JSON.parse(new TextDecoder().decode(await folder.read(journalName(name)))) as Journal;
    return (immutable || journal.url === url) && journal.sha256 === sha256 ? journal : null;
  } catch {
    return null;
  }
}

async function writeJournal({ folder, name, url, sha256 }: FetchFileOptions, { headers }: Answer): Promise<void> {
  const etag = headers.get('etag');
  // Weak tags do not promise the same bytes.
  const journal: Journal = { url, sha256, etag: etag?.startsWith('"') ? etag : null };
  await folder.write(journalName(name), new TextEncoder().encode(JSON.stringify(journal)));
}

function journalName(name: string): string {
  return `${name}.json`;
}
