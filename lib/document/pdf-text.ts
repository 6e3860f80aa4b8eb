// What there is of a PDF before it is text to read: pieces with their places, and the lines that they make. Pure shapes.

/** A run of characters as the file sets it, in the order of the file. Points; the origin is at the bottom left of the page. */
export interface Piece {
  text: string;
  x: number;
  /** Of the baseline. */
  y: number;
  width: number;
  /** Of the type. */
  size: number;
}

export interface PageOfPieces {
  /** From 1. */
  page: number;
  /** Points. */
  height: number;
  pieces: Piece[];
}

export interface Line {
  page: number;
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
  /** Of the page's height: 0 at its bottom, 1 at its top. */
  level: number;
}
