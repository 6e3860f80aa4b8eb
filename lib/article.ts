// What the reader has before them, as text: a page's blocks, and places in them. Pure data.

/** What the reader sees, extracted from the page. Text is NFC, whitespace collapsed, without hidden text. */
export interface Article {
  url: string;
  title: string;
  /** BCP 47 of the text (detected where the page does not say, '' where unknown). */
  language: string;
  siteName?: string;
  /** The page's own description (meta or structured data), '' where it has none. */
  description: string;
  blocks: Block[];
  /** What the blocks were taken from; `page` is also a PDF or a video's transcript in a tab. The others have no page behind them to extract again. */
  scope: 'page' | 'selection' | 'pasted' | 'file';
  /** Characters left out because the reader cannot see them: above some share the panel says so. */
  hiddenCharacters: number;
  /** The page is longer than Inkling reads: its end is missing, and the panel says so. */
  truncated?: boolean;
}

export interface Block {
  kind: 'heading' | 'paragraph' | 'list-item' | 'quote' | 'code' | 'table' | 'caption';
  text: string;
  /** Of a PDF or a transcript, in order; the first starts at 0. */
  milestones?: Milestone[];
}

/** Where in a PDF or a video something is said. */
export interface Locator {
  /** From 1. */
  page?: number;
  seconds?: number;
}

/** From the UTF-16 offset `start` of a block's text on, its words stand there. */
export interface Milestone extends Locator {
  start: number;
}

/** A place in an article: UTF-16 offsets into `blocks[block].text`, end exclusive. */
export interface Source {
  /** Which of a ChatTask's articles; absent: the first, or the only one. */
  article?: number;
  block: number;
  start: number;
  end: number;
}

/** How the page is searched for a source: W3C Web Annotation's TextQuoteSelector; of a PDF or a video also where it stands. */
export interface TextQuote extends Locator {
  exact: string;
  prefix: string;
  suffix: string;
}
