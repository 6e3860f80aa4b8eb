// The worker's side of pdf-reader.ts: reads one PDF and says so over the port that came with it.
import { toWire } from '../errors.ts';
import { readPdf } from './read-pdf.ts';
import type { FromPdfWorker, ToPdfWorker } from './pdf-reader.ts';

// pdf.js speaks to this worker's scope as well: messages of ours are those that bring a port.
self.addEventListener('message', ({ data }: MessageEvent<Partial<ToPdfWorker>>) => {
  if (data.port && data.bytes) void answer(data as ToPdfWorker);
});

async function answer({ bytes, cMapsUrl, port }: ToPdfWorker): Promise<void> {
  const say = (message: FromPdfWorker) => port.postMessage(message);
  try {
    const pdf = await readPdf({ bytes: new Uint8Array(bytes), cMapsUrl }, (page, pages) =>
      say({ kind: 'page', page, pages }),
    );
    say({ kind: 'text', pdf });
  } catch (error) {
    say({ kind: 'failed', error: toWire(error) });
  }
}
