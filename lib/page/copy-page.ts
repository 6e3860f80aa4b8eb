// What a page's script hands over of its page: a copy of what the reader sees, and what the page says of itself. Which of it is the
// text that the reader came for is found by who asked (extract.ts): there the code is warm, and the page keeps its time.

import { readMetadata, type Metadata } from './metadata.ts';
import type { ShadowTreeOf } from './shadow.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';

export interface PageCopy extends Metadata, Snapshot {
  url: string;
}

/** Copies what a reader sees of `document`: of shadow trees the open ones, and those that `shadowTreeOf` finds. Never touches it. */
export function copyPage(document: Document, shadowTreeOf?: ShadowTreeOf): PageCopy {
  return { url: document.URL, ...readMetadata(document), ...takeSnapshot(document, shadowTreeOf) };
}
