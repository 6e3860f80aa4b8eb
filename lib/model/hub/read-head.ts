// Reads the beginning of a file on a server, by ranges that grow until it says enough: a head's length shows only in the head.
import { AppError } from '../../errors.ts';
import { Cut, Refused, request, type Answer, type Connection } from '../download/request.ts';

const FIRST_BYTES = 1 << 20;
/** What a range grows by at most, so that little comes beyond the head. */
const STEP_BYTES = 4 << 20;
/** Beyond the longest heads by far (lib/model/gguf/header.ts). */
const MOST_BYTES = 64 << 20;

/**
 * What `parse` makes of the file's beginning; null where it makes nothing of the whole file, or of more than any head has. Of a server
 * that knows no ranges no more is read than is asked for. Throws as `request` and `parse` do.
 */
export async function readHead<T>(
  url: string,
  fileBytes: number,
  parse: (bytes: Uint8Array<ArrayBuffer>) => T | undefined,
  connection: Connection,
): Promise<T | null> {
  const most = Math.min(fileBytes, MOST_BYTES);
  const buffer = new GrowingBuffer();
  let wanted = Math.min(FIRST_BYTES, most);
  try {
    for (;;) {
      const asked = wanted;
      const answer = await requestPart(url, buffer.length, asked, connection);
      // The whole, from its beginning.
      if (answer.status === 200) buffer.clear();
      for await (const chunk of answer.chunks) {
        buffer.append(chunk);
        if (buffer.length < wanted) continue;
        const found = parse(buffer.bytes());
        if (found !== undefined) return found;
        if (wanted === most) return null;
        wanted = Math.min(most, wanted + Math.min(wanted, STEP_BYTES));
      }
      if (buffer.length < asked) return null;
    }
  } catch (error) {
    if (error instanceof Cut) throw new AppError('download-failed', error.message, { cause: error });
    throw error;
  }
}

/** Across origins a server may not allow to ask for a range, which the browser calls no answer. */
async function requestPart(url: string, from: number, to: number, connection: Connection): Promise<Answer> {
  try {
    return await request(url, { range: `bytes=${from}-${to - 1}` }, connection);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return request(url, {}, connection);
  }
}

class GrowingBuffer {
  length = 0;
  #memory = new Uint8Array(FIRST_BYTES);

  append(chunk: Uint8Array): void {
    const length = this.length + chunk.length;
    if (length > this.#memory.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#memory.length));
      larger.set(this.bytes());
      this.#memory = larger;
    }
    this.#memory.set(chunk, this.length);
    this.length = length;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#memory.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}
