// What a page's script hands over of its page: a copy of what the reader sees, and what the page says of itself. Which of it is the
// text that the reader came for is found by who asked (extract.ts): there the code is warm, and the page keeps its time.

import { AppError } from '../errors.ts';
import { readMetadata, type Metadata } from './metadata.ts';
import type { ShadowTreeOf } from './shadow.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';

export interface PageCopy extends Metadata, Snapshot {
  url: string;
}

/** Of the window, at least so much is painted where a page's text is (Google Docs). */
const PAINTED_SHARE = 0.25;
/** No more than the buttons and hints around such a text. */
const HINT_CHARACTERS = 400;

/**
 * Copies what a reader sees of `document`: of shadow trees the open ones, and those that `shadowTreeOf` finds. Never touches it.
 * @throws AppError `no-content` where the text is painted, so that only what stands around it could be read.
 */
export function copyPage(document: Document, shadowTreeOf?: ShadowTreeOf): PageCopy {
  const snapshot = takeSnapshot(document, shadowTreeOf);
  if (writtenCharacters(snapshot) <= HINT_CHARACTERS && paintedShare(document) >= PAINTED_SHARE) {
    throw new AppError('no-content', 'painted');
  }
  return { url: document.URL, ...readMetadata(document), ...snapshot };
}

function writtenCharacters({ nodes }: Snapshot): number {
  return nodes.reduce<number>((sum, node) => sum + (typeof node === 'string' ? node.trim().length : 0), 0);
}

function paintedShare(document: Document): number {
  const { innerWidth, innerHeight } = document.defaultView ?? { innerWidth: 0, innerHeight: 0 };
  let area = 0;
  for (const canvas of document.querySelectorAll('canvas')) {
    const { left, top, right, bottom } = canvas.getBoundingClientRect();
    const width = Math.min(right, innerWidth) - Math.max(left, 0);
    const height = Math.min(bottom, innerHeight) - Math.max(top, 0);
    if (width > 0 && height > 0) area += width * height;
  }
  return area / Math.max(1, innerWidth * innerHeight);
}
