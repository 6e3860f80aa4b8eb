// Token bytes to text as it streams: constant work per token, never half a character, never half of what the reader sees as one.

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** UTF-16 units held back at most: longer clusters (stacked marks, emoji chains) are passed on character by character. */
const MAX_HELD = 64;

/** Bytes to whole characters. Bytes that are no UTF-8 are dropped: a replacement character would say nothing. */
export class Utf8Stream {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  push(bytes: Uint8Array): string {
    return this.#decoder.decode(bytes, { stream: true }).replaceAll('\uFFFD', '');
  }
}

/** Characters to whole grapheme clusters: the last cluster is held back, since what follows may belong to it. */
export class GraphemeStream {
  #held = '';

  /** The text that is certain now, and '' where nothing is. */
  push(text: string): string {
    this.#held += text;
    const last = lastGrapheme(this.#held);
    const ready = this.#held.slice(0, this.#held.length - last.length);
    this.#held = last;
    return ready;
  }

  /** What is held back, at the end of the text. */
  flush(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}

function lastGrapheme(text: string): string {
  let last = '';
  for (const { segment } of segmenter.segment(text)) last = segment;
  return last.length <= MAX_HELD ? last : (Array.from(last).at(-1) ?? '');
}
