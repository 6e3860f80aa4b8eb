// What the extension takes of pdf.js besides its code: the tables for older Chinese, Japanese and Korean fonts, under `pdf/cmaps/`.
// And what it leaves out: the two places where pdf.js would make code out of text.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const CMAPS = fileURLToPath(new URL('../node_modules/pdfjs-dist/cmaps/', import.meta.url));
const CODE = /pdfjs-dist\/legacy\/build\/pdf(\.worker)?\.mjs$/;
const MAKES_CODE = [/new Function\(""\);\s*return true;/, /return new Function\("src", [^;]*;/];

/** In the shape of WXT's `build:publicAssets` hook. */
export function pdfAssets(): { absoluteSrc: string; relativeDest: string }[] {
  return readdirSync(CMAPS).map((name) => ({
    absoluteSrc: path.join(CMAPS, name),
    relativeDest: `pdf/cmaps/${name}`,
  }));
}

/** pdf.js as if the browser forbade it, which the extension's policy does: functions in a file are interpreted. */
export function pdfWithoutEval(): Plugin {
  return {
    name: 'pdf-without-eval',
    transform(code, id) {
      if (!CODE.test(id)) return null;
      const without = MAKES_CODE.reduce((text, part) => text.replace(part, 'return false;'), code);
      if (/new Function\s*\(/.test(without)) throw new Error(`${id} makes code out of text`);
      return { code: without, map: null };
    },
  };
}
