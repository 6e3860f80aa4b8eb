// Turns a tab into an article, whatever it shows: a web page or a video's transcript through its content script, a PDF from its
// file, and in place of the tab a file that the reader gave. Keeps the text of a PDF as long as the tab shows it.
import { browser } from 'wxt/browser';
import { readPdfInWorker } from '../document/pdf-reader.ts';
import type { PdfText } from '../document/read-pdf.ts';
import { AppError, toWire } from '../errors.ts';
import { contentType } from '../page/content-type.ts';
import type { Article, TextQuote } from '../article.ts';
import { detectLanguage } from './detect-language.ts';
import { fetchPdf, isPdf, MAX_PDF_BYTES } from './fetch-pdf.ts';
import * as pages from './page-access.ts';
import { readPage } from './read-page.ts';

const WORKER = '/pdf-worker.js';
const CMAPS = 'pdf/cmaps/';
const SAMPLE_CHARACTERS = 4_000;
/** Of a tab in which Firefox's viewer shows a PDF. */
const FIREFOX_PDF_ICON = 'chrome://global/skin/icons/pdf.svg';

/** A PDF that is read for a tab. */
export interface OpenDocument {
  name: string;
  /** A file that the reader gave, in place of what the tab shows. */
  isFile: boolean;
  isRead: boolean;
  pagesRead: number;
  /** 0 while unknown. */
  pages: number;
}

type Listener = (tabId: number, document: OpenDocument | null) => void;

interface Entry {
  document: OpenDocument;
  /** Without its fragment; '' for a file. */
  url: string;
  article: Promise<Article>;
  reading: AbortController;
}

export class Documents {
  private readonly entries = new Map<number, Entry>();
  private readonly listeners = new Set<Listener>();
  /** Tabs that load anew only to show another page of their PDF. */
  private readonly turning = new Set<number>();

  constructor() {
    browser.tabs.onRemoved.addListener((tabId) => this.close(tabId));
    browser.tabs.onUpdated.addListener((tabId, { status, url }) => {
      const entry = this.entries.get(tabId);
      if (this.turning.has(tabId)) {
        if (status === 'complete') this.turning.delete(tabId);
        return;
      }
      if (!entry || entry.document.isFile) return;
      // The end of its loading may be told late, with its address; another page of the same PDF is an address of its own.
      const isOther = url !== undefined && addressOf(url) !== entry.url;
      const isReloaded = status === 'loading' && !url?.includes('#');
      if (isOther || isReloaded) this.close(tabId);
    });
  }

  /** As readPage and getSelection do (read-page.ts, page-access.ts); of a PDF, throws also what says why that cannot be read. */
  async getArticle(tabId: number, scope: 'page' | 'selection', frameId?: number): Promise<Article> {
    if (scope === 'selection') return pages.getSelection(tabId, frameId);
    const entry = this.entries.get(tabId);
    if (entry?.document.isFile) return entry.article;
    try {
      return await readPage(tabId);
    } catch (error) {
      const url = toWire(error).code === 'restricted-page' ? await addressOfPdf(tabId) : null;
      if (url === null) throw error;
      return this.pdfOfTab(tabId, url);
    }
  }

  /** As showQuote of lib/platform/page-access.ts; a quote of a PDF is shown by opening its page in the tab's viewer. */
  async showQuote(tabId: number, quote: TextQuote, frameId?: number): Promise<boolean> {
    if (quote.page === undefined) return pages.showQuote(tabId, quote, frameId);
    const { url } = await browser.tabs.get(tabId);
    if (!url) return false;
    if (!import.meta.env.FIREFOX) this.turning.add(tabId);
    await browser.tabs.update(tabId, { url: `${addressOf(url)}#page=${quote.page}` });
    // Chrome's viewer looks for the page only when it opens a file.
    if (!import.meta.env.FIREFOX) await browser.tabs.reload(tabId);
    return true;
  }

  /** Reads a file in place of what the tab shows, until it is closed. */
  openFile(tabId: number, file: File): void {
    this.close(tabId);
    void this.read(tabId, '', file.name, async () => {
      if (file.size > MAX_PDF_BYTES) throw new AppError('pdf-too-large');
      const bytes = await file.arrayBuffer();
      if (!isPdf(bytes)) throw new AppError('pdf-broken', 'not marked as a PDF');
      return bytes;
    });
  }

  close(tabId: number): void {
    const entry = this.entries.get(tabId);
    if (!entry) return;
    this.entries.delete(tabId);
    entry.reading.abort();
    this.say(tabId, null);
  }

  /** Calls back whenever the document of a tab changes, is read further, or closed. */
  onDocument(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private async pdfOfTab(tabId: number, url: string): Promise<Article> {
    const known = this.entries.get(tabId);
    if (known?.url === url) return known.article;
    this.close(tabId);
    return this.read(tabId, url, fileNameOf(url), (signal) => fetchPdf(url, signal));
  }

  private read(
    tabId: number,
    url: string,
    name: string,
    fetchBytes: (signal: AbortSignal) => Promise<ArrayBuffer>,
  ): Promise<Article> {
    const reading = new AbortController();
    const entry: Entry = {
      document: { name, isFile: url === '', isRead: false, pagesRead: 0, pages: 0 },
      url,
      article: this.readArticle(tabId, url, name, fetchBytes, reading.signal).catch((error: unknown) => {
        // A file is closed by the reader; a PDF in a tab by its tab, which shows something else now.
        throw reading.signal.aborted && url !== '' ? new AppError('stale-page', 'the PDF is gone from the tab') : error;
      }),
      reading,
    };
    this.entries.set(tabId, entry);
    this.say(tabId, entry.document);
    void entry.article.then(
      () => this.change(tabId, reading, { isRead: true }),
      // A file that cannot be read stays open, so that why is said where it is asked about; a tab's is tried again.
      () => {
        if (url === '') this.change(tabId, reading, { isRead: true });
        else if (this.entries.get(tabId)?.reading === reading) this.close(tabId);
      },
    );
    return entry.article;
  }

  private async readArticle(
    tabId: number,
    url: string,
    name: string,
    fetchBytes: (signal: AbortSignal) => Promise<ArrayBuffer>,
    signal: AbortSignal,
  ): Promise<Article> {
    const bytes = await fetchBytes(signal);
    const reader = {
      spawn: () => new Worker(browser.runtime.getURL(WORKER), { type: 'module' }),
      cMapsUrl: browser.runtime.getURL('/') + CMAPS,
    };
    const onPage = (pagesRead: number, count: number) => this.change(tabId, signal, { pagesRead, pages: count });
    return articleOf(await readPdfInWorker(bytes, reader, onPage, signal), url, name);
  }

  private change(tabId: number, of: AbortController | AbortSignal, change: Partial<OpenDocument>): void {
    const entry = this.entries.get(tabId);
    if (!entry || (entry.reading !== of && entry.reading.signal !== of)) return;
    entry.document = { ...entry.document, ...change };
    this.say(tabId, entry.document);
  }

  private say(tabId: number, document: OpenDocument | null): void {
    for (const listener of this.listeners) listener(tabId, document);
  }
}

async function articleOf(pdf: PdfText, url: string, name: string): Promise<Article> {
  const { title, blocks, hiddenCharacters, truncated } = pdf;
  const sample = blocks
    .map(({ text }) => text)
    .join('\n')
    .slice(0, SAMPLE_CHARACTERS);
  return {
    url,
    title: title || name,
    language: await detectLanguage(sample),
    description: '',
    blocks,
    scope: url === '' ? 'file' : 'page',
    hiddenCharacters,
    ...(truncated && { truncated }),
  };
}

/** The address of the PDF that a tab shows, null where it shows something else. */
async function addressOfPdf(tabId: number): Promise<string | null> {
  const { url: shown = '', favIconUrl } = await browser.tabs.get(tabId);
  if (!/^(https?|file):/.test(shown)) return null;
  const url = addressOf(shown);
  const type = await contentTypeOf(tabId);
  if (type !== null) return type === 'application/pdf' ? url : null;
  // Firefox's viewer lets no script in; Chrome's does.
  const isPdf = favIconUrl === FIREFOX_PDF_ICON || /\.pdf$/i.test(new URL(url).pathname);
  return import.meta.env.FIREFOX && isPdf ? url : null;
}

/** Null where no script is let in. */
async function contentTypeOf(tabId: number): Promise<string | null> {
  const frames: ({ result?: unknown; error?: unknown } | undefined)[] = await browser.scripting
    .executeScript({ target: { tabId }, func: contentType, injectImmediately: true })
    .catch(() => []);
  const type = frames.at(0)?.result;
  return typeof type === 'string' ? type : null;
}

function addressOf(url: string): string {
  return url.split('#', 1)[0];
}

function fileNameOf(url: string): string {
  const { pathname, hostname } = new URL(url);
  const name = pathname.split('/').at(-1) || hostname;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
