// Reads the text of a PDF by pdf.js. The file is data: nothing in it runs, no form, script or action is looked at, no font is
// loaded, no image decoded, no address asked for. The only file that knows pdf.js; runs in its own worker (pdf-worker.ts).
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
// Gives pdf.js the half of it that would else run in a second worker.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { AppError } from '../errors.ts';
import { cleanLine, stripInvisible } from '../page/text.ts';
import type { Block } from '../article.ts';
import { blocksOf } from './pdf-blocks.ts';
import { withoutFurniture } from './pdf-furniture.ts';
import { linesOf } from './pdf-lines.ts';
import type { Line, PageOfPieces, Piece } from './pdf-text.ts';

/** As much as of a web page (lib/page/snapshot.ts). */
const MAX_CHARACTERS = 2_000_000;
const MAX_PAGES = 3_000;
/** Fewer letters than this a page are stamps on images. */
const MIN_LETTERS_A_PAGE = 3;
/** Points: smaller type is there to be read by machines only. */
const MIN_SIZE = 2;

export interface PdfText {
  /** '' where the file names none and shows none. */
  title: string;
  pages: number;
  blocks: Block[];
  hiddenCharacters: number;
  truncated: boolean;
}

export interface PdfSource {
  /** Handed over: empty afterwards. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Folder of the tables for older Chinese, Japanese and Korean fonts, with a slash at its end: an address, or a path in Node. */
  cMapsUrl: string;
}

/**
 * @param onPage called after each page that was read.
 * @throws AppError `pdf-locked`, `pdf-without-text`, `pdf-broken`.
 */
export async function readPdf(
  { bytes, cMapsUrl }: PdfSource,
  onPage: (page: number, pages: number) => void,
): Promise<PdfText> {
  const loading = getDocument({
    data: bytes,
    cMapUrl: cMapsUrl,
    cMapPacked: true,
    // There is no document to fetch through in a worker.
    useWorkerFetch: URL.canParse(cMapsUrl),
    isEvalSupported: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    verbosity: 0,
  });
  try {
    return await readDocument(await loading.promise, onPage);
  } catch (error) {
    throw error instanceof AppError ? error : whyNot(error);
  } finally {
    await loading.destroy();
  }
}

async function readDocument(
  document: PDFDocumentProxy,
  onPage: (page: number, pages: number) => void,
): Promise<PdfText> {
  const pages = document.numPages;
  const lines: Line[] = [];
  let characters = 0;
  let hiddenCharacters = 0;
  let read = 0;
  while (read < Math.min(pages, MAX_PAGES) && characters < MAX_CHARACTERS) {
    const page = await document.getPage(++read);
    const { hidden, ...pieces } = await readPage(page);
    page.cleanup();
    const made = linesOf(pieces);
    lines.push(...made);
    characters += made.reduce((sum, { text }) => sum + text.length, 0);
    hiddenCharacters += hidden;
    onPage(read, pages);
  }
  const letters = lines.reduce((sum, { text }) => sum + (text.match(/\p{L}/gu)?.length ?? 0), 0);
  if (letters < MIN_LETTERS_A_PAGE * read) throw new AppError('pdf-without-text', `${pages} pages`);
  const blocks = blocksOf(withoutFurniture(lines));
  if (blocks.length === 0) throw new AppError('pdf-without-text', `${pages} pages`);
  const title = (await ownTitle(document)) || (blocks.find(({ kind }) => kind === 'heading')?.text ?? '');
  return { title, pages, blocks, hiddenCharacters, truncated: read < pages };
}

/** What stands on the page upright; what lies beyond its edge or is too small to see is counted as hidden. */
async function readPage(page: PDFPageProxy): Promise<PageOfPieces & { hidden: number }> {
  const { items } = await page.getTextContent();
  const [left, bottom, right, top] = page.view;
  const pieces: Piece[] = [];
  let hidden = 0;
  for (const item of items) {
    if (!('str' in item)) continue;
    const { text, removed } = stripInvisible(item.str);
    const [a, b, c, d, x, y] = item.transform as number[];
    const size = Math.hypot(c, d);
    hidden += removed;
    if (text.trim() === '' && item.width === 0) continue;
    const isSeen = x < right && x + item.width > left && y > bottom && y < top && size >= MIN_SIZE;
    if (text.trim() !== '' && !isSeen) {
      hidden += text.length;
      continue;
    }
    // Turned text is a stamp on the margin or a watermark, but where the whole page is turned.
    if (text.trim() !== '' && page.rotate % 180 === 0 && Math.abs(b) > Math.abs(a)) continue;
    pieces.push({ text, ...upright(x, y, page), width: item.width, size: size || 1 });
  }
  return { page: page.pageNumber, height: page.rotate % 180 === 0 ? top - bottom : right - left, pieces, hidden };
}

/** A place on the page as its reader holds it, from its lower left corner. */
function upright(x: number, y: number, { rotate, view: [left, bottom, right, top] }: PDFPageProxy) {
  switch (((rotate % 360) + 360) % 360) {
    case 90:
      return { x: y - bottom, y: right - x };
    case 180:
      return { x: right - x, y: top - y };
    case 270:
      return { x: top - y, y: x - left };
    default:
      return { x: x - left, y: y - bottom };
  }
}

/** The title that its author gave it; programs write the name of a file or of themselves there. */
async function ownTitle(document: PDFDocumentProxy): Promise<string> {
  const { info } = await document.getMetadata();
  const title = 'Title' in info && typeof info.Title === 'string' ? cleanLine(info.Title) : '';
  const isName = /\.(docx?|pdf|tex|dvi|indd|pptx?|odt|rtf)$|^(microsoft word|untitled|document\d*$)|[\\/]/i;
  return title.length > 3 && !isName.test(title) ? title : '';
}

function whyNot(error: unknown): AppError {
  const name = error instanceof Error ? error.name : '';
  const code = name === 'PasswordException' ? 'pdf-locked' : 'pdf-broken';
  return new AppError(code, name, { cause: error });
}
