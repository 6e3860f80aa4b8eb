// Writes small PDF files, byte for byte as the format's specification has them: text in Helvetica at given places, or in a Chinese font
// that the file does not carry, drawings without text, a lock that no password opens, a script.

export interface SetText {
  text: string;
  /** Points, from the lower left corner of the page. */
  x: number;
  y: number;
  size: number;
  chinese?: boolean;
}

export interface PdfOptions {
  title?: string;
  /** As with a password that nobody knows. */
  locked?: boolean;
  /** Of JavaScript, to run when the file is opened. */
  script?: string;
}

const WIDTH = 595;
const HEIGHT = 842;

/** A file of A4 pages. */
export function writePdf(pages: SetText[][], { title, locked, script }: PdfOptions = {}): Buffer {
  const objects: string[] = [];
  const add = (body: string) => objects.push(body);
  const kids = pages.map((_, index) => `${7 + 2 * index} 0 R`).join(' ');
  const open = script ? ` /OpenAction << /S /JavaScript /JS ${literal(script)} >>` : '';
  add(`<< /Type /Catalog /Pages 2 0 R${open} >>`);
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  add(
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 126' +
      ` /Widths [${HELVETICA.join(' ')}] >>`,
  );
  add('<< /Type /Font /Subtype /Type0 /BaseFont /STSong /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>');
  add(
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong /DW 1000' +
      ' /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 6 0 R >>',
  );
  add(
    '<< /Type /FontDescriptor /FontName /STSong /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0' +
      ' /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  );
  for (const [index, texts] of pages.entries()) {
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Contents ${8 + 2 * index} 0 R` +
        ' /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>',
    );
    const content = texts.length > 0 ? texts.map(set).join('\n') : '0.8 g 50 50 400 600 re f';
    add(`<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`);
  }
  let trailer = '/Root 1 0 R';
  if (title) trailer += ` /Info ${add(`<< /Title ${literal(title)} >>`)} 0 R`;
  if (locked) {
    const secret = `<${'5a'.repeat(32)}>`;
    trailer += ` /Encrypt ${add(`<< /Filter /Standard /V 1 /R 2 /O ${secret} /U ${secret} /P -4 >>`)} 0 R`;
    trailer += ` /ID [<${'11'.repeat(16)}> <${'11'.repeat(16)}>]`;
  }
  return assemble(objects, trailer);
}

/** Lines of running text from the top of a page. */
export function setLines(lines: string[], { x = 72, y = 740, size = 11, leading = 14 } = {}): SetText[] {
  return lines.map((text, index) => ({ text, x, y: y - index * leading, size }));
}

function set({ text, x, y, size, chinese }: SetText): string {
  const shown = chinese ? `<${Buffer.from(text, 'utf16le').swap16().toString('hex')}>` : literal(text);
  return `BT /${chinese ? 'F2' : 'F1'} ${size} Tf 1 0 0 1 ${x} ${y} Tm ${shown} Tj ET`;
}

function literal(text: string): string {
  return `(${text.replaceAll('•', '\x95').replace(/[\\()]/g, '\\$&')})`;
}

function assemble(objects: string[], trailer: string): Buffer {
  let file = '%PDF-1.7\n';
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  file += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} ${trailer} >>\n`;
  file += `startxref\n${file.indexOf('xref\n0 ')}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** Widths of Helvetica's characters from the space to the tilde, in thousandths of its size (Adobe's font metrics). */
const HELVETICA = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];
