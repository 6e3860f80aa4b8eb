// A reply's text as its tokens come: whole graphemes, ended before a stop string.
import { GraphemeStream, Utf8Stream } from './detokenizer.ts';
import { StopStrings } from './stop-strings.ts';

export class TextStream {
  readonly #utf8 = new Utf8Stream();
  readonly #stops: StopStrings;
  readonly #graphemes = new GraphemeStream();
  /** A stop string came: the rest is not part of the text. */
  stopped = false;

  constructor(stops?: readonly string[]) {
    this.#stops = new StopStrings(stops);
  }

  /** The text that a token's bytes make certain, often ''. */
  push(bytes: Uint8Array): string {
    if (this.stopped) return '';
    const { text, stopped } = this.#stops.push(this.#utf8.push(bytes));
    this.stopped = stopped;
    return this.#graphemes.push(text);
  }

  /** What was held back, at the end; bytes of an unfinished character are dropped. */
  flush(): string {
    const rest = this.stopped ? '' : this.#stops.flush();
    return this.#graphemes.push(rest) + this.#graphemes.flush();
  }
}
