// Text to tokens by SentencePiece's BPE, as llama.cpp does it: of all neighbours whose union is a token, the one of the best score
// is joined first; what is no token in the end becomes bytes.
// https://github.com/ggml-org/llama.cpp/blob/master/src/llama-vocab.cpp (llm_tokenizer_spm)
import { Heap } from './heap.ts';

export interface SentencePieceParts {
  tokens: string[];
  scores: number[];
  /** Left out of the vocabulary, so that no text can yield them. */
  controlTokens: ReadonlySet<number>;
  /** Matched in text as they stand, the longest first. */
  userDefinedTokens: number[];
}

/** What a space is in tokens. */
export const SPACE = '\u2581';

interface Pair {
  left: number;
  right: number;
  /** Length of both when the pair was found: it is stale once either has grown. */
  length: number;
  score: number;
}

/** The best score first, then the leftmost. */
const isBefore = (a: Pair, b: Pair) => a.score > b.score || (a.score === b.score && a.left < b.left);

export function sentencePiece(parts: SentencePieceParts): (text: string) => number[] {
  const { tokens, scores, controlTokens, userDefinedTokens } = parts;
  const ids = new Map<string, number>();
  for (const [id, token] of tokens.entries()) if (!controlTokens.has(id)) ids.set(token, id);
  const verbatim = userDefinedTokens.filter((id) => tokens[id] !== '');
  verbatim.sort((a, b) => tokens[b].length - tokens[a].length);
  const bytes = Array.from({ length: 256 }, (_, byte) => ids.get(byteToken(byte)));

  function bpe(text: string): number[] {
    const pieces = Array.from(text.replaceAll(' ', SPACE));
    const next = pieces.map((_, i) => i + 1);
    const previous = pieces.map((_, i) => i - 1);
    const pairs = new Heap<Pair>(isBefore);
    function consider(left: number, right: number): void {
      if (left < 0 || right >= pieces.length) return;
      const id = ids.get(pieces[left] + pieces[right]);
      if (id === undefined) return;
      pairs.push({ left, right, length: pieces[left].length + pieces[right].length, score: scores[id] });
    }
    for (let i = 1; i < pieces.length; i++) consider(i - 1, i);
    for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
      const { left, right, length } = pair;
      const stale = pieces[left] === '' || pieces[right] === '';
      if (stale || pieces[left].length + pieces[right].length !== length) continue;
      pieces[left] += pieces[right];
      pieces[right] = '';
      next[left] = next[right];
      if (next[left] < pieces.length) previous[next[left]] = left;
      consider(previous[left], left);
      consider(left, next[left]);
    }
    return pieces.filter((piece) => piece !== '').flatMap((piece) => ids.get(piece) ?? inBytes(piece));
  }

  function inBytes(piece: string): number[] {
    return [...new TextEncoder().encode(piece)].flatMap((byte) => bytes[byte] ?? []);
  }

  return (text) => {
    let fragments: (string | number)[] = [text];
    for (const id of verbatim) {
      if (!text.includes(tokens[id])) continue;
      fragments = fragments.flatMap((fragment) =>
        typeof fragment === 'string'
          ? fragment.split(tokens[id]).flatMap((piece, i) => (i === 0 ? [piece] : [id, piece]))
          : [fragment],
      );
    }
    return fragments.flatMap((fragment) => (typeof fragment === 'string' ? bpe(fragment) : [fragment]));
  };
}

/** The byte that such a token stands for. */
export function byteOf(token: string): number | undefined {
  const hexadecimal = /^<0x([0-9A-F]{2})>$/.exec(token)?.[1];
  return hexadecimal === undefined ? undefined : parseInt(hexadecimal, 16);
}

function byteToken(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}
