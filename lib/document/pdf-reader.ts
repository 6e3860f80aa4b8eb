// Reads PDFs in a worker that lives as long as one file: what hangs or crashes in it is ended from outside. Knows no browser.
import { AppError, fromWire, throwIfAborted, type WireError } from '../errors.ts';
import type { PdfText } from './read-pdf.ts';

/** Of silence: the slowest page of real files takes a few seconds. */
const SILENCE_MS = 30_000;

export interface ToPdfWorker {
  bytes: ArrayBuffer;
  cMapsUrl: string;
  port: MessagePort;
}

export type FromPdfWorker =
  { kind: 'page'; page: number; pages: number } | { kind: 'text'; pdf: PdfText } | { kind: 'failed'; error: WireError };

export interface PdfReaderOptions {
  spawn: () => Worker;
  /** As PdfSource has it. */
  cMapsUrl: string;
}

/**
 * The text of a PDF; its bytes are handed over.
 * @throws AppError `pdf-locked`, `pdf-without-text`, `pdf-broken`, `timed-out`, `aborted`.
 */
export function readPdfInWorker(
  bytes: ArrayBuffer,
  { spawn, cMapsUrl }: PdfReaderOptions,
  onPage: (page: number, pages: number) => void,
  signal: AbortSignal,
): Promise<PdfText> {
  throwIfAborted(signal);
  const worker = spawn();
  const { port1, port2 } = new MessageChannel();
  let silence: ReturnType<typeof setTimeout> | undefined;
  return new Promise<PdfText>((resolve, reject) => {
    const giveUp = () => reject(new AppError('timed-out', 'the reader of PDFs went silent'));
    silence = setTimeout(giveUp, SILENCE_MS);
    port1.onmessage = ({ data }: MessageEvent<FromPdfWorker>) => {
      clearTimeout(silence);
      if (data.kind === 'failed') reject(fromWire(data.error));
      else if (data.kind === 'text') resolve(data.pdf);
      else {
        silence = setTimeout(giveUp, SILENCE_MS);
        onPage(data.page, data.pages);
      }
    };
    signal.addEventListener('abort', () => reject(new AppError('aborted')), { once: true });
    worker.addEventListener('error', ({ message }) => reject(new AppError('pdf-broken', `worker: ${message}`)));
    const message: ToPdfWorker = { bytes, cMapsUrl, port: port2 };
    worker.postMessage(message, [bytes, port2]);
  }).finally(() => {
    clearTimeout(silence);
    worker.terminate();
    port1.close();
  });
}
