import { beforeEach, expect, test, vi } from 'vitest';
import type { FromPdfWorker, ToPdfWorker } from '../../../lib/document/pdf-reader.ts';
import { Documents } from '../../../lib/platform/documents.ts';
import { browser, resetBrowser } from '../../fakes/browser.ts';

vi.mock('wxt/browser', async () => ({ browser: (await import('../../fakes/browser.ts')).browser }));

const TAB = 1;
const URL_OF_PDF = 'https://museum.example/report.pdf';
const TEXT = 'The lamp of the lighthouse cost 48,000 crowns.';
const PDF = {
  title: 'Report',
  pages: 1,
  blocks: [{ kind: 'paragraph' as const, text: TEXT }],
  hiddenCharacters: 0,
  truncated: false,
};

/** In place of the worker that reads (tests/unit/document): has read once it is told to go on. */
let goOn: () => void;
class WorkerHere {
  addEventListener(): void {
    // It does not crash.
  }
  terminate(): void {
    // It ends by itself.
  }
  postMessage({ port }: ToPdfWorker): void {
    goOn = () => port.postMessage({ kind: 'text', pdf: PDF } satisfies FromPdfWorker);
  }
}

let documents: Documents;
let reads: number;
const isReading = () => vi.waitFor(() => expect(goOn).toBeTypeOf('function'));

beforeEach(() => {
  resetBrowser();
  browser.activeTab = { id: TAB, windowId: 1, url: URL_OF_PDF };
  // Into Chrome's viewer a script is let, to ask for the type; the script that reads pages is not.
  browser.scripting.executeScript = (injection) =>
    (injection as { files?: unknown }).files
      ? Promise.reject(new Error('Cannot access contents of the page'))
      : Promise.resolve([{ frameId: 0, result: 'application/pdf' }]);
  Object.assign(browser.permissions, { contains: () => Promise.resolve(true) });
  reads = 0;
  goOn = undefined as never;
  vi.stubGlobal('Worker', WorkerHere);
  vi.stubGlobal('fetch', () => {
    reads++;
    return Promise.resolve(new Response('%PDF-1.7'));
  });
  documents = new Documents();
});

test.each([
  { status: 'complete', url: URL_OF_PDF },
  { status: 'complete' },
  { status: 'loading', url: `${URL_OF_PDF}#page=2` },
  { title: 'Report' },
])('a tab that says %o still shows the PDF that is read for it', async (change) => {
  const article = documents.getArticle(TAB, 'page');
  await isReading();
  browser.tabs.onUpdated.emit(TAB, change);
  goOn();
  expect((await article).blocks[0].text).toBe(TEXT);
  await documents.getArticle(TAB, 'page');
  expect(reads).toBe(1);
});

test.each([
  { status: 'loading' },
  { status: 'loading', url: URL_OF_PDF },
  { status: 'complete', url: 'https://museum.example/' },
])('a tab that says %o shows something else now, and who waits is told', async (change) => {
  const article = documents.getArticle(TAB, 'page');
  await isReading();
  browser.tabs.onUpdated.emit(TAB, change);
  goOn();
  await expect(article).rejects.toMatchObject({ code: 'stale-page' });
});

test('a file that the reader closes while it is read is not said to have changed', async () => {
  documents.openFile(TAB, new File(['%PDF-1.7'], 'own.pdf'));
  const article = documents.getArticle(TAB, 'page');
  await isReading();
  documents.close(TAB);
  await expect(article).rejects.toMatchObject({ code: 'aborted' });
});
